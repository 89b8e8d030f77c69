//! A grid in the long form: one fact a row, with everything that must not be lost when a row is copied elsewhere.

use crate::compare::{Cell, CellValue, Column, Grid, Row, measure};
use crate::export::cited::{checked, trusted};
use crate::export::of_grid::said_in;
use crate::export::{Datum, Format, Origin};
use crate::law::PartialDate;

/// The columns of the long form.
pub const FACT_COLUMNS: [&str; 27] = [
    "row",
    "label",
    "jurisdiction",
    "jurisdiction_name",
    "state",
    "role",
    "value",
    "amount",
    "unit",
    "pinpoint",
    "citable",
    "provision",
    "law",
    "number",
    "heading",
    "status",
    "in_force_on_date",
    "confidence",
    "trust",
    "checked",
    "source",
    "reason",
    "as_of",
    "made_on",
    "corpus",
    "link",
    "notice",
];

/// What a row copied elsewhere must still say.
const NOTICE: &str =
    "No legal advice. Values are ours, not the words of the law; read the source. Not collected is not absence.";

/// What a row is in its cell.
mod role {
    /// It fills the cell, or tells its state where there is no value.
    pub const FILLS: &str = "cell";
    /// It counts and was not chosen.
    pub const PASSED_OVER: &str = "passed over";
    /// It never fills a cell.
    pub const BESIDE: &str = "beside, does not count";
}

/// One fact: which cell, in what role, what value, and why.
struct Fact<'a> {
    grid: &'a Grid,
    row: &'a Row,
    column: &'a Column,
    cell: &'a Cell,
    role: &'static str,
    value: Option<&'a CellValue>,
    why: &'a str,
}

/// The facts of a grid, cell by cell.
pub(super) fn facts(grid: &Grid, origin: &Origin) -> Vec<Vec<Datum>> {
    let mut facts = Vec::new();
    for row in &grid.rows {
        for (column, cell) in grid.columns.iter().zip(&row.cells) {
            let mut add = |role, value, why| {
                facts.push(
                    Fact {
                        grid,
                        row,
                        column,
                        cell,
                        role,
                        value,
                        why,
                    }
                    .data(origin),
                );
            };
            if cell.values.is_empty() {
                add(role::FILLS, None, &cell.reason);
            }
            for value in &cell.values {
                add(role::FILLS, Some(value), &cell.reason);
            }
            for other in &cell.alternatives {
                add(role::PASSED_OVER, Some(&other.value), &other.why);
            }
            for other in &cell.beside {
                add(role::BESIDE, Some(&other.value), &other.why);
            }
        }
    }
    facts
}

impl Fact<'_> {
    fn data(&self, origin: &Origin) -> Vec<Datum> {
        let words = |text: &str| Datum::Words(text.to_owned());
        let provision = self.value.and_then(|value| self.grid.provisions.get(&value.provision));
        let measured = self.value.zip(self.row.element);
        let measured = measured.and_then(|(value, element)| measure(element, &value.value));
        let day = |date: Option<PartialDate>| Datum::from(date.map(|date| date.to_string()));
        vec![
            words(&self.row.key),
            words(&self.row.label),
            words(self.column.jurisdiction.code.as_str()),
            words(&self.column.jurisdiction.name),
            words(self.cell.state.as_str()),
            words(self.role),
            self.value.map(|value| said_in(self.row, &value.value)).into(),
            measured
                .as_ref()
                .filter(|measure| measure.amount.is_finite())
                .map_or(Datum::Nothing, |measure| Datum::Number(measure.amount)),
            measured.as_ref().and_then(|measure| measure.unit.clone()).into(),
            self.value.and_then(|value| value.pinpoint.clone()).into(),
            provision.map(|one| if one.citable { "yes" } else { "no" }).into(),
            self.value.map(|value| value.provision.as_str()).into(),
            provision.map(|one| one.title.as_str()).into(),
            provision.and_then(|one| one.number.as_deref()).into(),
            provision.map(|one| one.heading.as_str()).into(),
            provision
                .and_then(|one| one.validity)
                .map(|one| one.status.as_str())
                .into(),
            provision
                .and_then(|one| one.in_force_on_date)
                .map(|one| one.as_str())
                .into(),
            provision.and_then(|one| one.confidence).map(|one| one.as_str()).into(),
            provision.map(|one| trusted(one.confidence)).into(),
            day(provision.and_then(|one| checked(&one.sources))),
            provision.map(|one| urls(&one.sources)).into(),
            words(self.why),
            words(&origin.as_of.to_string()),
            words(&origin.made.to_string()),
            words(&origin.corpus),
            words(&origin.link(Format::Html)),
            words(NOTICE),
        ]
    }
}

/// The addresses, parted by spaces.
fn urls(sources: &[crate::law::Source]) -> String {
    let urls: Vec<&str> = sources.iter().map(|source| source.url.as_str()).collect();
    urls.join(" ")
}
