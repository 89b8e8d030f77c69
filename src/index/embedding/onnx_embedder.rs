//! Runs a model with fastembed over ONNX Runtime.

use std::{
    ops::Range,
    sync::{Mutex, MutexGuard, PoisonError},
};

use fastembed::TextEmbedding;

use super::{Embedder, EmbeddingError, card::Card, cut::cut_at_tokens};

/// A loaded model.
pub(super) struct OnnxEmbedder {
    pub(super) id: String,
    pub(super) card: Card,
    /// fastembed wants the model for itself while it runs. One session with all threads answers a short query sooner
    /// than several that share the cores, and holds the weights once.
    pub(super) model: Mutex<TextEmbedding>,
}

impl OnnxEmbedder {
    fn model(&self) -> MutexGuard<'_, TextEmbedding> {
        // A panic inside the model leaves no half-changed state behind that a later run would see.
        self.model.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, reason: impl ToString) -> EmbeddingError {
        EmbeddingError::Run {
            id: self.id.clone(),
            reason: reason.to_string(),
        }
    }

    fn run(&self, model: &mut TextEmbedding, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        let mut vectors = model.embed([text], None).map_err(|error| self.failed(error))?;
        let vector = vectors.pop().ok_or_else(|| self.failed("no vector came back"))?;
        if vector.len() != self.card.dimensions {
            let (id, expected) = (self.id.clone(), self.card.dimensions);
            return Err(EmbeddingError::Dimensions {
                id,
                found: vector.len(),
                expected,
            });
        }
        Ok(vector)
    }

    /// Places of the tokens of `text`, special ones left out; empty when the tokenizer fails, which it does not on text.
    fn tokens(&self, text: &str) -> Vec<Range<usize>> {
        let mut model = self.model();
        // The whole text is wanted; what truncation hands on as overflow comes twice from some post-processors.
        let truncation = model.tokenizer.get_truncation().cloned();
        if model.tokenizer.with_truncation(None).is_err() {
            return Vec::new();
        }
        let encoding = model.tokenizer.encode(text, false);
        // Refused only for a stride above the length, which this one was accepted with before.
        let _ = model.tokenizer.with_truncation(truncation);
        let Ok(encoding) = encoding else { return Vec::new() };
        encoding
            .get_offsets()
            .iter()
            .filter(|(from, to)| from < to)
            .map(|(from, to)| *from..*to)
            .collect()
    }
}

impl Embedder for OnnxEmbedder {
    fn id(&self) -> &str {
        &self.id
    }

    fn dimensions(&self) -> usize {
        self.card.dimensions
    }

    fn window(&self) -> usize {
        // Two special tokens, and the prefix.
        self.card
            .max_tokens
            .saturating_sub(2 + self.tokens(&self.card.passage_prefix).len())
    }

    fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        self.run(&mut self.model(), &format!("{}{text}", self.card.query_prefix))
    }

    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        // One at a time: activations are quantised over the whole batch, so that in a batch the vector of a text would
        // hang on its neighbours; nothing is lost, since one text of usual length keeps all cores busy.
        let mut model = self.model();
        texts
            .iter()
            .map(|text| self.run(&mut model, &format!("{}{text}", self.card.passage_prefix)))
            .collect()
    }

    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>> {
        cut_at_tokens(text, &self.tokens(text), max_tokens, overlap, &|piece| {
            self.tokens(piece).len()
        })
    }
}
