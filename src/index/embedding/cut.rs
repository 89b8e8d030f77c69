//! Where a long text is cut: token places in, byte ranges out. Pure arithmetic, the same for every model.

use std::ops::Range;

/// How good a place is to cut at, the better the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seam {
    /// Inside a character (one character can be several tokens): never.
    None,
    /// Inside a word, or in a script that writes no spaces.
    Word,
    /// After white space.
    Space,
    /// After the end of a sentence or a line.
    Sentence,
}

/// Cuts `text` into pieces of at most `max_tokens` tokens, each repeating up to `overlap` tokens of the one
/// before.
///
/// `tokens` are the places of the text's tokens in order; `count` says how many tokens a piece has when it
/// stands alone, which may be more than it had inside the text (a word cut in two is other tokens).
pub(super) fn cut_at_tokens(
    text: &str,
    tokens: &[Range<usize>],
    max_tokens: usize,
    overlap: usize,
    count: &dyn Fn(&str) -> usize,
) -> Vec<Range<usize>> {
    let max_tokens = max_tokens.max(1);
    if tokens.len() <= max_tokens {
        return std::iter::once(0..text.len()).collect();
    }
    let cutter = Cutter {
        text,
        tokens,
        seams: (0..tokens.len()).map(|at| seam(text, tokens, at)).collect(),
        max_tokens,
        count,
    };
    // More than half would make a text grow without end under small limits.
    cutter.pieces(overlap.min(max_tokens / 2))
}

struct Cutter<'a> {
    text: &'a str,
    tokens: &'a [Range<usize>],
    /// What lies before each token.
    seams: Vec<Seam>,
    max_tokens: usize,
    count: &'a dyn Fn(&str) -> usize,
}

impl Cutter<'_> {
    fn pieces(&self, overlap: usize) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        // The first token of the piece, and the first that no piece has yet.
        let (mut first, mut fresh) = (0, 0);
        loop {
            let Some(next) = self.piece_end(first) else {
                pieces.push(self.begin(first)..self.text.len());
                return pieces;
            };
            if next <= fresh && first < fresh {
                // All that fits is what the piece before has already: go on without overlap.
                first = fresh;
                continue;
            }
            pieces.push(self.begin(first)..self.tokens[next].start);
            first = step_back(&self.seams, first, next, overlap);
            fresh = next;
        }
    }

    fn begin(&self, first: usize) -> usize {
        // White space before the first token belongs to the first piece.
        if first == 0 { 0 } else { self.tokens[first].start }
    }

    /// The token before which the piece starting at token `first` ends; `None` when it goes to the end of the
    /// text.
    fn piece_end(&self, first: usize) -> Option<usize> {
        let rest = self.tokens.len() - first;
        let mut limit = self.max_tokens;
        loop {
            let next = if rest <= limit {
                None
            } else {
                best_seam(&self.seams, first, limit)
            };
            let end = next.map_or(self.text.len(), |next| self.tokens[next].start);
            let excess = (self.count)(&self.text[self.begin(first)..end]).saturating_sub(self.max_tokens);
            if excess == 0 || limit == 1 {
                return next;
            }
            limit = limit.min(rest).saturating_sub(excess).max(1);
        }
    }
}

/// The best place to end a piece of at most `limit` tokens: a sentence's end in its last quarter, a space in
/// its last half, any seam at all, or (one character of many tokens) the first seam beyond the limit.
fn best_seam(seams: &[Seam], first: usize, limit: usize) -> Option<usize> {
    let last = first + limit;
    let latest = |from: usize, least: Seam| (from.max(first + 1)..=last).rev().find(|&at| seams[at] >= least);
    latest(last - limit / 4, Seam::Sentence)
        .or_else(|| latest(last - limit / 2, Seam::Space))
        .or_else(|| latest(first + 1, Seam::Word))
        .or_else(|| (last + 1..seams.len()).find(|&at| seams[at] >= Seam::Word))
}

/// The token at which the next piece begins: `overlap` tokens before `next`, moved forward to a word's start.
fn step_back(seams: &[Seam], first: usize, next: usize, overlap: usize) -> usize {
    let earliest = next.saturating_sub(overlap).max(first + 1);
    (earliest..next)
        .find(|&at| seams[at] >= Seam::Space)
        // A script without spaces: overlap at any token.
        .or_else(|| (earliest..next).find(|&at| seams[at] >= Seam::Word))
        .unwrap_or(next)
}

/// What lies between token `at` and the token before it.
fn seam(text: &str, tokens: &[Range<usize>], at: usize) -> Seam {
    let start = tokens[at].start;
    // Some tokenizers count the space before a word to the word's token.
    let inside = at > 0 && start < tokens[at - 1].end;
    if at == 0 || inside || start == 0 || !text.is_char_boundary(start) {
        return Seam::None;
    }
    let before = &text[..start];
    let trimmed = before.trim_end();
    let space_before = trimmed.len() < before.len() || text[start..].starts_with(char::is_whitespace);
    if before[trimmed.len()..].contains('\n') {
        return Seam::Sentence;
    }
    match trimmed.chars().next_back() {
        // These end a sentence without a space after them.
        Some('。' | '！' | '？' | '；' | '।' | '॥' | '။' | '።') => Seam::Sentence,
        Some('.' | '!' | '?' | ';' | '؟' | '؛' | '۔' | '…') if space_before => Seam::Sentence,
        _ if space_before => Seam::Space,
        _ => Seam::Word,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A tokenizer with the awkward habits of real ones: words fall into bits of two characters.
    fn bits(text: &str) -> Vec<Range<usize>> {
        let mut tokens = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        for (at, c) in text.char_indices() {
            match (c.is_whitespace(), &mut open) {
                (true, _) => tokens.extend(open.take().map(|(start, _)| start..at)),
                (false, Some((start, length))) if *length == 2 => {
                    tokens.push(*start..at);
                    open = Some((at, 1));
                }
                (false, Some((_, length))) => *length += 1,
                (false, None) => open = Some((at, 1)),
            }
        }
        tokens.extend(open.map(|(start, _)| start..text.len()));
        tokens
    }

    fn cut(text: &str, max: usize, overlap: usize) -> Vec<Range<usize>> {
        cut_at_tokens(text, &bits(text), max, overlap, &|piece| bits(piece).len())
    }

    fn one(range: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(range).collect()
    }

    #[test]
    fn a_text_that_fits_is_one_piece() {
        assert_eq!(cut("", 5, 2), one(0..0));
        assert_eq!(cut("a b c", 5, 2), one(0..5));
    }

    #[test]
    fn prefers_the_end_of_a_sentence() {
        let text = "ab ab ab ab ab ab. ab ab ab ab ab";
        let pieces = cut(text, 8, 0);
        assert_eq!(&text[pieces[0].clone()], "ab ab ab ab ab ab. ");
    }

    #[test]
    fn overlap_repeats_whole_words() {
        let text = "aa bb cc dd ee ff gg hh";
        let pieces: Vec<&str> = cut(text, 4, 2).into_iter().map(|range| &text[range]).collect();
        assert_eq!(pieces, ["aa bb cc dd ", "cc dd ee ff ", "ee ff gg hh"]);
    }

    #[test]
    fn a_character_of_many_tokens_is_not_split() {
        // As with U+FDFA, which normalisation spells out as four words.
        let text = "ﷺ";
        let tokens = vec![0..3; 6];
        assert_eq!(cut_at_tokens(text, &tokens, 2, 1, &|_| 6), one(0..3));
    }

    proptest! {
        #[test]
        fn pieces_cover_the_text_and_keep_the_limit(
            text in "([a-zé网]{1,9}[ .。\n]{0,2}){0,60}", max in 1_usize..20, overlap in 0_usize..20
        ) {
            let pieces = cut(&text, max, overlap);
            prop_assert_eq!(pieces[0].start, 0);
            prop_assert_eq!(pieces[pieces.len() - 1].end, text.len());
            for pair in pieces.windows(2) {
                prop_assert!(pair[1].start <= pair[0].end && pair[1].start > pair[0].start);
                prop_assert!(pair[1].end > pair[0].end);
            }
            for piece in pieces {
                prop_assert!(text.is_char_boundary(piece.start) && text.is_char_boundary(piece.end));
                prop_assert!(bits(&text[piece]).len() <= max);
            }
        }
    }
}
