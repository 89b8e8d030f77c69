//! "Did you mean": the word of the index that is written most alike.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// Fewest letters of a word that is corrected; shorter ones have too many neighbours.
const SHORTEST: usize = 4;
/// Letters up to which a single slip is allowed, beyond it two.
const SINGLE_SLIP: usize = 7;

/// The most frequent of the nearest words in `fields` that are `wanted`; none for words with digits.
pub fn nearest(
    searcher: &Searcher,
    fields: &[Field],
    word: &str,
    wanted: impl Fn(&str) -> bool,
) -> tantivy::Result<Option<String>> {
    let letters = word.chars().count();
    if !(SHORTEST..=40).contains(&letters) || word.chars().any(|c| !c.is_alphabetic()) {
        return Ok(None);
    }
    let slips = if letters <= SINGLE_SLIP { 1 } else { 2 };
    for distance in 1..=slips {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for field in fields {
            within(searcher, *field, word, distance, &mut found)?;
        }
        // The first letter is seldom mistaken: among words equally near, those that share it come first.
        let shares_first = |other: &str| other.chars().next() == word.chars().next();
        let best = found
            .into_iter()
            .filter(|(other, _)| wanted(other))
            .max_by(|(a, a_count), (b, b_count)| (shares_first(a), a_count, b).cmp(&(shares_first(b), b_count, a)));
        if let Some((best, _)) = best {
            return Ok(Some(best));
        }
    }
    Ok(None)
}

/// Adds the words within a distance, with the number of provisions that have them.
fn within(
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
    found: &mut BTreeMap<String, u64>,
) -> tantivy::Result<()> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(query.automaton()?).into_stream()?;
        while let Some((key, info)) = stream.next() {
            let known = String::from_utf8_lossy(key);
            if known.chars().all(char::is_alphabetic) && known.chars().count() >= SHORTEST {
                *found.entry(known.into_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    Ok(())
}
