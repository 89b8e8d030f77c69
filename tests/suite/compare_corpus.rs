//! The grid over the real corpus, cell by cell, against the Markdown read in a simple way of its own: every curated element
//! arrives in its cell by the rule, and none is invented. Nothing of the program reads the files here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use collex::compare::{Cell, CellState, Grid, GridRequest, Subject};
use collex::corpus::Roots;
use collex::index::{BuildOptions, build};
use collex::law::{Element, ElementValue, Topic};
use collex::library::Library;
use collex::search::Tuning;

const ELEMENTS: [Element; 3] = [
    Element::MaxImprisonmentMonths,
    Element::ThreatCovered,
    Element::SyntheticCovered,
];

/// One provision as the file has it.
struct Note {
    id: String,
    jurisdiction: String,
    topics: Vec<String>,
    lines: BTreeMap<String, String>,
    law_status: String,
    status: String,
    begins: String,
    confidence: String,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// The value behind `key: ` where a line begins so.
fn line<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
        .map(|value| value.trim().trim_matches('"'))
}

fn notes(corpus: &Path) -> Vec<Note> {
    let (mut paths, mut notes) = (Vec::new(), Vec::new());
    files(&corpus.join("legislation"), &mut paths);
    files(&corpus.join("instruments"), &mut paths);
    for path in paths {
        let id = path
            .strip_prefix(corpus)
            .unwrap()
            .with_extension("")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let (front, body) = text.trim_start_matches("---\n").split_once("\n---").unwrap();
        if id.contains('.') {
            continue;
        }
        let mut anchor = String::new();
        let mut blocks = Vec::new();
        let mut open: Option<String> = None;
        for written in body.lines() {
            match &mut open {
                Some(block) if written == "```" => {
                    blocks.push((anchor.clone(), std::mem::take(block)));
                    open = None;
                }
                Some(block) => block.push_str(&format!("{written}\n")),
                None if written == "```facts" => open = Some(String::new()),
                None if written.starts_with('#') => {
                    if let Some((_, rest)) = written.split_once("{#") {
                        anchor = rest.trim_end_matches('}').to_owned();
                    }
                }
                None => {}
            }
        }
        let law_status = line(front, "status").unwrap().to_owned();
        for (anchor, block) in blocks {
            let topics = line(&block, "topics").unwrap_or("[]").trim_matches(['[', ']']);
            let elements = block
                .lines()
                .filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
            let of = |key: &str| {
                line(&block, key)
                    .or_else(|| line(front, key))
                    .unwrap_or_default()
                    .to_owned()
            };
            notes.push(Note {
                id: format!("{id}#{anchor}"),
                jurisdiction: line(front, "jurisdiction").unwrap().to_owned(),
                topics: topics.split(',').map(|topic| topic.trim().to_owned()).collect(),
                lines: elements
                    .map(|(key, value)| (key.to_owned(), value.trim().trim_matches('"').to_owned()))
                    .collect(),
                law_status: law_status.clone(),
                status: of("status"),
                begins: of("in_force"),
                confidence: line(&block, "confidence").unwrap_or_default().to_owned(),
            });
        }
    }
    notes
}

/// Children alone: what the phrase says first is children or an age limit, and adults do not come in.
fn on_children_alone(note: &Note) -> bool {
    let Some(scope) = note.lines.get("victim_scope") else {
        return false;
    };
    let first = scope
        .to_lowercase()
        .split([';', '('])
        .next()
        .unwrap()
        .trim_matches(['"', ' '])
        .to_owned();
    let adults = ["women", "woman", "adult", "any ", "all ", "every"]
        .iter()
        .any(|word| first.contains(word));
    let children = [
        "child",
        "minor",
        "adolescent",
        "girl",
        "boy",
        "juvenile",
        "under ",
        "persons under",
        "person under",
        "consumers under",
    ];
    !adults && children.iter().any(|word| first.starts_with(word))
}

/// What a note may do for a cell today: 2 fill it, 1 fill it in part, 0 stand beside.
fn weight(note: &Note, today: &str) -> u8 {
    let in_force = |status: &str| matches!(status, "in force" | "partly in force");
    let begun = note.begins.is_empty() || note.begins.as_str() <= today;
    let whole = in_force(&note.status) && (in_force(&note.law_status) || note.status != note.law_status);
    if on_children_alone(note) || !begun {
        return 0;
    }
    match (note.status.as_str(), note.law_status.as_str()) {
        ("adopted", _) => 1,
        (status, "adopted") if in_force(status) => 1,
        (_, "bill" | "draft" | "not yet in force") => 0,
        _ if whole && note.confidence == "recalled" => 1,
        _ if whole => 2,
        _ => 0,
    }
}

/// State and value of a cell by the table of the rule.
fn expected(notes: &[&Note], element: &str, today: &str) -> (CellState, Option<String>) {
    let stated: Vec<(u8, &str)> = notes
        .iter()
        .filter_map(|note| Some((weight(note, today), note.lines.get(element)?.as_str())))
        .collect();
    let highest = |weight: u8| {
        let numbers = stated
            .iter()
            .filter(|(own, _)| *own == weight)
            .filter_map(|(_, value)| value.parse::<u32>().ok());
        numbers.max().map(|number| number.to_string())
    };
    let says = |weight: u8, word: &str| stated.contains(&(weight, word)).then(|| word.to_owned());
    if let Some(value) = highest(2).or_else(|| says(2, "yes")) {
        return (CellState::Provided, Some(value));
    }
    let in_part = highest(1)
        .or_else(|| says(1, "yes"))
        .or_else(|| says(2, "unclear"))
        .or_else(|| says(1, "unclear"));
    if let Some(value) = in_part {
        return (CellState::Partly, Some(value));
    }
    match says(2, "no").or_else(|| says(1, "no")) {
        Some(value) => (CellState::NoneFound, Some(value)),
        None => (CellState::NotCollected, None),
    }
}

fn written(value: &ElementValue) -> String {
    value.to_string()
}

/// Every provision that a cell names, with what it says.
fn named(cell: &Cell) -> BTreeSet<(String, String)> {
    let values = cell.values.iter();
    let others = cell.alternatives.iter().map(|other| &other.value);
    let beside = cell.beside.iter().map(|beside| &beside.value);
    values
        .chain(others)
        .chain(beside)
        .map(|value| (value.provision.clone(), written(&value.value)))
        .collect()
}

fn check(grid: &Grid, topic: Topic, notes: &[Note], today: &str) -> usize {
    let mut cells = 0;
    for row in &grid.rows {
        for (column, cell) in grid.columns.iter().zip(&row.cells) {
            let code = column.jurisdiction.code.as_str();
            let own: Vec<&Note> = notes
                .iter()
                .filter(|note| note.jurisdiction == code && note.topics.iter().any(|own| own == topic.as_str()))
                .collect();
            let place = format!("{topic}, {}, {code}", row.key);
            let (state, value) = expected(&own, &row.key, today);
            assert_eq!(cell.state, state, "{place}: {} {:?}", cell.reason, named(cell));
            assert_eq!(cell.values.first().map(|value| written(&value.value)), value, "{place}");
            let stated: BTreeSet<(String, String)> = own
                .iter()
                .filter_map(|note| Some((note.id.clone(), note.lines.get(&row.key)?.clone())))
                .collect();
            assert_eq!(
                named(cell),
                stated,
                "{place}: all that is stated arrives, and nothing else"
            );
            cells += 1;
        }
    }
    cells
}

#[test]
fn every_curated_element_arrives_in_its_cell_and_none_is_invented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let roots = Roots {
        corpus: root.join("corpus"),
        model_laws: root.join("model-laws"),
    };
    let folder = tempfile::tempdir().unwrap();
    build(&BuildOptions::new(folder.path().to_path_buf(), roots, &|_| {}), None).unwrap();
    let library = Library::open(folder.path(), None, Tuning::default()).unwrap();
    let notes = notes(&root.join("corpus"));
    assert!(notes.len() > 1000, "the corpus is read: {}", notes.len());
    let mut cells = 0;
    for topic in Topic::ALL {
        let mut request = GridRequest::about(Subject::Topics(vec![*topic]));
        request.elements = ELEMENTS.to_vec();
        let grid = library.compare(&request).unwrap();
        assert_eq!(grid.rows.len(), ELEMENTS.len());
        cells += check(&grid, *topic, &notes, &grid.as_of.to_string());
    }
    // The rule is put to the test by the corpus: each state occurs, and so does each thing that stands beside.
    let images = library
        .compare(&GridRequest::about(Subject::Topics(Topic::ALL.to_vec())))
        .unwrap();
    let all: Vec<&Cell> = images.rows.iter().flat_map(|row| &row.cells).collect();
    for state in CellState::ALL {
        assert!(all.iter().any(|cell| cell.state == *state), "no cell is {state}");
    }
    for why in ["children alone", "bill", "repealed", "struck down", "not yet in force"] {
        assert!(
            all.iter()
                .flat_map(|cell| &cell.beside)
                .any(|beside| beside.why.contains(why)),
            "{why}"
        );
    }
    let jurisdictions = library.jurisdictions().unwrap().len();
    assert_eq!(cells, jurisdictions * Topic::ALL.len() * ELEMENTS.len());
}
