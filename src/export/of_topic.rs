//! From the sheet of a topic to the plain model; and from any sheet.

use jiff::civil::Date;

use crate::compare::{CellState, Column, Grid};
use crate::export::cited::{Cited, capital};
use crate::export::of_country::{decisions, origin, trust};
use crate::export::of_grid::{count, is_phrase, name, section, stem};
use crate::export::summary::{LISTED, ranges};
use crate::export::{Block, Export, Section, Sheet, Text, TopicSheet};

/// Provisions named of one jurisdiction; the rest are counted, and stand in the grid.
const NAMED: usize = 2;
/// Decisions on the page; the rest are counted.
const DECISIONS: usize = 10;

impl Export {
    /// What is taken away of a sheet. `made` is the day on which it is made.
    pub fn of_sheet(sheet: &Sheet, made: Date) -> Self {
        let value = serde_json::to_value(sheet).unwrap_or_default();
        match sheet {
            Sheet::Country(country) => Self::of_country(country, value, made),
            Sheet::Topic(topic) => Self::of_topic(topic, value, made),
        }
    }

    fn of_topic(sheet: &TopicSheet, value: serde_json::Value, made: Date) -> Self {
        let mut cited = Cited::brief();
        let mut sections = vec![in_short(sheet)];
        sections.push(who(&sheet.grid, &mut cited));
        sections.extend(ranges(&sheet.grid, LISTED, |row| !is_phrase(row)).map(|mut section| {
            section.heading = "Who provides what, and the ranges".to_owned();
            section
        }));
        sections.push(gaps(&sheet.grid));
        sections.push(decisions("Leading decisions", &sheet.decisions, DECISIONS, &mut cited));
        let sources = cited.into_entries();
        if !sources.is_empty() {
            sections.push(section("Sources", vec![Block::Sources(sources)]));
        }
        let query = format!(
            "what is known of {} in all jurisdictions of the corpus",
            sheet.topic.label()
        );
        let mut trust = trust("topic");
        trust.push("Decisions stand by date; no order of rank is claimed for them.".to_owned());
        Self {
            stem: format!("collex-sheet-{}-{}", stem(sheet.topic.as_str()), sheet.as_of),
            title: format!(
                "{}: the law of {}",
                capital(&sheet.label),
                count(sheet.grid.columns.len())
            ),
            origin: origin(
                sheet.topic.as_str(),
                query,
                sheet.as_of,
                made,
                (sheet.generation, &sheet.corpus),
            ),
            trust,
            sections,
            grid: None,
            facts: Vec::new(),
            value,
            schema: "sheet",
            is_wide: false,
        }
    }
}

fn in_short(sheet: &TopicSheet) -> Section {
    let mut blocks = Vec::new();
    if !sheet.definition.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(&sheet.definition)));
    }
    blocks.push(crate::export::of_grid::legend());
    section("In short", blocks)
}

/// How far a jurisdiction has the topic at all.
#[derive(PartialEq, Eq)]
enum Has {
    /// A provision counts fully.
    Fully,
    /// Provisions are noted; none counts fully.
    WithReserve,
    /// Nothing is noted.
    Nothing,
}

fn has(grid: &Grid, column: &Column) -> Has {
    let counts = |id: &str| grid.provisions.get(id).is_some_and(|one| one.reserve.is_none());
    let mut noted = column.comparable.iter().filter(|one| !one.proposed);
    match column.noted {
        0 => Has::Nothing,
        _ if noted.any(|one| counts(&one.provision)) => Has::Fully,
        _ => Has::WithReserve,
    }
}

fn who(grid: &Grid, cited: &mut Cited) -> Section {
    let mut of = |wanted: Has| -> Vec<Text> {
        let columns = grid.columns.iter().filter(|column| has(grid, column) == wanted);
        columns.map(|column| provisions(grid, column, cited)).collect()
    };
    let (fully, reserved) = (of(Has::Fully), of(Has::WithReserve));
    let mut blocks = vec![
        Block::Heading(format!("A provision in force: {}", count(fully.len()))),
        Block::List(fully),
    ];
    if !reserved.is_empty() {
        blocks.push(Block::Heading(format!(
            "Only in part, in doubt, or not law: {}",
            count(reserved.len())
        )));
        blocks.push(Block::List(reserved));
    }
    let open: Vec<&str> = grid
        .columns
        .iter()
        .filter(|column| has(grid, column) == Has::Nothing)
        .map(|column| column.jurisdiction.code.as_str())
        .collect();
    let state = CellState::NotCollected;
    blocks.push(Block::Paragraph(
        Text::strong(format!(
            "{} {state} ({}; {})",
            state.sign(),
            count(open.len()),
            state.meaning()
        ))
        .and(format!(": {}", open.join(", "))),
    ));
    section("Who has a provision", blocks)
}

/// A jurisdiction with its provisions on the topic.
fn provisions(grid: &Grid, column: &Column, cited: &mut Cited) -> Text {
    let mut text = Text::strong(name(column)).and(": ");
    let counts = |id: &str| grid.provisions.get(id).is_some_and(|one| one.reserve.is_none());
    let mut noted: Vec<_> = column.comparable.iter().filter(|one| !one.proposed).collect();
    // What counts fully before what does not; otherwise as near as they are.
    noted.sort_by_key(|one| !counts(&one.provision));
    for (at, one) in noted.iter().take(NAMED).enumerate() {
        let Some(provision) = grid.provisions.get(&one.provision) else {
            continue;
        };
        let pinpoint = provision.pinpoint.as_deref().map(|pinpoint| format!("{pinpoint}, "));
        let between = if at == 0 { "" } else { "; " };
        text = text.and(format!("{between}{}{}", pinpoint.unwrap_or_default(), provision.title));
        if let Some(number) = cited.provision(&one.provision, &grid.provisions) {
            text = text.source(number);
        }
        if provision.unverified {
            text = text.loud(" UNVERIFIED");
        }
        if let Some(reserve) = &provision.reserve {
            text = text.and(format!(" ({reserve})"));
        }
    }
    match noted.len().saturating_sub(NAMED) {
        0 => text,
        more => text.and(format!("; and {more} more")),
    }
}

/// Where the law was read for an element and says no, and where a provision leaves it open.
fn gaps(grid: &Grid) -> Section {
    let mut items = Vec::new();
    for row in grid.rows.iter().filter(|row| !is_phrase(row)) {
        for state in [CellState::NoneFound, CellState::Partly] {
            let codes: Vec<&str> = row.summary.of(state).iter().map(|code| code.as_str()).collect();
            if !codes.is_empty() {
                items.push(Text::strong(format!("{} {state}", state.sign())).and(format!(
                    ", {}: {}",
                    row.label,
                    codes.join(", ")
                )));
            }
        }
    }
    let blocks = if items.is_empty() {
        vec![Block::Paragraph(Text::plain(
            "No gap is noted; that does not say that there is none.",
        ))]
    } else {
        vec![Block::List(items)]
    };
    section("Gaps: what was looked for and not found, or is in doubt", blocks)
}
