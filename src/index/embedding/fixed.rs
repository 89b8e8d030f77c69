//! An embedder without a model: the same text always gives the same vector, texts that share words or parts
//! of words come out near each other. For tests and examples; it knows nothing of meaning.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Embedder, EmbeddingError, cut::cut_at_tokens};

const DIMENSIONS: usize = 64;

/// Hashes words and their character trigrams into 64 dimensions.
///
/// ```
/// use collex::index::embedding::{Embedder, FixedEmbedder};
///
/// let embedder = FixedEmbedder;
/// let passage = &embedder.embed_passages(&["Sharing intimate images".to_owned()])?[0];
/// let query = embedder.embed_query("intimate image")?;
/// let cosine: f32 = passage.iter().zip(&query).map(|(a, b)| a * b).sum();
/// assert!(cosine > 0.3);
/// # Ok::<(), collex::index::embedding::EmbeddingError>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct FixedEmbedder;

impl FixedEmbedder {
    fn embed(text: &str) -> Vec<f32> {
        let mut vector = vec![0.0_f32; DIMENSIONS];
        for word in text.to_lowercase().unicode_words() {
            add(&mut vector, word, 1.0);
            let marked: Vec<char> = format!("^{word}$").chars().collect();
            for trigram in marked.windows(3) {
                add(&mut vector, &trigram.iter().collect::<String>(), 0.5);
            }
        }
        let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if norm == 0.0 {
            // A text without words still needs a vector of norm 1.
            vector[0] = 1.0;
            return vector;
        }
        vector.iter_mut().for_each(|x| *x /= norm);
        vector
    }
}

impl Embedder for FixedEmbedder {
    fn id(&self) -> &str {
        "fixed-64"
    }

    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn window(&self) -> usize {
        512
    }

    fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        Ok(Self::embed(text))
    }

    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        Ok(texts.iter().map(|text| Self::embed(text)).collect())
    }

    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>> {
        cut_at_tokens(text, &words(text), max_tokens, overlap, &|piece| words(piece).len())
    }
}

/// Words and marks, as places in the text.
fn words(text: &str) -> Vec<Range<usize>> {
    text.split_word_bound_indices()
        .filter(|(_, word)| !word.trim().is_empty())
        .map(|(start, word)| start..start + word.len())
        .collect()
}

/// Adds a feature at the place its hash says; a sign from the hash keeps chance collisions from adding up.
fn add(vector: &mut [f32], feature: &str, weight: f32) {
    // FNV-1a: the standard library's hasher promises no stable value from one release to the next.
    let hash = feature.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // FNV's low bits are its weakest, so the place is taken from the upper half.
    let place = (hash >> 40) as usize % vector.len();
    vector[place] += if hash >> 63 == 0 { weight } else { -weight };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &str, b: &str) -> f32 {
        FixedEmbedder::embed(a)
            .iter()
            .zip(FixedEmbedder::embed(b))
            .map(|(x, y)| x * y)
            .sum()
    }

    #[test]
    fn same_text_same_vector_of_norm_one() {
        let one = FixedEmbedder.embed_query("Art. 8 — Harcèlement").unwrap();
        assert_eq!(one, FixedEmbedder.embed_query("Art. 8 — Harcèlement").unwrap());
        assert_eq!(one.len(), FixedEmbedder.dimensions());
        assert!((one.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(FixedEmbedder.embed_query("").unwrap()[0], 1.0);
    }

    #[test]
    fn value_is_fixed_over_time() {
        // Snapshots elsewhere rest on these vectors: a change here must be seen.
        let vector = FixedEmbedder::embed("stalking");
        let largest = vector
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
            .unwrap();
        assert_eq!(largest.0, 16);
    }

    #[test]
    fn shared_words_are_nearer_than_none() {
        assert!(
            cosine("sharing intimate images", "intimate image abuse")
                > cosine("sharing intimate images", "tax on fuel")
        );
    }

    #[test]
    fn cuts_by_words() {
        let text = "one two three four five six seven eight";
        let ranges = FixedEmbedder.cut(text, 3, 1);
        assert!(ranges.len() > 2);
        assert!(ranges.iter().all(|range| words(&text[range.clone()]).len() <= 3));
    }
}
