//! What the pinpoints, numbers and names of laws in a question point to.

use std::collections::HashMap;

use crate::index::Filters;
use crate::index::keyword::{Clause, Group, Occur, Query};
use crate::search::{SearchError, Searcher};

/// References that find more provisions than this beside other words only help, as words do.
const MOST_REFERRED: usize = 12;
/// Share of the full weight of a reference from which a hit is the very one asked for, not one above or below it.
const EXACT_REFERENCE: f32 = 0.9;

impl Searcher<'_> {
    /// What pinpoints, numbers and names in the query point to, with how well each fits: 4 and 3 for the pinpoint (or the
    /// unit around it) in the law that is named, 2 for the law or a rare pinpoint alone, 1 for the unit around it.
    pub(super) fn by_reference(
        &self,
        text: &str,
        query: &Query,
        filters: &Filters,
    ) -> Result<HashMap<u32, u8>, SearchError> {
        let keyword = &self.generation.keyword;
        let clauses: Vec<(Occur, Clause)> = query
            .wanted()
            .into_iter()
            .filter(|clause| matches!(clause, Clause::Reference { .. }))
            .map(|clause| (Occur::Should, clause.clone()))
            .collect();
        let called = self.catalogue.names.called(text);
        let mut fits = HashMap::new();
        if clauses.is_empty() && called.documents.is_empty() {
            return Ok(fits);
        }
        let alone = query.wanted().len() == clauses.len();
        let allowed = keyword.allowed(query, filters)?;
        let may = |ordinal: u32| allowed.as_ref().is_none_or(|set| set.contains(ordinal));
        let is_called = |ordinal: u32| {
            let position = self.catalogue.position_of(ordinal);
            position.is_some_and(|position| called.documents.binary_search(&position).is_ok())
        };
        for document in called
            .documents
            .iter()
            .filter_map(|at| self.catalogue.documents().nth(*at))
        {
            fits.extend(
                self.catalogue
                    .ordinals_of(&document.id)
                    .filter(|one| may(*one))
                    .map(|one| (one, 2)),
            );
        }
        if clauses.is_empty() {
            return Ok(fits);
        }
        let referred = Query {
            root: Group { clauses },
        };
        let exact_from = keyword.weights().reference * EXACT_REFERENCE;
        let hits = keyword.search(&referred, filters, keyword.len().max(1))?.hits;
        let exact = hits.iter().filter(|hit| hit.1 >= exact_from).count();
        for (ordinal, score) in hits.into_iter().filter(|hit| may(hit.0)) {
            let is_exact = score >= exact_from;
            let fit = match (is_called(ordinal), is_exact) {
                (true, true) => 4,
                (true, false) => 3,
                (false, true) if called.documents.is_empty() && (alone || exact <= MOST_REFERRED) => 2,
                (false, false) if called.documents.is_empty() && exact == 0 && alone => 1,
                _ => continue,
            };
            fits.insert(ordinal, fit);
        }
        Ok(fits)
    }
}
