//! A country's law against articles of a model law: which elements are matched, and the arithmetic.
//!
//! An article's elements say what it asks of a national law. Each counts by its weight:
//!
//! | asked | share of the weight |
//! | --- | --- |
//! | yes or no | 1 where a provision in force says the same, ½ where that is open or in doubt, 0 where only the contrary is said |
//! | a number or money | the smaller by the larger (a shorter deadline counts fully); 1 where units differ and nothing can be compared |
//! | a phrase | 1 where the law states the element at all: words are for a reader to compare |
//!
//! What is only partly provided counts half. The degree is what is matched over what is *collected*: elements that nobody has
//! looked for are told apart and lower nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compare::cell::{Beside, Cell, CellState, fill};
use crate::compare::counting::Counting;
use crate::compare::standing::Standing;
use crate::compare::value::{is_stricter_when_small, measure};
use crate::law::{Answer, Element, ElementValue, Provision};

/// What each element counts for in the arithmetic.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    changed: BTreeMap<Element, f64>,
}

impl Weights {
    /// The table with some weights changed.
    pub fn changed(changed: &BTreeMap<Element, f64>) -> Self {
        Self {
            changed: changed.clone(),
        }
    }

    /// The weight of an element.
    pub fn of(&self, element: Element) -> f64 {
        self.changed
            .get(&element)
            .copied()
            .unwrap_or_else(|| default_weight(element))
    }
}

/// The table of weights: 3 decides whether the conduct is reached at all or whether a duty works, 2 who is left out or what
/// follows, 1 everything else.
pub fn default_weight(element: Element) -> f64 {
    use Element::*;
    match element {
        Conduct | ConsentStandard | ThreatCovered | SyntheticCovered | DutyHolder | RemovalDeadlineHours | Claimant
        | OrdersAvailable | TerritorialBasis | TargetingBasis | CooperationDuty => 3.0,
        Object
        | MotiveRequired
        | PrivateSharingCovered
        | VictimScope
        | RelationshipRequired
        | ComplaintRequired
        | MaxImprisonmentMonths
        | Trigger
        | RiskAssessment
        | TransparencyReport
        | Regulator
        | MaxSanction
        | UserRedress
        | Damages
        | Anonymity
        | NationalityBasis
        | PreservationPeriodDays
        | GenderCommitment => 2.0,
        _ => 1.0,
    }
}

/// How one element of an article is matched.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct AlignmentPart {
    /// The element.
    pub element: Element,
    /// What the article asks for.
    #[cfg_attr(feature = "serve", schema(value_type = serde_json::Value))]
    pub asked: ElementValue,
    /// What the law says, where anything is collected.
    #[cfg_attr(feature = "serve", schema(value_type = Option<serde_json::Value>))]
    pub found: Option<ElementValue>,
    /// State of the element's own cell.
    pub state: CellState,
    /// Share of the weight, 0 to 1; none where nothing is collected.
    pub share: Option<f64>,
    /// What the element counts for.
    pub weight: f64,
    /// Why this share, in words.
    pub why: String,
    /// The provision that it rests on.
    pub provision: Option<String>,
}

/// How near a law is to an article or to a model law.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Alignment {
    /// Matched over collected, 0 to 1; none where nothing is collected.
    pub degree: Option<f64>,
    /// Weight that is matched.
    pub matched: f64,
    /// Weight of the elements of which anything is collected.
    pub collected: f64,
    /// Weight of all elements that are asked for.
    pub asked: f64,
    /// The arithmetic in one line.
    pub arithmetic: String,
    /// Element by element; empty for a whole model law, whose cells have it.
    pub parts: Vec<AlignmentPart>,
}

/// An article that a jurisdiction lacks or has only in part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct MissingArticle {
    /// Identifier of the article.
    pub article: String,
    /// Lacking or partly there; what is not collected is never listed as missing.
    pub state: CellState,
    /// Weight of what was looked for and is not matched.
    pub weight: f64,
    /// The elements that are not matched, or only in part.
    pub elements: Vec<Element>,
}

/// Sets the cells of a jurisdiction against what an article asks.
pub fn align(asked: &BTreeMap<Element, ElementValue>, cells: &BTreeMap<Element, Cell>, weights: &Weights) -> Alignment {
    let parts: Vec<AlignmentPart> = asked
        .iter()
        .filter(|(element, value)| is_asked(**element, value))
        .filter_map(|(element, value)| Some(part(*element, value, cells.get(element)?, weights.of(*element))))
        .collect();
    let sum = |of: &dyn Fn(&AlignmentPart) -> f64| parts.iter().map(of).sum::<f64>();
    let matched = sum(&|part| part.share.unwrap_or(0.0) * part.weight);
    let collected = sum(&|part| part.share.map_or(0.0, |_| part.weight));
    let asked = sum(&|part| part.weight);
    Alignment {
        degree: degree(matched, collected),
        matched,
        collected,
        asked,
        arithmetic: arithmetic(&parts, matched, collected, asked),
        parts,
    }
}

/// Whether an article asks for an element that it states. That it does not cover threats or generated images leaves them to
/// another article, and a country that covers them lacks nothing; that no motive, relationship or complaint is required is a
/// demand like any other.
fn is_asked(element: Element, value: &ElementValue) -> bool {
    let is_condition = matches!(
        element,
        Element::MotiveRequired | Element::RelationshipRequired | Element::ComplaintRequired
    );
    is_condition || *value != ElementValue::Answer(Answer::No)
}

/// The alignments of all articles together.
pub(super) fn total<'a>(articles: impl Iterator<Item = &'a Alignment>) -> Alignment {
    let (mut total, mut count) = (Alignment::default(), 0);
    for one in articles {
        total.matched += one.matched;
        total.collected += one.collected;
        total.asked += one.asked;
        count += 1;
    }
    total.degree = degree(total.matched, total.collected);
    let rest = total.asked - total.collected;
    total.arithmetic = format!(
        "{count} articles: {} matched of {} collected; {} more asked for and not collected",
        number(total.matched),
        number(total.collected),
        number(rest)
    );
    total
}

fn degree(matched: f64, collected: f64) -> Option<f64> {
    (collected > 0.0).then(|| ((matched / collected) * 1000.0).round() / 1000.0)
}

fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    format!("{rounded}")
}

fn arithmetic(parts: &[AlignmentPart], matched: f64, collected: f64, asked: f64) -> String {
    let terms: Vec<String> = parts
        .iter()
        .filter_map(|part| {
            Some(format!(
                "{} {} × {}",
                part.element,
                number(part.share?),
                number(part.weight)
            ))
        })
        .collect();
    if terms.is_empty() {
        return format!("nothing of {} asked for is collected", number(asked));
    }
    let (matched, rest) = (number(matched), asked - collected);
    let more = if rest > 0.0 {
        format!("; {} more not collected", number(rest))
    } else {
        String::new()
    };
    format!("{} = {matched} of {}{more}", terms.join(" + "), number(collected))
}

fn part(element: Element, asked: &ElementValue, cell: &Cell, weight: f64) -> AlignmentPart {
    let (share, why, value) = match cell.state {
        CellState::NotCollected => (None, "not collected".to_owned(), None),
        _ => {
            let (share, why, at) = share(element, asked, cell);
            (Some(share), why, at)
        }
    };
    let value = value.or_else(|| cell.values.first().map(|value| (&value.value, &value.provision)));
    AlignmentPart {
        element,
        asked: asked.clone(),
        found: value.map(|(found, _)| found.clone()),
        state: cell.state,
        share,
        weight,
        why,
        provision: value.map(|(_, provision)| provision.clone()),
    }
}

type At<'a> = Option<(&'a ElementValue, &'a String)>;

/// The share of a collected element, why, and the value that it rests on.
fn share<'a>(element: Element, asked: &ElementValue, cell: &'a Cell) -> (f64, String, At<'a>) {
    let chosen = cell.values.iter().map(|value| (value, cell.state));
    let others = cell.alternatives.iter().map(|other| (&other.value, other.state));
    let said: Vec<_> = chosen.chain(others).collect();
    let find = |fits: &dyn Fn(&ElementValue, CellState) -> bool| -> At<'a> {
        let (value, _) = said.iter().find(|(value, state)| fits(&value.value, *state))?;
        Some((&value.value, &value.provision))
    };
    let half = if cell.state == CellState::Partly { 0.5 } else { 1.0 };
    let in_doubt = if half < 1.0 { ", in doubt: half" } else { "" };
    match asked {
        ElementValue::Answer(wanted) => {
            if let Some(at) = find(&|value, state| value == asked && state != CellState::Partly) {
                return (1.0, format!("says {wanted}, as asked"), Some(at));
            }
            let is_open = |value: &ElementValue| *value == ElementValue::Answer(Answer::Unclear);
            match find(&|value, _| value == asked || is_open(value)) {
                Some(at) => (0.5, "open or in doubt: half".to_owned(), Some(at)),
                None => (0.0, format!("{wanted} is asked, the contrary is said"), None),
            }
        }
        ElementValue::Phrase(_) => (half, format!("stated{in_doubt}"), None),
        ElementValue::Whole(_) | ElementValue::Sanction(_) => {
            let wanted = measure(element, asked);
            let same_unit = cell.values.iter().find_map(|value| {
                let own = measure(element, &value.value)?;
                let wanted = wanted.as_ref().filter(|wanted| wanted.unit == own.unit)?;
                Some((near(element, wanted.amount, own.amount), &value.value, &value.provision))
            });
            match same_unit {
                Some((near, value, provision)) => (
                    near * half,
                    format!("{value} where {asked} is asked{in_doubt}"),
                    Some((value, provision)),
                ),
                None => (half, format!("stated in another unit, not comparable{in_doubt}"), None),
            }
        }
    }
}

/// The smaller by the larger; a shorter deadline than asked counts fully, and two of the same always.
fn near(element: Element, asked: f64, own: f64) -> f64 {
    if asked == own || (is_stricter_when_small(element) && own <= asked) {
        return 1.0;
    }
    if asked.is_infinite() || own.is_infinite() {
        return 0.5;
    }
    asked.min(own) / asked.max(own)
}

/// The cell of an article: what its elements make of it together.
pub(super) fn article_cell(article: &Provision, counting: &Counting<'_>, weights: &Weights) -> Cell {
    let cells: BTreeMap<Element, Cell> = article
        .elements
        .keys()
        .map(|element| (*element, fill(*element, &counting.for_element(*element))))
        .collect();
    let alignment = align(&article.elements, &cells, weights);
    let (state, reason) = state(&alignment, &counting.on_subject());
    let mut beside: Vec<Beside> = Vec::new();
    for one in cells.values().flat_map(|cell| &cell.beside) {
        if !beside.iter().any(|known| known.value.provision == one.value.provision) {
            beside.push(one.clone());
        }
    }
    let used = alignment
        .parts
        .iter()
        .filter(|part| part.share.is_some())
        .filter_map(|part| cells.get(&part.element));
    Cell {
        state,
        values: Vec::new(),
        reason,
        confidence: used.clone().filter_map(|cell| cell.confidence).max(),
        checked: used.filter_map(|cell| cell.checked).min(),
        alternatives: Vec::new(),
        beside,
        alignment: Some(alignment),
    }
}

/// Provided: every element asked for is there. Lacking: all that was looked for is asked with yes and denied. Not collected:
/// nothing was looked for. Anything else is partly, and says what is missing and what is not collected.
fn state(alignment: &Alignment, provisions: &[(&Provision, &Standing)]) -> (CellState, String) {
    let of = |fits: &dyn Fn(&AlignmentPart) -> bool| -> Vec<String> {
        let named = alignment.parts.iter().filter(|part| fits(part));
        named.map(|part| part.element.as_str().replace('_', " ")).collect()
    };
    let open = of(&|part| part.share.is_none());
    let denied = of(&|part| part.share == Some(0.0) && is_yes_or_no(&part.asked));
    let doubtful = of(&|part| part.share.is_some_and(|share| share > 0.0) && is_in_part(part));
    let there = alignment.parts.len() - open.len() - denied.len() - doubtful.len();
    if alignment.parts.is_empty() && provisions.iter().any(|(_, standing)| **standing == Standing::Fills) {
        let why = "there are provisions on its topic; the article names no element by which they could be compared";
        return (CellState::Partly, why.to_owned());
    }
    if alignment.collected == 0.0 {
        return (
            CellState::NotCollected,
            "none of its elements is collected; that says nothing about the law".to_owned(),
        );
    }
    let mut said = Vec::new();
    for (what, elements) in [("missing", &denied), ("in doubt", &doubtful), ("not collected", &open)] {
        if !elements.is_empty() {
            said.push(format!("{what}: {}", elements.join(", ")));
        }
    }
    match (there, denied.len(), doubtful.len() + open.len()) {
        (_, 0, 0) => (CellState::Provided, "every element is there".to_owned()),
        (0, _, _) if doubtful.is_empty() && are_asked_with_yes(alignment) => (CellState::NoneFound, said.join("; ")),
        _ => (CellState::Partly, said.join("; ")),
    }
}

fn is_yes_or_no(asked: &ElementValue) -> bool {
    matches!(asked, ElementValue::Answer(_))
}

/// Whether each element that is collected is asked with yes: whoever asks for a motive where none should be needed has the
/// offence.
fn are_asked_with_yes(alignment: &Alignment) -> bool {
    let mut collected = alignment.parts.iter().filter(|part| part.share.is_some());
    collected.all(|part| part.asked == ElementValue::Answer(Answer::Yes))
}

fn is_in_part(part: &AlignmentPart) -> bool {
    match part.asked {
        ElementValue::Answer(_) => part.share < Some(1.0),
        _ => part.state == CellState::Partly,
    }
}

/// The articles that a jurisdiction lacks or has in part, the weightiest first.
pub(super) fn missing<'a>(articles: impl Iterator<Item = (&'a str, &'a Cell)>) -> Vec<MissingArticle> {
    let mut missing: Vec<MissingArticle> = articles
        .filter_map(|(id, cell)| {
            let alignment = cell.alignment.as_ref()?;
            let unmet = |part: &&AlignmentPart| part.share.is_some_and(|share| share < 1.0);
            Some(MissingArticle {
                article: id.to_owned(),
                state: cell.state,
                weight: ((alignment.collected - alignment.matched) * 100.0).round() / 100.0,
                elements: alignment.parts.iter().filter(unmet).map(|part| part.element).collect(),
            })
        })
        .filter(|article| matches!(article.state, CellState::NoneFound | CellState::Partly) && article.weight > 0.0)
        .collect();
    missing.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.article.cmp(&b.article)));
    missing
}
