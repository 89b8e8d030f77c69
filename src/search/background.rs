//! How near a query is to anything at all: the ground against which a semantic hit has to stand out.
//!
//! The cosines of one family of models all lie close together, and nonsense may reach 0.84 where a question in another
//! language has its answer at 0.83: no cosine parts the two. What does is how unevenly a query lies to the index. A question
//! on its subject is near to some provisions and far from others; one on another subject is about as far from all. So the
//! floor looks at the best cosine and at the spread of the same query over the whole index, whatever the filters are.

use crate::index::vector::VectorStore;

/// Provisions looked at: enough for a spread within two in a hundred, for a tenth of a millisecond a query.
const SAMPLE: usize = 2048;
/// Fewer provisions than this tell nothing about a spread.
pub(super) const FEWEST: usize = 100;
/// Numbers added up side by side, which the compiler turns into vector instructions.
const LANES: usize = 16;

/// Vectors of provisions taken evenly from the whole index.
pub struct Background {
    vectors: Vec<f32>,
    dimensions: usize,
}

/// Mean and standard deviation of a query's cosines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f32,
    /// Standard deviation; 0 where there is too little to compare with.
    pub deviation: f32,
}

impl Background {
    /// Takes a sample of the vectors of `provisions` provisions.
    pub fn of(store: &dyn VectorStore, provisions: usize) -> Self {
        let step = provisions.div_ceil(SAMPLE).max(1);
        let mut vectors = Vec::new();
        for ordinal in (0..provisions).step_by(step) {
            if let Some(vector) = store.vectors_of(ordinal as u32).first() {
                vectors.extend_from_slice(vector);
            }
        }
        Self {
            vectors,
            dimensions: store.dimensions().max(1),
        }
    }

    /// Where the cosines of a query of norm 1 lie.
    pub fn spread(&self, query: &[f32]) -> Spread {
        let cosines: Vec<f32> = self
            .vectors
            .chunks_exact(self.dimensions)
            .map(|vector| inner_product(vector, query))
            .collect();
        if cosines.len() < FEWEST {
            return Spread {
                mean: 0.0,
                deviation: 0.0,
            };
        }
        let count = cosines.len() as f32;
        let mean = cosines.iter().sum::<f32>() / count;
        let variance = cosines.iter().map(|cosine| (cosine - mean).powi(2)).sum::<f32>() / (count - 1.0);
        Spread {
            mean,
            deviation: variance.sqrt(),
        }
    }
}

fn inner_product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let (a_lanes, a_rest) = a.as_chunks::<LANES>();
    let (b_lanes, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a_lanes.iter().zip(b_lanes) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_products_of_any_length() {
        for length in [0, 1, 16, 37] {
            let a: Vec<f32> = (0..length).map(|n| n as f32).collect();
            let expected: f32 = a.iter().map(|x| x * x).sum();
            assert_eq!(inner_product(&a, &a), expected);
        }
    }
}
