//! The order of rows and columns.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::compare::cell::Cell;
use crate::compare::grid::{Column, Row};
use crate::compare::value::{Measure, measure, strictest_first};
use crate::law::{BadCode, Code, Element, UnknownWord};

/// The order of the columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColumnOrder {
    /// As the jurisdictions were asked for; those of regions, and all, by name.
    #[default]
    Asked,
    /// By name.
    Name,
    /// Nearest to the model article or law first; by name where there is none.
    Alignment,
    /// By what is found on an element: provided first, and among them the strictest; money by currency.
    Value(Element),
}

/// The order of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// Elements in the order of their list, articles in that of the model law.
    #[default]
    List,
    /// By what one jurisdiction has: provided first, not collected last.
    Column(Code),
}

impl fmt::Display for ColumnOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "name",
            Self::Asked => "asked",
            Self::Alignment => "alignment",
            Self::Value(element) => element.as_str(),
        })
    }
}

impl FromStr for RowOrder {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        match text.trim() {
            list if list.eq_ignore_ascii_case("list") => Ok(Self::List),
            code => code.parse().map(Self::Column),
        }
    }
}

impl FromStr for ColumnOrder {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let words = [Self::Asked, Self::Name, Self::Alignment];
        let known = words
            .into_iter()
            .find(|one| one.to_string().eq_ignore_ascii_case(text.trim()));
        known.map_or_else(
            || {
                text.parse().map(Self::Value).map_err(|_: UnknownWord| {
                    let elements = Element::ALL.iter().map(|element| element.as_str());
                    UnknownWord::of(
                        "order",
                        text.trim(),
                        ["asked", "name", "alignment"].into_iter().chain(elements).collect(),
                    )
                })
            },
            Ok,
        )
    }
}

/// Places of the columns in their new order. They come in as asked.
pub(super) fn columns(order: ColumnOrder, columns: &[Column], rows: &[Row]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..columns.len()).collect();
    let by_name = |a: &usize, b: &usize| {
        let of = |at: usize| &columns[at].jurisdiction;
        (&of(*a).name, &of(*a).code).cmp(&(&of(*b).name, &of(*b).code))
    };
    let degree = |at: usize| {
        columns[at]
            .alignment
            .as_ref()
            .and_then(|one| one.degree)
            .unwrap_or(-1.0)
    };
    match order {
        ColumnOrder::Asked => {}
        ColumnOrder::Name => places.sort_by(by_name),
        ColumnOrder::Alignment => places.sort_by(|a, b| degree(*b).total_cmp(&degree(*a)).then(by_name(a, b))),
        ColumnOrder::Value(element) => {
            let row = rows.iter().find(|row| row.element == Some(element));
            places.sort_by(|a, b| {
                let of = |at: usize| row.map(|row| &row.cells[at]);
                let by_value = match (of(*a), of(*b)) {
                    (Some(a), Some(b)) => by_value(element, a, b),
                    _ => Ordering::Equal,
                };
                by_value.then(by_name(a, b))
            });
        }
    }
    places
}

/// By state, then the strictest value; several values of one cell count by the first.
fn by_value(element: Element, a: &Cell, b: &Cell) -> Ordering {
    let of = |cell: &Cell| -> Option<Measure> { measure(element, &cell.values.first()?.value) };
    let by_measure = match (of(a), of(b)) {
        (Some(a), Some(b)) => strictest_first(element, &a, &b),
        _ => Ordering::Equal,
    };
    a.state.cmp(&b.state).then(by_measure)
}

/// Places of the rows in their new order, by the column at `at`.
pub(super) fn rows(at: usize, rows: &[Row]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    let degree = |row: &Row| {
        row.cells[at]
            .alignment
            .as_ref()
            .and_then(|one| one.degree)
            .unwrap_or(-1.0)
    };
    places.sort_by(|a, b| {
        let (a, b) = (&rows[*a], &rows[*b]);
        let by_degree = degree(b).total_cmp(&degree(a));
        a.cells[at].state.cmp(&b.cells[at].state).then(by_degree)
    });
    places
}
