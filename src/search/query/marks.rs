//! Characters that the language of queries knows: quotation marks, operators, what is no part of a word.

use crate::index::keyword::is_ignorable;

/// Direction and other zero-width marks, which come along when text is copied. Vowel points and the like stay.
pub(super) fn is_mark(c: char) -> bool {
    is_ignorable(c)
        && matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Quotation marks of any tradition; any of them closes what another opened.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』'
    )
}

/// The operator that stands at the beginning of a text, and its length.
pub(super) fn operator(rest: &str) -> Option<(&'static str, usize)> {
    for (written, operator) in [
        ("AND", "AND"),
        ("OR", "OR"),
        ("NOT", "NOT"),
        ("&&", "AND"),
        ("||", "OR"),
    ] {
        if let Some(after) = rest.strip_prefix(written)
            && after
                .chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')'))
        {
            return Some((operator, written.len()));
        }
    }
    None
}

/// Whether there is no letter or digit.
pub(super) fn blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Punctuation at the edges of a word, which is no part of it.
pub(super) fn is_edge(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '،' | '؛' | '؟' | '¿' | '¡' | '…' | '？' | '！')
}
