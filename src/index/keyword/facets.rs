//! Counts of provisions by kind, jurisdiction, topic and so on.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::{DocAddress, Searcher};

use super::schema::FACETS;

/// How many of some provisions have each value; a provision with several topics counts under each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Facets {
    /// By kind of document.
    pub kind: BTreeMap<String, usize>,
    /// By code of the jurisdiction.
    pub jurisdiction: BTreeMap<String, usize>,
    /// By region.
    pub region: BTreeMap<String, usize>,
    /// By legal tradition.
    pub legal_system: BTreeMap<String, usize>,
    /// By topic.
    pub topic: BTreeMap<String, usize>,
    /// By language of the text.
    pub language: BTreeMap<String, usize>,
    /// By fate.
    pub status: BTreeMap<String, usize>,
    /// By degree of trust.
    pub confidence: BTreeMap<String, usize>,
}

/// Counts the provisions at `addresses`.
pub fn count(searcher: &Searcher, addresses: &[DocAddress]) -> tantivy::Result<Facets> {
    let mut counted = Vec::with_capacity(FACETS.len());
    for name in FACETS {
        counted.push(count_one(searcher, addresses, name)?);
    }
    let mut counted = counted.into_iter();
    let mut next = || counted.next().unwrap_or_default();
    Ok(Facets {
        kind: next(),
        jurisdiction: next(),
        region: next(),
        legal_system: next(),
        topic: next(),
        language: next(),
        status: next(),
        confidence: next(),
    })
}

fn count_one(searcher: &Searcher, addresses: &[DocAddress], name: &str) -> tantivy::Result<BTreeMap<String, usize>> {
    let mut counts = BTreeMap::new();
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let Some(column) = segment.fast_fields().str(name)? else {
            continue;
        };
        let mut by_term = vec![0_usize; column.num_terms()];
        for address in addresses
            .iter()
            .filter(|address| address.segment_ord as usize == number)
        {
            for term in column.term_ords(address.doc_id) {
                by_term[term as usize] += 1;
            }
        }
        for (term, count) in by_term.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let mut value = String::new();
            column.ord_to_str(term as u64, &mut value)?;
            *counts.entry(value).or_insert(0) += count;
        }
    }
    Ok(counts)
}
