//! Text that runs from right to left, so that it does not turn the line around it.

/// Whether a letter belongs to a script that runs from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms.
fn runs_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        && letter.is_alphabetic()
}

/// Whether a letter belongs to a script that runs from left to right.
fn runs_right(letter: char) -> bool {
    letter.is_alphabetic() && !runs_left(letter)
}

/// Whether any letter runs to the left.
pub(super) fn has_right_to_left(text: &str) -> bool {
    text.chars().any(runs_left)
}

/// Whether a paragraph as a whole runs to the left: none of its letters runs to the right.
pub(super) fn is_right_to_left(text: &str) -> bool {
    has_right_to_left(text) && !text.chars().any(runs_right)
}

/// Cuts a text where its direction changes; what has no direction between two of the same goes with them, at an edge it
/// goes with what runs to the right.
pub(super) fn runs(text: &str) -> Vec<(bool, &str)> {
    let mut runs = Vec::new();
    let (mut from, mut left) = (0, false);
    // End of the last letter that runs to the left: blanks behind it belong to it only if another one follows.
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        if runs_left(letter) {
            if !left {
                if at > from {
                    runs.push((false, &text[from..at]));
                }
                (from, left) = (at, true);
            }
            end = at + letter.len_utf8();
        } else if left && runs_right(letter) {
            runs.push((true, &text[from..end]));
            (from, left) = (end, false);
        }
    }
    if left {
        runs.push((true, &text[from..end]));
        from = end;
    }
    if from < text.len() {
        runs.push((false, &text[from..]));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_the_direction_changes() {
        let text = "Law (قانون مكافحة الجرائم), art 44";
        let cut = runs(text);
        assert_eq!(
            cut,
            [(false, "Law ("), (true, "قانون مكافحة الجرائم"), (false, "), art 44")]
        );
        assert_eq!(cut.iter().map(|(_, run)| *run).collect::<String>(), text);
        assert_eq!(runs("plain"), [(false, "plain")]);
        assert!(runs("").is_empty());
        assert!(is_right_to_left("قانون 44."));
        assert!(!is_right_to_left(text));
    }
}
