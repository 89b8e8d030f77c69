//! Words of the index that begin in a given way.

use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::schema::Field;

/// The words of `fields` that begin with `start`, with their holders added up; none if there are more than `most`.
pub fn beginning_with(
    searcher: &Searcher,
    fields: &[Field],
    start: &str,
    most: usize,
) -> tantivy::Result<Option<BTreeMap<String, u64>>> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        for field in fields {
            let index = segment.inverted_index(*field)?;
            let mut stream = index.terms().range().ge(start).into_stream()?;
            while let Some((key, info)) = stream.next().filter(|(key, _)| key.starts_with(start.as_bytes())) {
                *words.entry(String::from_utf8_lossy(key).into_owned()).or_default() += u64::from(info.doc_freq);
                if words.len() > most {
                    return Ok(None);
                }
            }
        }
    }
    Ok(Some(words))
}
