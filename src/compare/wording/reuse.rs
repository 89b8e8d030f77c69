//! Passages that one text took from the other.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::differences::Side;
use super::{Passage, Reuse};
use crate::index::keyword::Analyzer;

/// Words of a run that both texts must have.
const RUN: usize = 3;
/// Words, endings and small words aside, that may stand between two runs of one passage.
const GAP: usize = 6;
/// Places of one run in the second text that are looked at: what stands everywhere shows nothing.
const MOST_PLACES: usize = 24;
/// Fewest words of a passage that are the same, endings and small words aside.
const FEWEST: usize = 5;
/// From this share of same words a passage is adapted, and from the other it is copied.
const ADAPTED_FROM: f32 = 0.5;
const COPIED_FROM: f32 = 0.97;
/// Longest passage in words of which every word is compared; a longer one is judged by its runs.
const LONGEST: usize = 2_000;

/// A run of same words: where it begins in each text, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seed {
    a: usize,
    b: usize,
    len: usize,
}

/// A passage while it grows, in words of the analysis.
#[derive(Debug, Clone)]
struct Chain {
    a: Range<usize>,
    b: Range<usize>,
    same: usize,
}

/// Passages that stand in both texts, in the order of the first; each place of the first text is in one at most.
pub fn passages(a: &str, b: &str, language: &str) -> Vec<Passage> {
    let analyzer = Analyzer::of(language);
    let (terms_a, terms_b) = (analyzer.terms_at(a), analyzer.terms_at(b));
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut ids_b: Vec<u32> = Vec::with_capacity(terms_b.len());
    for term in &terms_b {
        let next = numbers.len() as u32;
        ids_b.push(*numbers.entry(term.term.as_str()).or_insert(next));
    }
    // A word that the second text does not have is in no run.
    let of_a = terms_a.iter().map(|term| numbers.get(term.term.as_str()).copied());
    let ids_a: Vec<u32> = of_a.map(|number| number.unwrap_or(u32::MAX)).collect();
    let chains = chained(seeds(&ids_a, &ids_b));
    let (side_a, side_b) = (Side::of(a), Side::of(b));
    let bytes = |terms: &[crate::index::keyword::TermAt], words: &Range<usize>| {
        terms[words.start].range.start..terms[words.end - 1].range.end
    };
    let found = chains.into_iter().filter_map(|chain| {
        let words_a = words_within(&side_a, bytes(&terms_a, &chain.a));
        let words_b = words_within(&side_b, bytes(&terms_b, &chain.b));
        passage(&side_a, &side_b, words_a, words_b, &chain)
    });
    apart(found.collect())
}

/// The words of a text that lie in some bytes.
fn words_within(side: &Side<'_>, bytes: Range<usize>) -> Range<usize> {
    let from = side.words.partition_point(|word| word.range.start < bytes.start);
    let to = side.words.partition_point(|word| word.range.end <= bytes.end);
    from..to.max(from)
}

/// Longest runs that both texts have.
fn seeds(a: &[u32], b: &[u32]) -> Vec<Seed> {
    let mut places: HashMap<&[u32], Vec<usize>> = HashMap::new();
    for (at, run) in b.windows(RUN).enumerate() {
        let places = places.entry(run).or_default();
        if places.len() <= MOST_PLACES {
            places.push(at);
        }
    }
    // How far each diagonal is covered already, so that a long run is found once.
    let mut covered: HashMap<isize, usize> = HashMap::new();
    let mut seeds = Vec::new();
    for (at, run) in a.windows(RUN).enumerate() {
        let Some(there) = places.get(run).filter(|there| there.len() <= MOST_PLACES) else {
            continue;
        };
        for place in there {
            let diagonal = *place as isize - at as isize;
            if covered.get(&diagonal).is_some_and(|end| at < *end) {
                continue;
            }
            let same = a[at..]
                .iter()
                .zip(&b[*place..])
                .take_while(|(a, b)| a == b && **a != u32::MAX)
                .count();
            covered.insert(diagonal, at + same);
            seeds.push(Seed {
                a: at,
                b: *place,
                len: same,
            });
        }
    }
    seeds
}

/// Joins runs that follow one another in both texts. Only passages whose end is near can take up a run, and of those the
/// one that has most words does.
fn chained(seeds: Vec<Seed>) -> Vec<Chain> {
    let (mut open, mut done): (Vec<Chain>, Vec<Chain>) = (Vec::new(), Vec::new());
    for seed in seeds {
        let (still, ended): (Vec<Chain>, Vec<Chain>) = open.into_iter().partition(|chain| seed.a <= chain.a.end + GAP);
        done.extend(ended);
        open = still;
        let follows = |chain: &&mut Chain| {
            let from = chain.b.end.saturating_sub(RUN);
            seed.a + seed.len > chain.a.end
                && (from..=chain.b.end + GAP).contains(&seed.b)
                && seed.b + seed.len > chain.b.end
        };
        match open.iter_mut().filter(follows).max_by_key(|chain| chain.same) {
            Some(chain) => {
                let new =
                    (seed.a + seed.len - chain.a.end.max(seed.a)).min(seed.b + seed.len - chain.b.end.max(seed.b));
                chain.same += new;
                chain.a.end = seed.a + seed.len;
                chain.b.end = seed.b + seed.len;
            }
            None => open.push(Chain {
                a: seed.a..seed.a + seed.len,
                b: seed.b..seed.b + seed.len,
                same: seed.len,
            }),
        }
    }
    done.extend(open);
    done.retain(|chain| chain.same >= FEWEST);
    done
}

fn passage(a: &Side<'_>, b: &Side<'_>, in_a: Range<usize>, in_b: Range<usize>, chain: &Chain) -> Option<Passage> {
    let longest = in_a.len().max(in_b.len());
    if longest == 0 {
        return None;
    }
    let likeness = if longest <= LONGEST {
        let terms = |side: &Side<'_>, words: &Range<usize>| {
            side.words[words.clone()]
                .iter()
                .map(|word| word.term.clone())
                .collect::<Vec<_>>()
        };
        let same: usize = capture_diff_slices(Algorithm::Myers, &terms(a, &in_a), &terms(b, &in_b))
            .iter()
            .map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 })
            .sum();
        2.0 * same as f32 / (in_a.len() + in_b.len()) as f32
    } else {
        2.0 * chain.same as f32 / (chain.a.len() + chain.b.len()) as f32
    };
    (likeness >= ADAPTED_FROM).then(|| Passage {
        reuse: if likeness >= COPIED_FROM {
            Reuse::Copied
        } else {
            Reuse::Adapted
        },
        a: a.place(in_a.clone()),
        b: b.place(in_b.clone()),
        a_words: a.words_of(in_a),
        b_words: b.words_of(in_b),
        likeness: (likeness * 1000.0).round() / 1000.0,
    })
}

/// Of passages that overlap in the first text, the longer and more alike one stays.
fn apart(mut found: Vec<Passage>) -> Vec<Passage> {
    let worth = |one: &Passage| (one.a.end - one.a.start) as f32 * one.likeness;
    found.sort_by(|x, y| {
        worth(y)
            .total_cmp(&worth(x))
            .then(x.a.start.cmp(&y.a.start))
            .then(x.b.start.cmp(&y.b.start))
    });
    let mut kept: std::collections::BTreeMap<usize, Passage> = std::collections::BTreeMap::new();
    for one in found {
        let before = kept.range(..one.a.end).next_back();
        if before.is_none_or(|(_, other)| other.a.end <= one.a.start) {
            kept.insert(one.a.start, one);
        }
    }
    kept.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MODEL: &str = "A person commits an offence who shares an intimate image of another person without the consent of \
        that person, knowing that the person does not consent or being reckless as to whether the person consents.";

    #[test]
    fn tells_copied_from_adapted_with_places_in_both() {
        let draft = format!("Preamble of ours. {MODEL} And an end.");
        let found = passages(&draft, MODEL, "en");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].reuse, Reuse::Copied);
        assert!(found[0].a.start >= 18 && found[0].b.start <= 2, "{found:?}");
        let adapted = MODEL
            .replace("shares", "distributes or shares")
            .replace("of another person", "of any other person");
        let found = passages(&adapted, MODEL, "en");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].reuse, Reuse::Adapted);
        assert!(
            passages(
                "The sun rises over the hills of the north every day of the year.",
                MODEL,
                "en"
            )
            .is_empty()
        );
    }

    #[test]
    fn works_in_arabic_and_spanish() {
        let arabic = "يعاقب بالحبس كل من نشر صورة خاصة لشخص آخر دون رضاه عن طريق شبكة المعلومات";
        assert_eq!(passages(arabic, arabic, "ar")[0].reuse, Reuse::Copied);
        let spanish = "Quien difunda imágenes íntimas de una persona sin su consentimiento será sancionado con prisión";
        let other = spanish.replace("difunda", "publique o difunda");
        assert_eq!(passages(&other, spanish, "es").len(), 1);
    }

    #[test]
    fn five_megabytes_take_no_square_of_time() {
        let filler: String = (0..800_000).map(|at| format!("w{} ", at % 5_000)).collect();
        let draft = format!("{filler}{MODEL}");
        let started = std::time::Instant::now();
        assert!(!passages(&draft, MODEL, "en").is_empty());
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn places_lie_in_both_texts(a in "([abc ]{0,9}|of the|image |\\PC){0,40}", b in "([abc ]{0,9}|image |صورة ){0,40}") {
            for one in passages(&a, &b, "en") {
                prop_assert!(one.a.start < one.a.end && one.a.end <= a.chars().count());
                prop_assert!(one.b.start < one.b.end && one.b.end <= b.chars().count());
                let words: String = a.chars().skip(one.a.start).take(one.a.end - one.a.start).collect();
                prop_assert_eq!(words, one.a_words);
            }
        }
    }
}
