//! Joins ranked lists into one; pure arithmetic.
//!
//! Reciprocal rank fusion with a weight for each list: score(d) = Σ weight / (constant + rank(d)), ranks from 1
//! (Cormack, Clarke and Büttcher, SIGIR 2009). Ranks and not scores are joined because BM25 has no upper bound and the
//! cosines of this family of models all lie close together.

use std::collections::HashMap;

/// One ranked list: ordinals of provisions, best first, each once.
#[derive(Debug, Clone, Copy)]
pub struct RankedList<'a> {
    /// Ordinals, best first.
    pub ordinals: &'a [u32],
    /// What a place in this list is worth beside the others; 0 leaves it out.
    pub weight: f32,
}

/// Joins `lists`; gives ordinals with their fused score, best first, equal scores by ordinal.
pub fn reciprocal_rank(lists: &[RankedList<'_>], constant: f32) -> Vec<(u32, f32)> {
    let mut scores: HashMap<u32, f32> = HashMap::new();
    for list in lists.iter().filter(|list| list.weight > 0.0) {
        for (place, ordinal) in list.ordinals.iter().enumerate() {
            *scores.entry(*ordinal).or_default() += list.weight / (constant + place as f32 + 1.0);
        }
    }
    let mut fused: Vec<(u32, f32)> = scores.into_iter().collect();
    fused.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    fused
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_paper_s_formula() {
        let lists = [
            RankedList {
                ordinals: &[7, 3],
                weight: 1.0,
            },
            RankedList {
                ordinals: &[3, 9],
                weight: 2.0,
            },
        ];
        let fused = reciprocal_rank(&lists, 60.0);
        assert_eq!(fused.iter().map(|hit| hit.0).collect::<Vec<_>>(), [3, 9, 7]);
        assert!((fused[0].1 - (1.0 / 62.0 + 2.0 / 61.0)).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn first_in_every_list_is_first(
            mut a in proptest::collection::hash_set(1u32..500, 0..50),
            mut b in proptest::collection::hash_set(1u32..500, 0..50),
            constant in 0f32..100.0,
        ) {
            a.remove(&0);
            b.remove(&0);
            let with_winner = |rest: &std::collections::HashSet<u32>| {
                std::iter::once(0).chain(rest.iter().copied()).collect::<Vec<u32>>()
            };
            let (a, b) = (with_winner(&a), with_winner(&b));
            let fused = reciprocal_rank(
                &[RankedList { ordinals: &a, weight: 1.0 }, RankedList { ordinals: &b, weight: 0.5 }], constant);
            prop_assert_eq!(fused[0].0, 0);
            let distinct: std::collections::HashSet<u32> = a.iter().chain(&b).copied().collect();
            prop_assert_eq!(fused.len(), distinct.len());
        }
    }
}
