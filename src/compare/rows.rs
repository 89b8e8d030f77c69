//! The rows of a grid: elements or articles, each with a cell for each jurisdiction and a summary over them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::compare::against_model::{Weights, article_cell};
use crate::compare::cell::{CellState, fill};
use crate::compare::counting::Counting;
use crate::compare::facts::Held;
use crate::compare::grid::{ArticleName, Column, Row, RowSummary};
use crate::compare::request::GridRequest;
use crate::compare::standing::{Standing, standing};
use crate::compare::subject::{Reference, Taken};
use crate::compare::value::{Measure, measure, ranges, unit};
use crate::law::{Code, Element, Jurisdiction, Provision, Topic};

/// A jurisdiction with its provisions on the topics, each with its standing on the day.
pub(super) struct Place<'a> {
    pub jurisdiction: &'a Jurisdiction,
    pub held: Vec<(&'a Held, Standing)>,
}

impl Place<'_> {
    /// All of them.
    fn all(&self) -> Vec<(&Provision, &Standing)> {
        self.held
            .iter()
            .map(|(held, standing)| (&held.provision, standing))
            .collect()
    }
}

/// The provisions of a jurisdiction on any of these topics.
pub(super) fn on_topics<'a>(law: &'a [Held], topics: &[Topic], day: Date, today: Date) -> Vec<(&'a Held, Standing)> {
    let about = law
        .iter()
        .filter(|held| held.provision.topics.iter().any(|topic| topics.contains(topic)));
    about
        .map(|held| (held, standing(&held.provision, held.law(), day, today)))
        .collect()
}

/// The rows that are asked for, without their summaries.
pub(super) fn rows(request: &GridRequest, taken: &Taken<'_>, places: &[Place<'_>], weights: &Weights) -> Vec<Row> {
    if let Reference::ModelLaw(model) = taken.reference {
        return model
            .articles
            .iter()
            .map(|article| article_row(article, places, weights))
            .collect();
    }
    let reference = match taken.reference {
        Reference::Article(held) | Reference::Provision(held) => Some(held),
        _ => None,
    };
    let mut rows = Vec::new();
    if let Reference::Article(article) = taken.reference {
        rows.push(article_row(article, places, weights));
    }
    for element in elements(request, taken.reference, places) {
        let fill_one = |place: &Place<'_>| match taken.reference {
            Reference::Article(article) => {
                let counting = Counting::of(&article.provision, &place.held);
                fill(element, &counting.for_element(element))
            }
            _ => fill(element, &place.all()),
        };
        rows.push(Row {
            key: element.to_string(),
            label: label(element),
            element: Some(element),
            article: None,
            unit: unit(element).map(str::to_owned),
            asked: reference
                .and_then(|held| held.provision.elements.get(&element))
                .cloned(),
            weight: weights.of(element),
            cells: places.iter().map(fill_one).collect(),
            summary: RowSummary::default(),
        });
    }
    rows
}

/// The elements asked for; else those that the article asks for; else those that any provision states.
fn elements(request: &GridRequest, reference: Reference<'_>, places: &[Place<'_>]) -> Vec<Element> {
    if !request.elements.is_empty() {
        let mut seen = BTreeSet::new();
        return request
            .elements
            .iter()
            .copied()
            .filter(|element| seen.insert(*element))
            .collect();
    }
    if let Reference::Article(article) = reference {
        return article.provision.elements.keys().copied().collect();
    }
    let of_reference = match reference {
        Reference::Provision(held) => held.provision.elements.keys().copied().collect(),
        _ => BTreeSet::new(),
    };
    let stated = places
        .iter()
        .flat_map(|place| &place.held)
        .flat_map(|(held, _)| held.provision.elements.keys().copied());
    stated
        .chain(of_reference)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// An element in plain words, its unit in brackets: `maximum imprisonment (months)`.
pub(super) fn label(element: Element) -> String {
    let words = element.as_str().replace('_', " ");
    let words = match words.split_once(' ') {
        Some(("max", rest)) => format!("maximum {rest}"),
        Some(("min", rest)) => format!("minimum {rest}"),
        _ => words,
    };
    match unit(element).and_then(|unit| Some((words.strip_suffix(unit)?.trim_end(), unit))) {
        Some((words, unit)) => format!("{words} ({unit})"),
        None => words,
    }
}

fn article_row(article: &Held, places: &[Place<'_>], weights: &Weights) -> Row {
    let provision = &article.provision;
    let name = ArticleName::of(article);
    let pinpoint = name
        .pinpoint
        .as_deref()
        .map(|pinpoint| format!("{pinpoint} — "))
        .unwrap_or_default();
    let cell = |place: &Place<'_>| {
        let mut cell = article_cell(provision, &Counting::of(provision, &place.held), weights);
        if let Some(alignment) = cell
            .alignment
            .as_mut()
            .filter(|_| cell.state == CellState::NotCollected)
        {
            // Nothing to tell element by element, thousands of times in a grid of a whole model law.
            alignment.parts = Vec::new();
        }
        cell
    };
    Row {
        key: provision.id.clone(),
        label: format!("{pinpoint}{}", provision.heading),
        element: None,
        article: Some(name),
        unit: None,
        asked: None,
        weight: provision.elements.keys().map(|element| weights.of(*element)).sum(),
        cells: places.iter().map(cell).collect(),
        summary: RowSummary::default(),
    }
}

/// Who provides it, and how much, over the columns.
pub(super) fn summary(row: &Row, columns: &[Column]) -> RowSummary {
    let mut summary = RowSummary::default();
    let mut measured: Vec<(&Code, Measure)> = Vec::new();
    for (column, cell) in columns.iter().zip(&row.cells) {
        let code = &column.jurisdiction.code;
        let list = match cell.state {
            CellState::Provided => &mut summary.provided,
            CellState::Partly => &mut summary.partly,
            CellState::NoneFound => &mut summary.none_found,
            CellState::NotCollected => &mut summary.not_collected,
        };
        list.push(code.clone());
        let values = cell.values.iter().filter(|_| cell.state == CellState::Provided);
        for measure in values.filter_map(|value| measure(row.element?, &value.value)) {
            if measure.unit.is_none() {
                summary.unlimited.push(code.clone());
            }
            measured.push((code, measure));
        }
    }
    summary.ranges = ranges(measured);
    summary
}
