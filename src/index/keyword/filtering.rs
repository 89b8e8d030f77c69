//! Filters -> a query of the engine.

use std::ops::Bound;

use jiff::civil::Date;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query as EngineQuery, RangeQuery, TermSetQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::schema::Fields;
use crate::index::Filters;
use crate::law::{ENDED_UNDATED, day_number, today};

type Boxed = Box<dyn EngineQuery>;

/// The query of what passes, or none if everything does.
pub fn filter(searcher: &Searcher, fields: &Fields, filters: &Filters) -> tantivy::Result<Option<Boxed>> {
    let mut parts: Vec<Boxed> = Vec::new();
    let mut one_of = |name: &str, values: Vec<&str>| {
        if let (false, Some(field)) = (values.is_empty(), fields.facet(name)) {
            parts.push(Box::new(TermSetQuery::new(
                values.into_iter().map(|value| Term::from_field_text(field, value)),
            )));
        }
    };
    one_of("kind", filters.kinds.iter().map(|value| value.as_str()).collect());
    one_of(
        "jurisdiction",
        filters.jurisdictions.iter().map(|value| value.as_str()).collect(),
    );
    one_of("region", filters.regions.iter().map(|value| value.as_str()).collect());
    one_of(
        "legal_system",
        filters.legal_systems.iter().map(|value| value.as_str()).collect(),
    );
    one_of("topic", filters.topics.iter().map(|value| value.as_str()).collect());
    one_of("status", filters.statuses.iter().map(|value| value.as_str()).collect());
    one_of(
        "confidence",
        filters.confidences.iter().map(|value| value.as_str()).collect(),
    );
    if !filters.languages.is_empty() {
        let languages = filters.languages.iter().map(|value| language(searcher, fields, value));
        parts.push(Box::new(BooleanQuery::union(
            languages.collect::<tantivy::Result<_>>()?,
        )));
    }
    if let Some(day) = filters.as_of {
        parts.push(in_force(fields, day, today()));
    }
    Ok(match parts.len() {
        0 => None,
        _ => Some(Box::new(BooleanQuery::intersection(parts))),
    })
}

/// Texts in a language; `pt` means every Portuguese, `pt-BR` only that of Brazil. Case does not matter.
pub fn language(searcher: &Searcher, fields: &Fields, value: &str) -> tantivy::Result<Boxed> {
    let Some(field) = fields.facet("language") else {
        return Ok(Box::new(EmptyQuery));
    };
    let mut terms = Vec::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let known = String::from_utf8_lossy(stream.key()).into_owned();
            let primary = known.split('-').next().unwrap_or_default();
            if known.eq_ignore_ascii_case(value) || primary.eq_ignore_ascii_case(value) {
                terms.push(Term::from_field_text(field, &known));
            }
        }
    }
    Ok(Box::new(TermSetQuery::new(terms)))
}

/// What is not known to be out of force on `day`: what ended on an unknown day counts as ended from `today` on.
fn in_force(fields: &Fields, day: Date, today: Date) -> Boxed {
    let number = day_number(day);
    let at = |field: Field, number: i64| Term::from_field_i64(field, number);
    let begun = RangeQuery::new(Bound::Unbounded, Bound::Included(at(fields.first_day, number)));
    let lasts = RangeQuery::new(Bound::Included(at(fields.last_day, number)), Bound::Unbounded);
    let mut parts: Vec<(Occur, Boxed)> = vec![(Occur::Must, Box::new(begun)), (Occur::Must, Box::new(lasts))];
    if day >= today {
        let ended = at(fields.last_day, ENDED_UNDATED);
        let ended = RangeQuery::new(Bound::Included(ended.clone()), Bound::Included(ended));
        parts.push((Occur::MustNot, Box::new(ended)));
    }
    Box::new(BooleanQuery::new(parts))
}
