//! Sets of provisions by ordinal: what a filter allows, one bit each.

/// A set of the numbers below a fixed length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BitSet {
    words: Vec<u64>,
    len: usize,
}

impl BitSet {
    /// The empty set of numbers below `len`.
    pub fn new(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// The set of all numbers below `len`.
    pub fn full(len: usize) -> Self {
        let mut set = Self {
            words: vec![u64::MAX; len.div_ceil(64)],
            len,
        };
        set.clear_beyond_len();
        set
    }

    /// Numbers at or above this can never be in the set.
    pub fn capacity(&self) -> usize {
        self.len
    }

    /// Adds a number.
    ///
    /// # Panics
    /// When it is not below the length given to [`new`](Self::new), as an index into a slice does.
    pub fn insert(&mut self, ordinal: u32) {
        assert!(
            (ordinal as usize) < self.len,
            "ordinal {ordinal} is not below {}",
            self.len
        );
        self.words[ordinal as usize / 64] |= 1 << (ordinal % 64);
    }

    /// Whether a number is in the set; no for any beyond its length.
    pub fn contains(&self, ordinal: u32) -> bool {
        (ordinal as usize) < self.len && self.words[ordinal as usize / 64] >> (ordinal % 64) & 1 == 1
    }

    /// How many numbers are in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether none is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Keeps what is in the other set too.
    pub fn and(&mut self, other: &Self) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    /// Adds what is in the other set, as far as it lies below this one's length.
    pub fn or(&mut self, other: &Self) {
        for (word, added) in self.words.iter_mut().zip(&other.words) {
            *word |= added;
        }
        self.clear_beyond_len();
    }

    /// Removes what is in the other set.
    pub fn and_not(&mut self, other: &Self) {
        for (word, removed) in self.words.iter_mut().zip(&other.words) {
            *word &= !removed;
        }
    }

    /// The numbers in the set, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                // Taking the lowest bit away leaves zero when there was none.
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(at as u32 * 64 + bit)
            })
        })
    }

    fn clear_beyond_len(&mut self) {
        if let (Some(last), 1..) = (self.words.last_mut(), self.len % 64) {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set_of(len: usize, numbers: &BTreeSet<u32>) -> BitSet {
        let mut set = BitSet::new(len);
        numbers.iter().for_each(|number| set.insert(*number));
        set
    }

    proptest! {
        #[test]
        fn behaves_as_a_set(
            a in prop::collection::btree_set(0u32..300, 0..60),
            b in prop::collection::btree_set(0u32..300, 0..60),
            len in 300usize..400,
        ) {
            let (left, right) = (set_of(len, &a), set_of(300, &b));
            prop_assert_eq!(left.count(), a.len());
            prop_assert_eq!(left.iter().collect::<Vec<_>>(), a.iter().copied().collect::<Vec<_>>());
            let (mut both, mut any, mut less) = (left.clone(), left.clone(), left.clone());
            both.and(&right);
            any.or(&right);
            less.and_not(&right);
            prop_assert!((0..400).all(|n| both.contains(n) == (a.contains(&n) && b.contains(&n))));
            prop_assert!((0..400).all(|n| any.contains(n) == (a.contains(&n) || b.contains(&n))));
            prop_assert!((0..400).all(|n| less.contains(n) == (a.contains(&n) && !b.contains(&n))));
        }

        #[test]
        fn full_holds_all_and_nothing_beyond(len in 0usize..200) {
            let mut full = BitSet::full(len);
            prop_assert_eq!(full.iter().count(), len);
            full.or(&BitSet::full(len + 70));
            prop_assert_eq!(full.count(), len);
            prop_assert!(!full.contains(len as u32));
        }
    }
}
