//! How facts fill a cell: one jurisdiction, one element, on one day.
//!
//! | in the facts of the jurisdiction's provisions on the topic | state |
//! | --- | --- |
//! | yes, a number or a phrase, in force and read | provided |
//! | unclear; or yes, a number or a phrase that is only adopted, unverified, or not known to be in force on the day | partly |
//! | nothing of the two above, but a provision says no | none found |
//! | no provision on the topic states it, or nothing was collected | not collected |
//!
//! Of several provisions the strictest is given: the highest maximum, minimum and time of preservation, `unlimited` above all,
//! the shortest deadline for removal; and all phrases.
//!
//! What never fills a cell (bills, what has ended or not begun, what protects children alone) is named beside it. A "no"
//! that nobody has verified stands beside too: "none found" says that somebody has looked.

use serde::Serialize;

use crate::compare::against_model::Alignment;
use crate::compare::standing::Standing;
use crate::compare::value::{is_stricter_when_small, measure, strictest_first};
use crate::law::closed_list;
use crate::law::{Answer, Confidence, Element, ElementValue, PartialDate, Provision, ValueType};

closed_list! {
    /// What is known of one element in one jurisdiction.
    CellState, "state" {
        /// A provision in force says it.
        Provided = "provided",
        /// A provision covers part of it, or may cover it; the reason says which part is missing.
        Partly = "partly",
        /// The law was read for it and says no.
        NoneFound = "none found",
        /// Nobody has looked yet; that says nothing about the law.
        NotCollected = "not collected",
    }
}

/// A value in a cell, with the provision it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CellValue {
    /// The value, of the type of its element.
    #[cfg_attr(feature = "serve", schema(value_type = serde_json::Value))]
    pub value: ElementValue,
    /// Identifier of the provision, described in the grid's `provisions`.
    pub provision: String,
    /// Its pinpoint.
    pub pinpoint: Option<String>,
}

/// A value of another provision that was not chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Alternative {
    /// The value with its provision.
    #[serde(flatten)]
    pub value: CellValue,
    /// What it would make of the cell if it stood alone.
    pub state: CellState,
    /// Why another was chosen.
    pub why: String,
}

/// A value that never fills the cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Beside {
    /// The value with its provision.
    #[serde(flatten)]
    pub value: CellValue,
    /// Why it does not fill the cell: a bill, repealed, on children alone …
    pub why: String,
}

/// One jurisdiction's answer to one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Cell {
    /// Which of the four states it is in.
    pub state: CellState,
    /// What fills it, with provisions. One value; several for phrases, and for money in several currencies or shares.
    /// A `no` where none was found; empty where nothing is collected and in rows of articles.
    pub values: Vec<CellValue>,
    /// Why this state and these values, in words.
    pub reason: String,
    /// The weakest confidence of what fills it.
    pub confidence: Option<Confidence>,
    /// When the sources of what fills it were last read, where that was recorded.
    pub checked: Option<PartialDate>,
    /// Values of other provisions that count and were not chosen.
    pub alternatives: Vec<Alternative>,
    /// Values that never fill a cell: bills, repealed, not yet in force, on children alone.
    pub beside: Vec<Beside>,
    /// In rows of articles: how near the law is to the article, with the arithmetic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alignment: Option<Alignment>,
}

/// A statement of an element by a provision that may count.
struct Candidate<'a> {
    provision: &'a Provision,
    value: &'a ElementValue,
    state: CellState,
    doubt: Option<&'a str>,
}

impl Candidate<'_> {
    fn value(&self) -> CellValue {
        value_of(self.provision, self.value)
    }
}

fn value_of(provision: &Provision, value: &ElementValue) -> CellValue {
    CellValue {
        value: value.clone(),
        provision: provision.id.clone(),
        pinpoint: provision.pinpoint.clone(),
    }
}

/// Fills the cell of an element from the provisions of one jurisdiction on the topic, each with its standing.
pub fn fill(element: Element, provisions: &[(&Provision, &Standing)]) -> Cell {
    let (mut candidates, mut beside) = (Vec::new(), Vec::new());
    for (provision, standing) in provisions {
        let Some(value) = provision.elements.get(&element) else {
            continue;
        };
        match admitted(value, standing, provision.confidence) {
            Ok((state, doubt)) => candidates.push(Candidate {
                provision,
                value,
                state,
                doubt,
            }),
            Err(why) => beside.push(Beside {
                value: value_of(provision, value),
                why: why.to_owned(),
            }),
        }
    }
    candidates.sort_by(|a, b| before(element, a, b));
    let Some(state) = candidates.first().map(|best| best.state) else {
        return not_collected(provisions.len(), beside);
    };
    let chosen: Vec<&Candidate<'_>> = chosen(element, &candidates, state);
    let is_chosen = |one: &Candidate<'_>| chosen.iter().any(|other| std::ptr::eq(*other, one));
    let alternatives: Vec<Alternative> = candidates
        .iter()
        .filter(|one| !is_chosen(one))
        .map(|one| Alternative {
            value: one.value(),
            state: one.state,
            why: passed_over(element, one, chosen[0]),
        })
        .collect();
    let checks = chosen
        .iter()
        .flat_map(|one| &one.provision.sources)
        .filter_map(|source| source.checked);
    Cell {
        state,
        values: chosen.iter().map(|one| one.value()).collect(),
        reason: reason(element, state, &chosen, &candidates),
        confidence: chosen.iter().filter_map(|one| one.provision.confidence).max(),
        checked: checks.max(),
        alternatives,
        beside,
        alignment: None,
    }
}

/// What a value would make of a cell, with the doubt about it; or why it never fills one.
fn admitted<'a>(
    value: &ElementValue,
    standing: &'a Standing,
    confidence: Option<Confidence>,
) -> Result<(CellState, Option<&'a str>), &'a str> {
    let (doubt, is_no) = (
        match standing {
            Standing::Fills => None,
            Standing::Partly(why) => Some(why.as_str()),
            Standing::Beside(why) => return Err(why),
        },
        *value == ElementValue::Answer(Answer::No),
    );
    match (value, doubt) {
        (_, Some(why)) if is_no && confidence == Some(Confidence::Recalled) => Err(why),
        _ if is_no => Ok((CellState::NoneFound, doubt)),
        (ElementValue::Answer(Answer::Unclear), _) | (_, Some(_)) => Ok((CellState::Partly, doubt)),
        _ => Ok((CellState::Provided, None)),
    }
}

/// The better candidate first: by state, yes before unclear, the stricter value, the better read, the identifier.
fn before(element: Element, a: &Candidate<'_>, b: &Candidate<'_>) -> std::cmp::Ordering {
    let is_unclear = |one: &Candidate<'_>| *one.value == ElementValue::Answer(Answer::Unclear);
    let by_value = match (measure(element, a.value), measure(element, b.value)) {
        (Some(a), Some(b)) => strictest_first(element, &a, &b),
        _ => std::cmp::Ordering::Equal,
    };
    a.state
        .cmp(&b.state)
        .then(is_unclear(a).cmp(&is_unclear(b)))
        .then(by_value)
        .then(a.provision.confidence.cmp(&b.provision.confidence))
        .then(a.provision.id.cmp(&b.provision.id))
}

/// Of the candidates in the best state: all phrases, the first of each unit of money, otherwise the first.
fn chosen<'a, 'b>(element: Element, candidates: &'b [Candidate<'a>], state: CellState) -> Vec<&'b Candidate<'a>> {
    let mut best = candidates.iter().filter(move |one| one.state == state);
    match element.value_type() {
        ValueType::Phrase => best.collect(),
        ValueType::Sanction => {
            let mut chosen: Vec<&Candidate<'a>> = Vec::new();
            for one in best {
                let of = |one: &Candidate<'_>| measure(element, one.value).and_then(|measure| measure.unit);
                let unit = of(one);
                let is_below = chosen.iter().any(|other| of(other).is_none() || of(other) == unit);
                if !is_below {
                    chosen.push(one);
                }
            }
            chosen
        }
        ValueType::Answer | ValueType::Whole => best.next().into_iter().collect(),
    }
}

/// Why a candidate was not chosen.
fn passed_over(element: Element, one: &Candidate<'_>, best: &Candidate<'_>) -> String {
    if one.state == CellState::NoneFound && best.state != CellState::NoneFound {
        return "says no".to_owned();
    }
    if one.state != best.state {
        let doubt = one.doubt.map_or(String::new(), |why| format!(" ({why})"));
        return format!("only {}{doubt}", one.state);
    }
    match (measure(element, one.value), measure(element, best.value)) {
        (Some(own), Some(other)) if own == other => "says the same".to_owned(),
        (Some(_), Some(_)) if is_stricter_when_small(element) => "a longer time".to_owned(),
        (Some(_), Some(_)) => "lower".to_owned(),
        _ if one.value == best.value => "says the same".to_owned(),
        _ => "says less".to_owned(),
    }
}

/// The reason of a cell in words.
fn reason(element: Element, state: CellState, chosen: &[&Candidate<'_>], candidates: &[Candidate<'_>]) -> String {
    let same = candidates.iter().filter(|one| one.state == state).count();
    let what = match (state, element.value_type()) {
        (CellState::NoneFound, _) => many(same, "provision says no", "provisions say no"),
        (_, ValueType::Answer) if *chosen[0].value == ElementValue::Answer(Answer::Unclear) => {
            many(same, "provision leaves it open", "provisions leave it open")
        }
        (_, ValueType::Answer) => many(same, "provision says yes", "provisions say yes"),
        (_, ValueType::Phrase) => many(same, "provision states it", "provisions state it; all are given"),
        _ if same == 1 => "1 provision states it".to_owned(),
        (_, ValueType::Sanction) if chosen.len() > 1 => {
            format!(
                "{same} provisions state it; the highest of each currency or share is given, for they are not converted"
            )
        }
        _ if is_stricter_when_small(element) => format!("{same} provisions state it; the shortest is given"),
        _ => format!("{same} provisions state it; the highest is given"),
    };
    let mut doubts: Vec<&str> = chosen.iter().filter_map(|one| one.doubt).collect();
    doubts.sort_unstable();
    doubts.dedup();
    if doubts.is_empty() {
        what
    } else {
        format!("{what}; {}", doubts.join("; "))
    }
}

fn many(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The cell where nothing counts; `noted` provisions on the topic were looked through.
fn not_collected(noted: usize, beside: Vec<Beside>) -> Cell {
    let what = match noted {
        0 => "no provision on this is noted".to_owned(),
        _ => format!(
            "{} on this noted, and none states it",
            many(noted, "provision", "provisions")
        ),
    };
    let named = if beside.is_empty() {
        ""
    } else {
        " except those named beside, which do not count"
    };
    Cell {
        state: CellState::NotCollected,
        values: Vec::new(),
        reason: format!("{what}{named}; that says nothing about the law"),
        confidence: None,
        checked: None,
        alternatives: Vec::new(),
        beside,
        alignment: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::standing::standing;
    use proptest::prelude::*;

    /// A provision with these elements, as it stands today.
    fn provision(id: &str, status: &str, confidence: &str, elements: serde_json::Value) -> (Provision, Standing) {
        let provision: Provision = serde_json::from_value(serde_json::json!({
            "id": id, "document": "legislation/xa/act", "kind": "legislation", "pinpoint": id, "citable": true,
            "heading": "H", "path": [], "text": "T", "text_kind": "summary", "language": "en",
            "topics": ["intimate-image-abuse"], "elements": elements,
            "validity": {"status": status, "enacted": "2018", "in_force": null, "until": null},
            "confidence": confidence, "sources": [], "line": 1,
        }))
        .unwrap();
        let today = jiff::civil::Date::constant(2026, 11, 25);
        let standing = standing(&provision, None, today, today);
        (provision, standing)
    }

    fn filled(element: Element, provisions: &[(Provision, Standing)]) -> Cell {
        let borrowed: Vec<(&Provision, &Standing)> = provisions.iter().map(|(one, standing)| (one, standing)).collect();
        fill(element, &borrowed)
    }

    fn values(cell: &Cell) -> Vec<String> {
        cell.values.iter().map(|value| value.value.to_string()).collect()
    }

    #[test]
    fn the_highest_maximum_of_adults_is_chosen_and_the_others_are_kept() {
        let cell = filled(
            Element::MaxImprisonmentMonths,
            &[
                provision(
                    "s 1",
                    "in force",
                    "primary",
                    serde_json::json!({"max_imprisonment_months": 24}),
                ),
                provision(
                    "s 2",
                    "in force",
                    "secondary",
                    serde_json::json!({"max_imprisonment_months": 60}),
                ),
                provision(
                    "s 3",
                    "in force",
                    "primary",
                    serde_json::json!({"max_imprisonment_months": 240, "victim_scope": "children under 14"}),
                ),
                provision(
                    "s 4",
                    "bill",
                    "primary",
                    serde_json::json!({"max_imprisonment_months": 120}),
                ),
                provision(
                    "s 5",
                    "adopted",
                    "primary",
                    serde_json::json!({"max_imprisonment_months": 96}),
                ),
            ],
        );
        assert_eq!(
            (cell.state, values(&cell)),
            (CellState::Provided, vec!["60".to_owned()])
        );
        assert_eq!(cell.reason, "2 provisions state it; the highest is given");
        assert_eq!(cell.confidence, Some(Confidence::Secondary));
        let others: Vec<(&str, &str)> = cell
            .alternatives
            .iter()
            .map(|other| (other.value.provision.as_str(), other.why.as_str()))
            .collect();
        assert_eq!(others[0], ("s 1", "lower"));
        assert!(
            others[1].0 == "s 5" && others[1].1.starts_with("only partly (only adopted"),
            "{others:?}"
        );
        let beside: Vec<&str> = cell.beside.iter().map(|one| one.why.as_str()).collect();
        assert!(
            beside[0].contains("children alone") && beside[1].contains("bill"),
            "{beside:?}"
        );
    }

    #[test]
    fn unlimited_is_above_all_and_currencies_stand_side_by_side() {
        let fine = |id, fine| provision(id, "in force", "primary", serde_json::json!({"max_fine": fine}));
        let kes = serde_json::json!({"amount": 200000, "currency": "KES"});
        let usd = serde_json::json!({"amount": 10, "currency": "USD"});
        let more = serde_json::json!({"amount": 300000, "currency": "KES"});
        let cell = filled(
            Element::MaxFine,
            &[fine("s 1", kes.clone()), fine("s 2", usd), fine("s 3", more)],
        );
        assert_eq!(values(&cell), ["KES 300000", "USD 10"]);
        assert_eq!(cell.alternatives[0].why, "lower");
        let cell = filled(Element::MaxFine, &[fine("s 1", kes), fine("s 2", "unlimited".into())]);
        assert_eq!(values(&cell), ["unlimited"]);
    }

    #[test]
    fn the_shortest_deadline_and_all_phrases_are_given() {
        let removal = |id, hours| {
            provision(
                id,
                "in force",
                "primary",
                serde_json::json!({"removal_deadline_hours": hours, "trigger": id}),
            )
        };
        let both = [removal("s 1", 48), removal("s 2", 24)];
        let cell = filled(Element::RemovalDeadlineHours, &both);
        assert_eq!(
            (values(&cell), cell.alternatives[0].why.as_str()),
            (vec!["24".to_owned()], "a longer time")
        );
        assert_eq!(values(&filled(Element::Trigger, &both)), ["s 1", "s 2"]);
    }

    #[test]
    fn yes_is_above_unclear_and_unclear_above_no() {
        let says = |id, answer, confidence| {
            provision(
                id,
                "in force",
                confidence,
                serde_json::json!({"threat_covered": answer}),
            )
        };
        let state = |all: &[(Provision, Standing)]| filled(Element::ThreatCovered, all).state;
        let (yes, open, no) = (
            says("s 1", "yes", "primary"),
            says("s 2", "unclear", "primary"),
            says("s 3", "no", "primary"),
        );
        assert_eq!(state(&[no.clone(), open.clone(), yes]), CellState::Provided);
        assert_eq!(state(&[no.clone(), open]), CellState::Partly);
        assert_eq!(state(&[no]), CellState::NoneFound);
        assert_eq!(state(&[]), CellState::NotCollected);
        let unread = filled(Element::ThreatCovered, &[says("s 4", "no", "recalled")]);
        assert_eq!(
            (unread.state, unread.beside.len()),
            (CellState::NotCollected, 1),
            "nobody has looked"
        );
        assert_eq!(state(&[says("s 5", "yes", "recalled")]), CellState::Partly);
    }

    proptest! {
        /// The order in which the provisions are read changes nothing, and none is lost.
        #[test]
        fn a_cell_does_not_depend_on_order(
            picks in prop::collection::vec((0usize..4, 0usize..3, 1u32..5), 0..8), turn in 0usize..8, element in 0usize..3,
        ) {
            let element = [Element::MaxImprisonmentMonths, Element::ThreatCovered, Element::Conduct][element];
            let mut all: Vec<(Provision, Standing)> = picks
                .iter()
                .enumerate()
                .map(|(at, (status, confidence, months))| {
                    let answer = ["yes", "no", "unclear"][*months as usize % 3];
                    let elements = serde_json::json!({
                        "max_imprisonment_months": months, "conduct": "shares",
                        "threat_covered": answer,
                    });
                    let status = ["in force", "adopted", "bill", "partly in force"][*status];
                    provision(&format!("s {at}"), status, ["primary", "secondary", "recalled"][*confidence], elements)
                })
                .collect();
            let first = filled(element, &all);
            if !all.is_empty() {
                let turn = turn % all.len();
                all.rotate_left(turn);
            }
            let mut second = filled(element, &all);
            second.beside.sort_by(|a, b| a.value.provision.cmp(&b.value.provision));
            let mut sorted = first.clone();
            sorted.beside.sort_by(|a, b| a.value.provision.cmp(&b.value.provision));
            prop_assert_eq!(&sorted, &second);
            prop_assert_eq!(first.values.len() + first.alternatives.len() + first.beside.len(), all.len());
            prop_assert_eq!(first.values.is_empty(), first.state == CellState::NotCollected);
        }
    }
}
