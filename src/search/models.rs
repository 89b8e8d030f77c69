//! Articles of model laws stand beside the law, never among it; and of several language versions one is shown.

use std::collections::HashSet;

use crate::index::Filters;
use crate::index::keyword::{Clause, FieldName};
use crate::law::Kind;
use crate::search::{Hit, Legs, Plan, Question, SearchError, Searcher};

/// Most model articles shown beside the hits.
const MOST: usize = 3;

impl Searcher<'_> {
    /// Whether articles of model laws are kept apart: unless they are asked for, by kind or by name.
    pub(super) fn keeps_models_apart(&self, question: &Question, filters: &Filters) -> bool {
        let Some(models) = &self.catalogue.models else {
            return false;
        };
        let by_field = |clause: &&Clause| matches!(clause, Clause::Field(FieldName::Kind | FieldName::Id, _));
        let by_name = || {
            let called = self.catalogue.names.called(&question.text);
            let mut documents = called
                .documents
                .iter()
                .filter_map(|at| self.catalogue.documents().nth(*at));
            documents.any(|document| document.kind == Kind::ModelLaw)
        };
        !models.is_empty()
            && filters.kinds.is_empty()
            && !question.parsed.query.wanted().iter().any(by_field)
            && !by_name()
    }

    /// Parts what the legs found into law and model articles, each leg in its order.
    pub(super) fn parted(&self, legs: Legs) -> (Legs, Legs) {
        let is_model = |ordinal: u32| {
            self.catalogue
                .models
                .as_ref()
                .is_some_and(|models| models.contains(ordinal))
        };
        let (mut law, mut models) = (Legs::default(), Legs::default());
        (models.keyword.hits, law.keyword.hits) = legs.keyword.hits.into_iter().partition(|hit| is_model(hit.0));
        (models.vector, law.vector) = legs.vector.into_iter().partition(|near| is_model(near.ordinal));
        (models.reference, law.reference) = legs.reference.into_iter().partition(|(ordinal, _)| is_model(*ordinal));
        law.places = legs.places;
        (law, models)
    }

    /// Of several language versions of a provision the first in an order.
    pub(super) fn one_version_each(&self, order: &mut Vec<(u32, f32)>) {
        if self.catalogue.originals.is_empty() {
            return;
        }
        let mut seen = HashSet::new();
        order.retain(|(ordinal, _)| seen.insert(self.catalogue.originals.get(ordinal).copied().unwrap_or(*ordinal)));
    }

    /// The best model articles as hits.
    pub(super) fn model_hits(
        &self,
        plan: &Plan,
        order: &[(u32, f32)],
        filters: &Filters,
    ) -> Result<Vec<Hit>, SearchError> {
        let keyword = &self.generation.keyword;
        let highlighter = keyword.highlighter(&plan.query);
        let hit = |(at, (ordinal, score)): (usize, &(u32, f32))| {
            let provision = keyword.record(*ordinal)?;
            let snippet = highlighter.snippet(&provision.text, &provision.language);
            let mut hit = self.bare_hit(provision, snippet, filters);
            (hit.rank, hit.score) = (at + 1, *score);
            Ok(hit)
        };
        order.iter().take(MOST).enumerate().map(hit).collect()
    }
}
