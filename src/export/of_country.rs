//! From the sheet of a country to the plain model.

use jiff::civil::Date;

use crate::compare::{CellState, Grid, Parameter};
use crate::export::cited::{Cited, capital, trusted};
use crate::export::of_grid::{is_phrase, list, said_in, section, stem};
use crate::export::{Block, CountrySheet, Decision, Export, NotePassage, Origin, Section, Table, TableCell, Text};
use crate::law::{Element, PartialDate};

/// What a policy promises; told apart from what a law provides.
const COMMITMENTS: [Element; 4] = [
    Element::GenderCommitment,
    Element::TechnologyCommitment,
    Element::Period,
    Element::Monitoring,
];

/// Articles of a model law that are named as lacking, the weightiest first; the rest are counted.
const WEIGHTIEST: usize = 6;

impl Export {
    /// What is taken away of the sheet of a country.
    pub(super) fn of_country(sheet: &CountrySheet, value: serde_json::Value, made: Date) -> Self {
        let mut cited = Cited::brief();
        let of = &sheet.jurisdiction;
        let mut sections = vec![in_short(sheet)];
        sections.push(has(sheet, &mut cited));
        sections.extend(lacks(sheet));
        sections.extend(passages(
            "Gaps that the note names",
            sheet,
            &["gap", "missing"],
            &mut cited,
        ));
        sections.push(open(sheet));
        sections.extend(passages("Disputed points", sheet, &["dispute"], &mut cited));
        sections.push(decisions(
            "Decisions of its courts",
            &sheet.decisions,
            usize::MAX,
            &mut cited,
        ));
        sections.extend(commitments(sheet, &mut cited));
        let sources = cited.into_entries();
        if !sources.is_empty() {
            sections.push(section("Sources", vec![Block::Sources(sources)]));
        }
        let query = format!(
            "what is known of the law of {} on technology-facilitated gender-based violence",
            of.name
        );
        Self {
            stem: format!("collex-sheet-{}-{}", stem(of.code.as_str()), sheet.as_of),
            title: format!(
                "{} ({}): technology-facilitated gender-based violence in its law",
                of.name, of.code
            ),
            origin: origin(
                of.code.as_str(),
                query,
                sheet.as_of,
                made,
                (sheet.generation, &sheet.corpus),
            ),
            trust: trust("country"),
            sections,
            grid: None,
            facts: Vec::new(),
            value,
            schema: "sheet",
            is_wide: false,
        }
    }
}

/// How far to trust a sheet.
pub(super) fn trust(what: &str) -> Vec<String> {
    vec![
        format!("This is no legal advice. It shows what is collected on one {what}, which is never all; read a provision at its source before you rely on it."),
        "Everything here is our own summary, not the words of the law or of a court; do not quote it as such.".to_owned(),
        "What is not collected says nothing about the law: nobody has looked. Only what is marked none found was looked for.".to_owned(),
    ]
}

/// Where a sheet comes from and how to have it again.
pub(super) fn origin(
    of: &str,
    query: String,
    as_of: PartialDate,
    made: Date,
    (generation, corpus): (u32, &str),
) -> Origin {
    Origin {
        query: format!("{query}; as the law stood on {as_of}"),
        as_of,
        made: PartialDate::Day(made),
        corpus: corpus.to_owned(),
        generation,
        path: format!("/v1/sheets/{of}"),
        parameters: vec![Parameter {
            name: "as_of",
            value: as_of.to_string(),
        }],
        command: (format!("collex sheet {of} --as-of {as_of}"), String::new()),
    }
}

fn in_short(sheet: &CountrySheet) -> Section {
    let of = &sheet.jurisdiction;
    let system = of
        .legal_system
        .map_or_else(|| "legal system not noted".to_owned(), |system| system.to_string());
    let mut blocks = vec![Block::Paragraph(Text::plain(format!(
        "{}; {system}; languages of its law: {}.",
        of.region,
        of.languages.join(", ")
    )))];
    let summary = sheet.notes.iter().filter(|passage| !passage.id.contains('#'));
    let paragraphs = summary.flat_map(|passage| passage.text.split("\n\n"));
    blocks.extend(paragraphs.map(|text| Block::Paragraph(Text::plain(text))));
    if !sheet.parts.is_empty() {
        let parts: Vec<&str> = sheet.parts.iter().map(|code| code.as_str()).collect();
        let text = format!(
            "Its parts with law of their own have sheets of their own: {}.",
            parts.join(", ")
        );
        blocks.push(Block::Paragraph(Text::plain(text)));
    }
    section("In short", blocks)
}

/// The best state that any element of a topic is in; provided where a provision counts fully, though it states no element.
fn state_of(grid: &Grid) -> CellState {
    let counts = |id: &str| grid.provisions.get(id).is_some_and(|one| one.reserve.is_none());
    let mut comparable = grid.columns.iter().flat_map(|column| &column.comparable);
    if comparable.any(|one| !one.proposed && counts(&one.provision)) {
        return CellState::Provided;
    }
    let states = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.state);
    states.min().unwrap_or(CellState::NotCollected)
}

fn has(sheet: &CountrySheet, cited: &mut Cited) -> Section {
    let rows = sheet.topics.iter().map(|grid| {
        let state = state_of(grid);
        let named = match state {
            // Provisions are noted, and none of them counts: bills, what has ended, what protects children alone.
            CellState::NotCollected => "only noted beside, nothing that counts".to_owned(),
            state => state.to_string(),
        };
        vec![
            TableCell {
                state: Some(state),
                lines: vec![
                    Text::plain(capital(&grid.subject.title)),
                    Text::strong(format!("{} {named}", state.sign())),
                ],
                note: None,
            },
            TableCell {
                lines: provisions(grid, cited),
                ..TableCell::default()
            },
            TableCell {
                lines: facts(grid),
                ..TableCell::default()
            },
        ]
    });
    let table = Table {
        head: ["Topic", "Provisions", "What they say"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        shares: vec![3, 6, 5],
    };
    let blocks = if table.rows.is_empty() {
        vec![Block::Paragraph(Text::plain(
            "No provision of it is collected; that says nothing about its law.",
        ))]
    } else {
        vec![crate::export::of_grid::legend(), Block::Table(table)]
    };
    section("What it has", blocks)
}

/// The provisions on a topic, each with its source and why it does not count fully.
fn provisions(grid: &Grid, cited: &mut Cited) -> Vec<Text> {
    let comparable = grid.columns.iter().flat_map(|column| &column.comparable);
    comparable
        .filter(|one| !one.proposed)
        .filter_map(|one| {
            let provision = grid.provisions.get(&one.provision)?;
            let pinpoint = provision.pinpoint.as_deref().map(|pinpoint| format!("{pinpoint}, "));
            let mut text = Text::plain(format!("{}{}", pinpoint.unwrap_or_default(), provision.title));
            if let Some(number) = cited.provision(&one.provision, &grid.provisions) {
                text = text.source(number);
            }
            if provision.unverified {
                text = text.loud(" UNVERIFIED");
            }
            Some(match &provision.reserve {
                Some(reserve) => text.and(format!(" — {reserve}")),
                None => text,
            })
        })
        .collect()
}

/// What is stated in closed values; phrases are left to the grid. What is not collected is left out, and said so below.
fn facts(grid: &Grid) -> Vec<Text> {
    let mut facts = Vec::new();
    for row in grid.rows.iter().filter(|row| !is_phrase(row)) {
        for cell in row.cells.iter().filter(|cell| cell.state != CellState::NotCollected) {
            let values: Vec<String> = cell
                .values
                .iter()
                .map(|value| {
                    let pinpoint = value.pinpoint.as_deref().map(|pinpoint| format!(" ({pinpoint})"));
                    format!("{}{}", said_in(row, &value.value), pinpoint.unwrap_or_default())
                })
                .collect();
            let label = row.label.split(" (").next().unwrap_or_default();
            facts.push(Text::plain(format!(
                "{} {label}: {}",
                cell.state.sign(),
                values.join("; ")
            )));
        }
    }
    facts
}

/// What it lacks of each model law, the weightiest first.
fn lacks(sheet: &CountrySheet) -> Option<Section> {
    let mut blocks = Vec::new();
    for grid in &sheet.models {
        let Some(column) = grid.columns.first() else { continue };
        let Some(alignment) = column.alignment.as_ref().filter(|one| one.degree.is_some()) else {
            continue;
        };
        blocks.push(Block::Heading(grid.subject.title.clone()));
        blocks.push(Block::Paragraph(Text::plain(format!("{}.", alignment.arithmetic))));
        let items = column.missing.iter().take(WEIGHTIEST).map(|article| {
            let label = grid
                .rows
                .iter()
                .find(|row| row.key == article.article)
                .map(|row| row.label.as_str());
            let elements: Vec<String> = article
                .elements
                .iter()
                .map(|one| one.as_str().replace('_', " "))
                .collect();
            let state = if article.state == CellState::NoneFound {
                "lacks"
            } else {
                "has in part"
            };
            Text::strong(format!("{} {state} ", article.state.sign())).and(format!(
                "{}: {}",
                label.unwrap_or(&article.article),
                elements.join(", ")
            ))
        });
        let mut items: Vec<Text> = items.collect();
        if column.missing.len() > WEIGHTIEST {
            let more = column.missing.len() - WEIGHTIEST;
            items.push(Text::plain(format!(
                "and {more} of less weight: compare with the model law itself"
            )));
        }
        if items.is_empty() {
            blocks.push(Block::Paragraph(Text::plain("Nothing that was looked for is lacking.")));
        } else {
            blocks.push(Block::List(items));
        }
    }
    (!blocks.is_empty()).then(|| section("What it lacks of the model laws", blocks))
}

/// Passages of the note whose anchors begin so.
fn passages(heading: &str, sheet: &CountrySheet, anchors: &[&str], cited: &mut Cited) -> Option<Section> {
    let is_one = |passage: &&NotePassage| {
        let anchor = passage.id.split_once('#').map_or("", |(_, anchor)| anchor);
        anchors.iter().any(|begin| anchor.starts_with(begin))
    };
    let item = |passage: &NotePassage| {
        let text =
            Text::strong(format!("{}. ", passage.heading.trim_end_matches('.'))).and(passage.text.replace("\n\n", " "));
        if passage.sources.is_empty() {
            return text;
        }
        let entry = cited.places(
            Text::strong(&passage.heading).and(" — passage of our note. "),
            &passage.sources,
        );
        let number = cited.number(&passage.id, entry);
        text.source(number)
    };
    list(heading, sheet.notes.iter().filter(is_one).map(item).collect())
}

fn open(sheet: &CountrySheet) -> Section {
    let topics: Vec<String> = sheet.not_collected.iter().map(|topic| topic.label()).collect();
    let text = if topics.is_empty() {
        Text::plain("Something is collected on every topic.")
    } else {
        let state = CellState::NotCollected;
        Text::strong(format!(
            "{} {state} ({} of {} topics; {})",
            state.sign(),
            topics.len(),
            crate::law::Topic::ALL.len(),
            state.meaning()
        ))
        .and(format!(": {}.", topics.join(", ")))
    };
    section("Not collected", vec![Block::Paragraph(text)])
}

/// Decisions as a list with their sources, `most` of them.
pub(super) fn decisions(heading: &str, decisions: &[Decision], most: usize, cited: &mut Cited) -> Section {
    let item = |decision: &Decision| {
        let citation = decision.citation.as_deref().map(|citation| format!(", {citation}"));
        let place = decision.jurisdiction.as_ref().map(|code| format!("{code}, "));
        let mut text = Text::strong(format!("{}{}", decision.title, citation.unwrap_or_default())).and(format!(
            " ({}{}, {}). ",
            place.unwrap_or_default(),
            decision.court,
            decision.date
        ));
        if let Some(outcome) = &decision.outcome {
            text = text.and(format!("Outcome: {outcome}. "));
        }
        text = text.and(format!("Held, in our words: {}", decision.holding));
        let entry = cited.places(
            Text::strong(&decision.title).and(format!(" — {}. ", capital(trusted(decision.confidence)))),
            &decision.sources,
        );
        let number = cited.number(&decision.id, entry);
        text.source(number)
    };
    let mut blocks = vec![Block::List(decisions.iter().take(most).map(item).collect())];
    if decisions.is_empty() {
        blocks = vec![Block::Paragraph(Text::plain(
            "None is collected; that does not say that there is none.",
        ))];
    } else if decisions.len() > most {
        let more = format!("{} older ones are in the corpus.", decisions.len() - most);
        blocks.push(Block::Paragraph(Text::plain(more)));
    }
    section(heading, blocks)
}

/// What its policies promise, and what the note says of it.
fn commitments(sheet: &CountrySheet, cited: &mut Cited) -> Option<Section> {
    let mut items = Vec::new();
    for grid in &sheet.topics {
        let promised = grid
            .rows
            .iter()
            .filter(|row| row.element.is_some_and(|element| COMMITMENTS.contains(&element)));
        for (row, cell) in promised.flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
            for value in &cell.values {
                let text = Text::strong(format!("{} {}: ", cell.state.sign(), capital(&row.label)));
                let text = text.and(said_in(row, &value.value));
                items.push(match cited.provision(&value.provision, &grid.provisions) {
                    Some(number) => text.source(number),
                    None => text,
                });
            }
        }
    }
    let noted = passages("", sheet, &["gender", "commitment"], cited);
    let noted = noted.into_iter().flat_map(|section| section.blocks);
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::List(items));
    }
    blocks.extend(noted);
    (!blocks.is_empty()).then(|| section("Commitments", blocks))
}
