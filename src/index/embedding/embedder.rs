//! The trait behind which every embedding model stands.
//!
//! Comes in: text. Goes out: vectors of one length, and the places where a long text is to be cut. Whoever
//! keeps vectors keeps [`Embedder::id`] beside them, since vectors of two models cannot be compared.

use std::ops::Range;

use super::EmbeddingError;

/// A model that turns text into vectors whose inner product says how near two texts are in meaning.
pub trait Embedder: Send + Sync {
    /// Names the model and the form of its weights; two embedders with the same id give the same vectors.
    /// Stored vectors are valid for this id only.
    fn id(&self) -> &str;

    /// Length of every vector.
    fn dimensions(&self) -> usize;

    /// How many tokens a passage may have at most; what the model adds itself (special tokens, prefix) is
    /// already taken off. Text beyond it is not seen by the model.
    fn window(&self) -> usize;

    /// The vector of a question, of length [`dimensions`](Self::dimensions) and norm 1. The model's prefix for
    /// queries is added here; give the bare text.
    ///
    /// # Errors
    /// When the tokenizer or the model fails on the text, which says something about the model, not the text.
    fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError>;

    /// The vectors of passages, in the order given, each of norm 1. The model's prefix for passages is added
    /// here. A passage's vector does not depend on the passages it is given together with.
    ///
    /// # Errors
    /// As [`embed_query`](Self::embed_query); no vector is given if one passage fails.
    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError>;

    /// Where to cut a text so that every piece has at most `max_tokens` tokens (as this model counts them) and
    /// repeats about `overlap` tokens of the piece before it (at most half of `max_tokens`; whole words).
    ///
    /// The byte ranges are in order, lie on character boundaries and cover the whole text; a text that fits
    /// gives one range. Cuts stand at the end of a sentence where one is near, otherwise between words. Only
    /// a single character that is more than `max_tokens` tokens by itself makes a longer piece.
    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>>;
}
