//! Runs a model that fastembed has loaded.

use std::{
    ops::Range,
    sync::{Mutex, MutexGuard, PoisonError},
};

use fastembed::TextEmbedding;

use super::{Embedder, EmbeddingError, cut::cut_at_tokens};

/// What a model wants put before its input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Prefixes {
    /// Before a query.
    pub query: String,
    /// Before a passage.
    pub passage: String,
}

/// A loaded model.
///
/// Every text is run by itself. In a dynamically quantised model the range of the activations is taken over the
/// whole batch, so that in a batch a passage's vector would depend on its neighbours and on the padding; and on
/// processors a batch gains next to nothing (100 tokens: 97 a second alone, 102 in batches of eight).
pub(super) struct OnnxEmbedder {
    id: String,
    dimensions: usize,
    window: usize,
    prefixes: Prefixes,
    // fastembed runs a session through `&mut`; one query takes a few milliseconds and uses all threads anyway.
    model: Mutex<TextEmbedding>,
}

impl OnnxEmbedder {
    /// Makes an embedder of a loaded model; runs it once, which measures and warms it.
    ///
    /// # Errors
    /// `Dimensions` when the vectors are not of the `expected` length, `Run` when the model fails.
    pub(super) fn new(
        id: String,
        model: TextEmbedding,
        prefixes: Prefixes,
        expected: Option<usize>,
    ) -> Result<Self, EmbeddingError> {
        let longest = model
            .tokenizer
            .get_truncation()
            .map_or(usize::MAX, |truncation| truncation.max_length);
        let mut embedder = Self {
            id,
            dimensions: 0,
            window: longest,
            prefixes,
            model: Mutex::new(model),
        };
        embedder.dimensions = embedder.run(embedder.prefixes.query.clone() + "law")?.len();
        if let Some(expected) = expected.filter(|expected| *expected != embedder.dimensions) {
            return Err(EmbeddingError::Dimensions {
                id: embedder.id,
                found: embedder.dimensions,
                expected,
            });
        }
        let model = embedder.lock();
        let taken = [&embedder.prefixes.query, &embedder.prefixes.passage].map(|prefix| {
            model
                .tokenizer
                .encode_fast(prefix.as_str(), true)
                .map_or(0, |encoding| encoding.len())
        });
        drop(model);
        embedder.window = longest.saturating_sub(taken[0].max(taken[1])).max(1);
        Ok(embedder)
    }

    fn run(&self, text: String) -> Result<Vec<f32>, EmbeddingError> {
        let failed = |reason: String| EmbeddingError::Run {
            id: self.id.clone(),
            reason,
        };
        let mut vectors = self
            .lock()
            .embed([text], Some(1))
            .map_err(|error| failed(error.to_string()))?;
        let mut vector = vectors.pop().ok_or_else(|| failed("it gave no vector".to_owned()))?;
        // fastembed normalises, but not every output of every model.
        let norm = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
        if !norm.is_finite() || norm == 0.0 {
            return Err(failed(format!("it gave a vector of norm {norm}")));
        }
        vector.iter_mut().for_each(|number| *number /= norm);
        Ok(vector)
    }

    /// The places of all tokens of a text, however long, special tokens left out.
    fn token_places(&self, text: &str) -> Vec<Range<usize>> {
        let tokenizer = &mut self.lock().tokenizer;
        // The tokenizer stops early when it is to truncate, and a second one without truncation is 200 MB.
        let truncation = tokenizer.get_truncation().cloned();
        let untruncated = tokenizer
            .with_truncation(None)
            .and_then(|tokenizer| tokenizer.encode(text, false));
        tokenizer
            .with_truncation(truncation)
            .expect("the same setting was accepted before");
        // A tokenizer that fails on a text fails again, and says why, when the text is embedded.
        untruncated.map_or_else(
            |_| Vec::new(),
            |encoding| encoding.get_offsets().iter().map(|&(start, end)| start..end).collect(),
        )
    }

    fn lock(&self) -> MutexGuard<'_, TextEmbedding> {
        // A panic in another thread leaves no half-done state behind: a run keeps nothing.
        self.model.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Embedder for OnnxEmbedder {
    fn id(&self) -> &str {
        &self.id
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn window(&self) -> usize {
        self.window
    }

    fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        self.run(format!("{}{text}", self.prefixes.query))
    }

    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        texts
            .iter()
            .map(|text| self.run(format!("{}{text}", self.prefixes.passage)))
            .collect()
    }

    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>> {
        let tokens = |piece: &str| self.token_places(piece);
        cut_at_tokens(text, &tokens(text), max_tokens, overlap, &|piece| tokens(piece).len())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{
        super::{ModelSource, open, status},
        *,
    };

    /// The default model, if it has been fetched: `COLLEX_TEST_MODELS` or `index/models`.
    fn model() -> Option<Box<dyn Embedder>> {
        let models =
            std::env::var_os("COLLEX_TEST_MODELS").map_or_else(|| PathBuf::from("index/models"), PathBuf::from);
        if !status(&ModelSource::Default, &models).unwrap().ready {
            eprintln!(
                "SKIPPED: the default model is not in {}, or not whole",
                models.display()
            );
            return None;
        }
        Some(open(&ModelSource::Default, &models, 1).unwrap())
    }

    fn cosine(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn finds_the_subject_across_languages() {
        let Some(model) = model() else { return };
        assert_eq!((model.dimensions(), model.window()), (384, 507));
        let query = model
            .embed_query("punishment for sharing intimate images without consent")
            .unwrap();
        assert!((cosine(&query, &query) - 1.0).abs() < 1e-5);
        let passages = [
            "يعاقب بالحبس كل من نشر صوراً حميمة لشخص دون رضاه.",
            "Est puni de deux ans d'emprisonnement le fait de diffuser une image intime d'une personne sans son accord.",
            "Será castigado con pena de prisión el que difunda imágenes íntimas de otra persona sin su consentimiento.",
            "The Minister sets the rate of excise duty on motor fuel by regulation each year.",
        ];
        let vectors = model.embed_passages(&passages.map(str::to_owned)).unwrap();
        let near: Vec<f32> = vectors.iter().map(|vector| cosine(&query, vector)).collect();
        assert!(near[..3].iter().all(|cosine| *cosine > near[3] + 0.02), "{near:?}");
    }

    #[test]
    fn a_vector_does_not_depend_on_its_neighbours() {
        let Some(model) = model() else { return };
        let text = "stalking".to_owned();
        let alone = model.embed_passages(std::slice::from_ref(&text)).unwrap();
        let among = model
            .embed_passages(&["a longer text before it. ".repeat(50), text])
            .unwrap();
        assert_eq!(alone[0], among[1]);
        assert!(model.embed_query("").is_ok());
    }

    #[test]
    fn cuts_long_texts_within_the_window() {
        let Some(model) = model() else { return };
        let texts = [
            "A court may order removal of the material; the order takes effect at once. ".repeat(200),
            "未经他人同意传播他人私密影像的处三年以下有期徒刑。".repeat(100),
            "ﷺﬁ𝐀".repeat(300),
            "يعاقب بالحبس كل من نشر صوراً حميمة لشخص دون رضاه. ".repeat(100),
        ];
        for text in texts {
            let pieces = model.cut(&text, 100, 20);
            assert!(pieces.len() > 2 && pieces[0].start == 0 && pieces[pieces.len() - 1].end == text.len());
            assert!(
                pieces
                    .windows(2)
                    .all(|pair| pair[1].start <= pair[0].end && pair[1].end > pair[0].end)
            );
            for piece in pieces {
                assert_eq!(model.cut(&text[piece.clone()], 100, 20).len(), 1, "{piece:?}");
            }
        }
    }
}
