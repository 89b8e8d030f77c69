//! Words in a text of any script, with their places.
//!
//! In: text. Out: tokens. Scripts that part words by spaces follow Unicode's word boundaries, cut again at full stops,
//! colons and apostrophes (`l'image`, `victim's`); Thai, Lao, Khmer and Burmese are cut by the dictionary; Chinese,
//! Japanese and Korean become overlapping pairs of characters.

use std::ops::Range;
use std::sync::OnceLock;

use icu_segmenter::WordSegmenterBorrowed;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

/// How a run of characters is cut into words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// By Unicode's boundaries.
    Spaced,
    /// By the dictionary, for want of spaces.
    Unspaced,
    /// Into overlapping pairs.
    Paired,
}

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Place in the text, in bytes.
    pub range: Range<usize>,
    /// Whether it is one or two letters cut off at an apostrophe (`l'`, `'s`): no word of its own.
    pub clipped: bool,
}

/// Longest word in bytes; what is longer is no word of any language and is left out.
const LONGEST: usize = 120;

fn script(c: char) -> Option<Script> {
    Some(match c {
        '\0'..='\u{e00}' => Script::Spaced,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Script::Unspaced,
        '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' => Script::Paired,
        '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' => Script::Paired,
        '\u{20000}'..='\u{3ffff}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => {
            Script::Paired
        }
        _ => Script::Spaced,
    })
    .filter(|_| c != '・')
}

/// Every word of `text`, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, c) in text.char_indices() {
        let next = script(c);
        if next != current {
            cut(text, start..at, current, &mut found);
            (start, current) = (at, next);
        }
    }
    cut(text, start..text.len(), current, &mut found);
    found
}

fn cut(text: &str, run: Range<usize>, script: Option<Script>, found: &mut Vec<Word>) {
    match script {
        Some(Script::Spaced) => spaced(&text[run.clone()], run.start, found),
        Some(Script::Unspaced) => unspaced(&text[run.clone()], run.start, found),
        Some(Script::Paired) => pairs(&text[run.clone()], run.start, found),
        None => {}
    }
}

fn push(range: Range<usize>, clipped: bool, found: &mut Vec<Word>) {
    if !range.is_empty() && range.len() <= LONGEST {
        found.push(Word { range, clipped });
    }
}

fn spaced(run: &str, base: usize, found: &mut Vec<Word>) {
    // Space always parts words, so that most pieces are ASCII and need no table look-ups.
    let mut start = 0;
    for (end, gap) in run.match_indices(char::is_whitespace).chain([(run.len(), "")]) {
        let piece = &run[start..end];
        if piece.is_ascii() {
            ascii(piece, base + start, found);
        } else {
            for (at, word) in piece.unicode_word_indices() {
                pieces(word, base + start + at, found);
            }
        }
        start = end + gap.len();
    }
}

/// Unicode's word boundaries for ASCII: letters and digits hold together, and so do numbers with commas.
fn ascii(piece: &str, base: usize, found: &mut Vec<Word>) {
    let bytes = piece.as_bytes();
    let inside = |at: usize| match bytes[at] {
        b'\'' => {
            at > 0 && bytes[at - 1].is_ascii_alphabetic() && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
        }
        b',' => at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        byte => byte.is_ascii_alphanumeric(),
    };
    let mut start = 0;
    for end in 0..=bytes.len() {
        if end == bytes.len() || !inside(end) {
            pieces(&piece[start..end], base + start, found);
            start = end + 1;
        }
    }
}

/// A word of Unicode's, cut again where laws have several in one (`197.7`, `l'image`).
fn pieces(word: &str, base: usize, found: &mut Vec<Word>) {
    let mut start = 0;
    let mut after_apostrophe = false;
    let inner = |c: char| matches!(c, '.' | ':' | '·' | '_' | '\'' | '’' | '‘' | '＇');
    for (end, mark) in word.match_indices(inner).chain([(word.len(), "")]) {
        let apostrophe = !matches!(mark, "." | ":" | "·" | "_" | "");
        let letters = word[start..end].chars().take(3).count();
        let clipped = (apostrophe && letters <= 2) || (after_apostrophe && letters == 1);
        push(base + start..base + end, clipped, found);
        start = end + mark.len();
        after_apostrophe = apostrophe;
    }
}

fn unspaced(run: &str, base: usize, found: &mut Vec<Word>) {
    static SEGMENTER: OnceLock<WordSegmenterBorrowed<'static>> = OnceLock::new();
    let segmenter =
        SEGMENTER.get_or_init(|| icu_segmenter::WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let mut start = 0;
    for end in segmenter.segment_str(run).filter(|end| *end > 0) {
        if run[start..end].chars().any(char::is_alphanumeric) {
            push(base + start..base + end, false, found);
        }
        start = end;
    }
}

fn pairs(run: &str, base: usize, found: &mut Vec<Word>) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    if starts.len() == 2 {
        push(base..base + run.len(), false, found);
    }
    for three in starts.windows(3) {
        push(base + three[0]..base + three[2], false, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_up(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|word| &text[word.range]).collect()
    }

    #[test]
    fn spaced_scripts() {
        assert_eq!(cut_up("s. 66B(1), art 197.7"), ["s", "66B", "1", "art", "197", "7"]);
        assert_eq!(
            cut_up("l'image d’une victim's"),
            ["l", "image", "d", "une", "victim", "s"]
        );
        assert_eq!(
            words("l'image victim's").iter().map(|w| w.clipped).collect::<Vec<_>>(),
            [true, false, false, true]
        );
        assert_eq!(cut_up("نشر صور خاصة"), ["نشر", "صور", "خاصة"]);
    }

    #[test]
    fn ascii_is_cut_as_the_rest() {
        let text = "s.66B(1),(2) a'b 'c' d'' 1,000.50 a,b x_y e-mail's 5/2018;it's";
        let mut slow = Vec::new();
        for (at, word) in text.unicode_word_indices() {
            let mut found = Vec::new();
            pieces(word, at, &mut found);
            slow.extend(found.into_iter().map(|word| &text[word.range]));
        }
        assert_eq!(cut_up(text), slow);
    }

    #[test]
    fn unspaced_scripts() {
        assert_eq!(cut_up("個人情報"), ["個人", "人情", "情報"]);
        assert_eq!(cut_up("法"), ["法"]);
        assert_eq!(cut_up("성폭력 처벌"), ["성폭", "폭력", "처벌"]);
        assert_eq!(cut_up("ประมวลกฎหมายอาญา"), ["ประมวล", "กฎหมาย", "อาญา"]);
    }

    proptest::proptest! {
        #[test]
        fn words_lie_in_the_text_in_order(text in ".{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                proptest::prop_assert!(word.range.start >= last && text.get(word.range.clone()).is_some());
                last = word.range.start;
            }
        }
    }
}
