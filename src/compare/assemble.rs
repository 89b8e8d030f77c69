//! Makes the grid: which jurisdictions, which rows, the cells, their summary and order.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use jiff::civil::Date;

use crate::compare::against_model::{Alignment, Weights, missing, total};
use crate::compare::cell::Cell;
use crate::compare::comparable::{Comparable, curated};
use crate::compare::counting::Counting;
use crate::compare::error::CompareError;
use crate::compare::facts::{Facts, Held};
use crate::compare::grid::{ArticleName, Column, ComparedProvision, Grid, GridSubject, Row};
use crate::compare::order::{self, RowOrder};
use crate::compare::request::GridRequest;
use crate::compare::rows::{Place, on_topics, rows, summary};
use crate::compare::standing::standing;
use crate::compare::subject::{Reference, Taken, take};
use crate::law::{Element, Jurisdiction, PartialDate};
use crate::search::{SearchError, Searcher};

/// Said where a grid looks back: the dates of most provisions are those of their laws.
const LOOKS_BACK: &str = "A provision without dates of its own is taken to be as old as its law, except in codes and in laws from \
    before the web; one that was inserted later may be shown too early.";

/// Makes the grid of a request.
///
/// # Errors
/// When something asked for does not exist, or the search fails.
pub fn assemble(
    request: &GridRequest,
    facts: &Facts,
    searcher: &Searcher<'_>,
    today: Date,
) -> Result<Grid, CompareError> {
    let started = Instant::now();
    let chosen = jurisdictions(request, searcher)?;
    let taken = take(&request.subject, facts, searcher)?;
    let day = request.as_of.unwrap_or(today);
    let places: Vec<Place<'_>> = chosen
        .into_iter()
        .map(|jurisdiction| Place {
            jurisdiction,
            held: on_topics(facts.law_of(&jurisdiction.code), &taken.topics, day, today),
        })
        .collect();
    let weights = Weights::changed(&request.weights);
    let mut rows = rows(request, &taken, &places, &weights);
    let columns = columns(&taken, &places, &rows, facts);
    let mut columns = put_in_order(request, columns, &mut rows)?;
    for row in &mut rows {
        row.summary = summary(row, &columns);
    }
    let provisions = described(&taken, &places, &rows, &mut columns, facts, (day, today));
    let mut notes = taken.notes.clone();
    if day < today {
        notes.push(LOOKS_BACK.to_owned());
    }
    Ok(Grid {
        subject: subject(request, &taken),
        as_of: PartialDate::Day(day),
        columns,
        rows,
        provisions,
        transposed: request.transposed,
        notes,
        parameters: request.parameters(day),
        generation: searcher.generation.number,
        corpus: searcher.generation.manifest.corpus.clone(),
        took_ms: (started.elapsed().as_secs_f64() * 1e6).round() / 1e3,
    })
}

fn subject(request: &GridRequest, taken: &Taken<'_>) -> GridSubject {
    GridSubject {
        asked: request.subject.clone(),
        title: taken.title.clone(),
        topics: taken.topics.clone(),
        why: taken.why.clone(),
        model_law: taken.model_law.clone(),
        article: match taken.reference {
            Reference::Article(article) => Some(ArticleName::of(article)),
            _ => None,
        },
        provision: match taken.reference {
            Reference::Provision(held) => Some(held.provision.id.clone()),
            _ => None,
        },
    }
}

/// The jurisdictions asked for, each once: those named, in their order, a country with its parts; then those of regions.
pub(super) fn jurisdictions<'a>(
    request: &GridRequest,
    searcher: &Searcher<'a>,
) -> Result<Vec<&'a Jurisdiction>, CompareError> {
    let catalogue = searcher.catalogue;
    let mut chosen: Vec<&Jurisdiction> = Vec::new();
    let mut add = |one: &'a Jurisdiction| {
        if !chosen.iter().any(|known| known.code == one.code) {
            chosen.push(one);
        }
    };
    for code in &request.jurisdictions {
        let is_it = |known: &&Jurisdiction| {
            let rest = known.code.as_str().strip_prefix(code.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let found: Vec<&Jurisdiction> = catalogue.jurisdictions().filter(is_it).collect();
        if found.is_empty() {
            return Err(CompareError::Search(SearchError::UnknownJurisdiction {
                given: code.to_string(),
                known: catalogue.jurisdictions().map(|known| known.code.to_string()).collect(),
            }));
        }
        found.into_iter().for_each(&mut add);
    }
    let all = request.jurisdictions.is_empty() && request.regions.is_empty();
    let mut of_regions: Vec<&Jurisdiction> = catalogue
        .jurisdictions()
        .filter(|known| all || request.regions.contains(&known.region))
        .collect();
    of_regions.sort_by(|a, b| a.name.cmp(&b.name));
    of_regions.into_iter().for_each(&mut add);
    Ok(chosen)
}

fn columns(taken: &Taken<'_>, places: &[Place<'_>], rows: &[Row], facts: &Facts) -> Vec<Column> {
    let elements: Vec<Element> = rows.iter().filter_map(|row| row.element).collect();
    let column = |(at, place): (usize, &Place<'_>)| {
        let articles = rows.iter().filter(|row| row.article.is_some());
        let comparable = match taken.reference {
            Reference::ModelLaw(_) => Vec::new(),
            _ => comparable(taken, place, &elements),
        };
        Column {
            jurisdiction: place.jurisdiction.clone(),
            noted: match taken.reference {
                Reference::Article(_) => comparable.iter().filter(|one| !one.proposed).count(),
                _ => place.held.len(),
            },
            comparable,
            alignment: match taken.reference {
                Reference::ModelLaw(_) => Some(total(
                    articles.clone().filter_map(|row| row.cells[at].alignment.as_ref()),
                )),
                Reference::Article(_) => rows
                    .first()
                    .and_then(|row| row.cells[at].alignment.clone())
                    .map(without_parts),
                _ => None,
            },
            missing: missing(articles.map(|row| (row.key.as_str(), &row.cells[at]))),
            gaps: facts.gaps_of(&place.jurisdiction.code).to_vec(),
        }
    };
    places.iter().enumerate().map(column).collect()
}

/// Element by element it stands in the cell of the article.
fn without_parts(mut alignment: Alignment) -> Alignment {
    alignment.parts = Vec::new();
    alignment
}

/// The comparable provisions of a jurisdiction: curated ones by degree and likeness, then proposals.
fn comparable(taken: &Taken<'_>, place: &Place<'_>, elements: &[Element]) -> Vec<Comparable> {
    let of_reference: Vec<Element>;
    let (elements, own) = match taken.reference {
        Reference::Provision(held) => {
            of_reference = held.provision.elements.keys().copied().collect();
            (of_reference.as_slice(), held.provision.id.as_str())
        }
        _ => (elements, ""),
    };
    let counts = |held: &Held| match taken.reference {
        Reference::Article(article) => {
            Counting::of(&article.provision, &place.held).counts_for_any(&held.provision, elements)
        }
        _ => held.provision.id != own,
    };
    let others = place.held.iter().filter(|(held, _)| counts(held));
    let mut list: Vec<Comparable> = others
        .map(|(held, _)| {
            let likeness = taken.likeness.get(held.provision.id.as_str()).copied();
            curated(&held.provision, &taken.topics, elements, likeness)
        })
        .collect();
    let near = |one: &Comparable| one.similarity.unwrap_or(-1.0);
    list.sort_by(|a, b| {
        a.degree
            .cmp(&b.degree)
            .then(near(b).total_cmp(&near(a)))
            .then(a.provision.cmp(&b.provision))
    });
    list.extend(
        taken
            .proposals
            .get(&place.jurisdiction.code)
            .into_iter()
            .flatten()
            .cloned(),
    );
    list
}

/// Puts columns and rows in the order asked for.
fn put_in_order(request: &GridRequest, columns: Vec<Column>, rows: &mut Vec<Row>) -> Result<Vec<Column>, CompareError> {
    let places = order::columns(request.columns, &columns, rows);
    for row in rows.iter_mut() {
        row.cells = picked(std::mem::take(&mut row.cells), &places);
    }
    let columns = picked(columns, &places);
    if let RowOrder::Column(code) = &request.rows {
        let Some(at) = columns.iter().position(|column| column.jurisdiction.code == *code) else {
            return Err(CompareError::Subject(format!(
                "rows are to be sorted by {code}, which is not among the jurisdictions compared"
            )));
        };
        let places = order::rows(at, rows);
        *rows = picked(std::mem::take(rows), &places);
    }
    Ok(columns)
}

/// The things at `places`, in that order.
fn picked<T>(things: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    places.iter().filter_map(|at| things[*at].take()).collect()
}

/// Describes every provision that the grid names.
fn described(
    taken: &Taken<'_>,
    places: &[Place<'_>],
    rows: &[Row],
    columns: &mut [Column],
    facts: &Facts,
    (day, today): (Date, Date),
) -> BTreeMap<String, ComparedProvision> {
    let mut provisions = BTreeMap::new();
    if let Reference::Article(held) | Reference::Provision(held) = taken.reference {
        let described = ComparedProvision::of(held, None, day, today);
        provisions.insert(held.provision.id.clone(), described);
    }
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| &row.cells).flat_map(names).collect();
    let is_whole = matches!(taken.reference, Reference::ModelLaw(_));
    for (held, standing) in places.iter().flat_map(|place| &place.held) {
        if !is_whole || named.contains(held.provision.id.as_str()) {
            provisions.insert(
                held.provision.id.clone(),
                ComparedProvision::of(held, Some(standing), day, today),
            );
        }
    }
    for proposal in columns
        .iter()
        .flat_map(|column| &column.comparable)
        .filter(|one| one.proposed)
    {
        if let Some(held) = facts.provision(&proposal.provision) {
            let standing = standing(&held.provision, held.law(), day, today);
            provisions.insert(
                proposal.provision.clone(),
                ComparedProvision::of(held, Some(&standing), day, today),
            );
        }
    }
    provisions
}

/// Identifiers of the provisions that a cell names.
fn names(cell: &Cell) -> impl Iterator<Item = &str> {
    let parts = cell
        .alignment
        .iter()
        .flat_map(|alignment| &alignment.parts)
        .filter_map(|part| part.provision.as_deref());
    let beside = cell.beside.iter().map(|beside| beside.value.provision.as_str());
    parts.chain(beside)
}
