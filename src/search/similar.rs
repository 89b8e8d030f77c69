//! Provisions of other jurisdictions that are like a given one, by the vectors kept of it.

use crate::index::{BitSet, Filters};
use crate::law::Code;
use crate::search::{SearchError, Searcher, Similar, SimilarGroup, SimilarHit};

/// Provisions looked at to fill the groups.
const DEPTH: usize = 600;

/// A provision that is like another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// Its ordinal.
    pub ordinal: u32,
    /// Cosine of the two texts' vectors.
    pub similarity: f32,
    /// How many standard deviations that lies above the mean over the whole index: cosines of one model all lie close
    /// together, and how far one stands out tells more. 0 where there is too little to compare with.
    pub deviations: f32,
}

impl Searcher<'_> {
    /// Provisions of `allowed` by likeness to one, most alike first, each once; empty where there are no vectors.
    ///
    /// # Errors
    /// When the index fails.
    pub fn alike(&self, ordinal: u32, allowed: &BitSet, depth: usize) -> Result<Vec<Alike>, SearchError> {
        let Some(vectors) = self.generation.vectors.as_deref() else {
            return Ok(Vec::new());
        };
        let mut best: Vec<Alike> = Vec::new();
        for vector in vectors.vectors_of(ordinal) {
            best.extend(self.near(&vector, allowed, depth)?);
        }
        best.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.ordinal.cmp(&b.ordinal)));
        let mut seen = BitSet::new(self.generation.keyword.len());
        best.retain(|one| {
            let is_first = !seen.contains(one.ordinal);
            seen.insert(one.ordinal);
            is_first
        });
        Ok(best)
    }

    /// The best `per_jurisdiction` of each of at most `limit` other jurisdictions; `None` if there is no such provision.
    ///
    /// # Errors
    /// When the index fails.
    pub fn similar(&self, id: &str, per_jurisdiction: usize, limit: usize) -> Result<Option<Similar>, SearchError> {
        let keyword = &self.generation.keyword;
        let Some(ordinal) = keyword.ordinal(id)? else {
            return Ok(None);
        };
        let own = self.jurisdiction_of(ordinal);
        let mut similar = Similar {
            id: id.to_owned(),
            jurisdiction: own.map(Code::to_string),
            groups: Vec::new(),
            notes: Vec::new(),
        };
        if self.generation.vectors.is_none() {
            similar
                .notes
                .push("Similar provisions are found by meaning, and the index has no vectors.".to_owned());
            return Ok(Some(similar));
        }
        let mut others = BitSet::new(keyword.len());
        (0..keyword.len() as u32)
            .filter(|other| !self.catalogue.originals.contains_key(other))
            .filter(|other| *other != ordinal && (own.is_none() || self.jurisdiction_of(*other) != own))
            .for_each(|other| others.insert(other));
        let best = self.alike(ordinal, &others, DEPTH)?;
        let topics = keyword.record(ordinal)?.topics;
        // Verified provisions first: unverified ones fill up what is left of a group.
        let (unverified, verified): (Vec<_>, Vec<_>) = best
            .into_iter()
            .partition(|near| self.catalogue.unverified.contains(near.ordinal));
        for near in verified.into_iter().chain(unverified) {
            self.add(&mut similar, near, &topics, per_jurisdiction, limit)?;
        }
        Ok(Some(similar))
    }

    fn add(
        &self,
        similar: &mut Similar,
        near: Alike,
        topics: &[crate::law::Topic],
        per_jurisdiction: usize,
        limit: usize,
    ) -> Result<(), SearchError> {
        let code = self.jurisdiction_of(near.ordinal);
        let written = code.map(Code::to_string);
        let at = match similar.groups.iter().position(|group| group.jurisdiction == written) {
            Some(at) => at,
            None if similar.groups.len() < limit => {
                similar.groups.push(SimilarGroup {
                    jurisdiction: written,
                    name: self.catalogue.name_of(code),
                    hits: Vec::new(),
                });
                similar.groups.len() - 1
            }
            None => return Ok(()),
        };
        let group = &mut similar.groups[at];
        if group.hits.len() >= per_jurisdiction {
            return Ok(());
        }
        let provision = self.generation.keyword.record(near.ordinal)?;
        let shared_topics = topics
            .iter()
            .copied()
            .filter(|topic| provision.topics.contains(topic))
            .collect();
        let snippet = self
            .generation
            .keyword
            .highlighter(&Default::default())
            .snippet(&provision.text, &provision.language);
        let mut hit = self.bare_hit(provision, snippet, &Filters::default());
        (hit.rank, hit.score) = (group.hits.len() + 1, near.similarity);
        group.hits.push(SimilarHit {
            similarity: near.similarity,
            shared_topics,
            hit,
        });
        Ok(())
    }

    fn jurisdiction_of(&self, ordinal: u32) -> Option<&Code> {
        self.catalogue.document_of(ordinal)?.jurisdiction.as_ref()
    }
}
