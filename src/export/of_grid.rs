//! From a grid to the plain model.

use jiff::civil::Date;

use crate::compare::{Alternative, Beside, CellState, CellValue, Column, Grid, Row, Subject, said};
use crate::export::address::command;
use crate::export::cited::{Cited, capital, citation};
use crate::export::facts::facts;
use crate::export::layout::{matrix, tables};
use crate::export::summary::{against_model, ranges};
use crate::export::{Block, Export, Origin, Section, Text};
use crate::law::{Confidence, ElementValue, PartialDate, ValueType};

/// Jurisdictions are named one by one, and the gaps that their notes name are listed, for this many at most.
const GAPS_OF: usize = 12;

impl Export {
    /// What is taken away of a grid. `made` is the day on which it is made.
    pub fn of_grid(grid: &Grid, made: Date) -> Self {
        let origin = origin(grid, made);
        let mut cited = Cited::default();
        let mut sections = vec![comparison(grid, &mut cited)];
        sections.extend(ranges(grid, usize::MAX, |row| !is_phrase(row)));
        sections.extend(against_model(grid));
        sections.extend(not_counted(grid, &mut cited));
        sections.extend(passed_over(grid, &mut cited));
        sections.extend(proposals(grid, &mut cited));
        sections.extend(gaps(grid));
        sections.extend(list("Remarks", grid.notes.iter().map(Text::plain).collect()));
        let sources = cited.into_entries();
        if !sources.is_empty() {
            sections.push(section("Sources", vec![Block::Sources(sources)]));
        }
        Self {
            stem: format!("collex-{}-{}", stem(&grid.subject.title), grid.as_of),
            title: format!(
                "{}: {} compared",
                capital(&grid.subject.title),
                count(grid.columns.len())
            ),
            trust: trust(grid),
            sections,
            grid: Some(matrix(grid, &mut Cited::default(), true)),
            facts: facts(grid, &origin),
            value: serde_json::to_value(grid).unwrap_or_default(),
            schema: "grid",
            is_wide: true,
            origin,
        }
    }
}

/// A value in the words of its row.
pub(super) fn said_in(row: &Row, value: &ElementValue) -> String {
    said(value, row.unit.as_deref())
}

/// Whether a row has phrases, which cannot be counted and stand in the grid itself.
pub(super) fn is_phrase(row: &Row) -> bool {
    row.element
        .is_some_and(|element| element.value_type() == ValueType::Phrase)
}

/// A section with blocks.
pub(super) fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        heading: heading.to_owned(),
        blocks,
    }
}

/// A section with a list, unless there is nothing to list.
pub(super) fn list(heading: &str, items: Vec<Text>) -> Option<Section> {
    (!items.is_empty()).then(|| section(heading, vec![Block::List(items)]))
}

/// The legend of the states.
pub(super) fn legend() -> Block {
    let mut line = Text::default();
    for state in CellState::ALL {
        line = line
            .loud(format!("{} {state}", state.sign()))
            .and(format!(": {}.  ", state.meaning()));
    }
    Block::Paragraph(line)
}

/// `1 jurisdiction`, `5 jurisdictions`.
pub(super) fn count(number: usize) -> String {
    format!("{number} jurisdiction{}", if number == 1 { "" } else { "s" })
}

/// A title as part of a file name.
pub(super) fn stem(title: &str) -> String {
    let mut stem = String::new();
    for letter in title.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            stem.push(letter);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() >= 50 {
            break;
        }
    }
    let stem = stem.trim_matches('-');
    if stem.is_empty() {
        "grid".to_owned()
    } else {
        stem.to_owned()
    }
}

fn origin(grid: &Grid, made: Date) -> Origin {
    Origin {
        query: query(grid),
        as_of: grid.as_of,
        made: PartialDate::Day(made),
        corpus: grid.corpus.clone(),
        generation: grid.generation,
        path: "/v1/compare".to_owned(),
        parameters: grid.parameters.clone(),
        command: command(&grid.parameters),
    }
}

/// What was asked, in words.
fn query(grid: &Grid) -> String {
    let subject = &grid.subject;
    let what = match &subject.asked {
        Subject::Topics(_) => format!("the law on {}", subject.title),
        Subject::Article(_) => format!("the law on what {} asks for", subject.title),
        Subject::ModelLaw(_) => format!("the law against each article of {}", subject.title),
        Subject::Provision(_) => format!("the like of {}", subject.title),
        Subject::Words(words) => format!("the law on “{}”", words.trim()),
    };
    let asked = |name: &str| {
        grid.parameters
            .iter()
            .find(|one| one.name == name)
            .map(|one| &one.value)
    };
    let mut query = what;
    match (asked("jurisdiction"), asked("region")) {
        (None, None) => query.push_str(", all jurisdictions of the corpus"),
        // Names where they can be read in one breath, else the codes and regions as they were asked for.
        _ if grid.columns.len() <= GAPS_OF => {
            let names: Vec<String> = grid.columns.iter().map(name).collect();
            query.push_str(&format!(", of {}", names.join(", ")));
        }
        (codes, regions) => {
            let named = codes.into_iter().chain(regions).map(|list| list.replace(',', ", "));
            query.push_str(&format!(", of {}", named.collect::<Vec<_>>().join(" and ")));
        }
    }
    if let Some(elements) = asked("element") {
        query.push_str(&format!("; only {}", elements.replace('_', " ").replace(',', ", ")));
    }
    if let Some(weights) = asked("weight") {
        query.push_str(&format!(
            "; weights changed: {}",
            weights.replace('_', " ").replace(',', ", ")
        ));
    }
    format!("{query}; as the law stood on {}", grid.as_of)
}

/// How far to trust it.
fn trust(grid: &Grid) -> Vec<String> {
    let cells: Vec<_> = grid.rows.iter().flat_map(|row| &row.cells).collect();
    let open = cells
        .iter()
        .filter(|cell| cell.state == CellState::NotCollected)
        .count();
    let by = |confidence: Confidence| cells.iter().filter(|cell| cell.confidence == Some(confidence)).count();
    let mut trust = vec![
        "This is no legal advice. It is a research aid, and a cell is only as good as its source: read the provision there before you rely on it."
            .to_owned(),
        "Values are short statements of ours, not the words of the law; do not quote them as the law.".to_owned(),
        format!(
            "Of {} cells, {open} are not collected: nobody has looked, which says nothing about the law and is never to be read as absence.",
            cells.len()
        ),
        format!(
            "What the others rest on, at its weakest: {} cells were read in the official text, {} in an unofficial copy, {} in a report only, {} are unverified.",
            by(Confidence::Primary),
            by(Confidence::Reproduced),
            by(Confidence::Secondary),
            by(Confidence::Recalled)
        ),
    ];
    if grid.rows.iter().any(|row| row.article.is_some()) {
        trust.push(
            "A degree of alignment is arithmetic over the facts collected, not a judgement of the law's quality."
                .to_owned(),
        );
    }
    trust
}

fn comparison(grid: &Grid, cited: &mut Cited) -> Section {
    let topics: Vec<String> = grid.subject.topics.iter().map(|topic| topic.label()).collect();
    let about = format!("Topics compared: {} ({}).", topics.join(", "), grid.subject.why);
    let mut blocks = vec![Block::Paragraph(Text::plain(about)), legend()];
    blocks.extend(tables(grid, cited));
    section("Comparison", blocks)
}

/// `Kenya (KE)`.
pub(super) fn name(column: &Column) -> String {
    format!("{} ({})", column.jurisdiction.name, column.jurisdiction.code)
}

/// A value that is told of outside of its cell, with where it stands and why.
fn told(grid: &Grid, row: &Row, column: &Column, value: &CellValue, why: &str, cited: &mut Cited) -> Text {
    let law = grid.provisions.get(&value.provision).map(citation).unwrap_or_default();
    let text = Text::strong(name(column)).and(format!(
        ", {}: {} — {law}: {why}",
        row.label,
        said_in(row, &value.value)
    ));
    match cited.provision(&value.provision, &grid.provisions) {
        Some(number) => text.source(number),
        None => text,
    }
}

/// Every cell with its column and row.
fn cells(grid: &Grid) -> impl Iterator<Item = (&Row, &Column, &crate::compare::Cell)> {
    grid.rows.iter().flat_map(|row| {
        let cells = grid.columns.iter().zip(&row.cells);
        cells.map(move |(column, cell)| (row, column, cell))
    })
}

fn not_counted(grid: &Grid, cited: &mut Cited) -> Option<Section> {
    let mut items = Vec::new();
    for (row, column, cell) in cells(grid) {
        for Beside { value, why } in &cell.beside {
            items.push(told(grid, row, column, value, why, cited));
        }
    }
    list("Beside the law: what does not count, and why", items)
}

fn passed_over(grid: &Grid, cited: &mut Cited) -> Option<Section> {
    let mut items = Vec::new();
    for (row, column, cell) in cells(grid) {
        for Alternative { value, state, why } in &cell.alternatives {
            items.push(told(
                grid,
                row,
                column,
                value,
                &format!("{why}; alone it would be: {state}"),
                cited,
            ));
        }
    }
    list("Other values that count and were not chosen, and why", items)
}

fn proposals(grid: &Grid, cited: &mut Cited) -> Option<Section> {
    let mut items = Vec::new();
    for column in &grid.columns {
        for one in column.comparable.iter().filter(|one| one.proposed) {
            let provision = grid.provisions.get(&one.provision);
            let law = provision.map(citation).unwrap_or_default();
            let text = Text::strong(name(column)).and(format!(": {law} — {}: {}", one.degree, one.reason));
            items.push(match cited.provision(&one.provision, &grid.provisions) {
                Some(number) => text.source(number),
                None => text,
            });
        }
    }
    list(
        "Proposals, joined by wording or meaning alone: they fill no cell",
        items,
    )
}

fn gaps(grid: &Grid) -> Option<Section> {
    if grid.columns.len() > GAPS_OF {
        return None;
    }
    let item = |column: &Column| {
        let gaps: Vec<&str> = column.gaps.iter().map(|gap| gap.heading.as_str()).collect();
        (!gaps.is_empty()).then(|| Text::strong(name(column)).and(format!(": {}", gaps.join("; "))))
    };
    list(
        "Gaps that the notes on the jurisdictions name, on any subject",
        grid.columns.iter().filter_map(item).collect(),
    )
}
