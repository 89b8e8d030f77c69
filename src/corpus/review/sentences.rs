//! Cuts prose into sentences, for rules that hold sentence by sentence.

/// Short forms whose point ends no sentence; all of one or two letters are known without a list.
const SHORT_FORMS: &[&str] = &[
    "art", "arts", "cf", "ch", "etc", "inc", "ltd", "mrs", "no", "nos", "para", "paras", "sec", "vol", "vs",
];

/// The sentences of a text, each without the space around it.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    let ends = text
        .match_indices(['.', '?', '!', '\n', '؟', '。'])
        .filter(|(at, sign)| {
            let (before, behind) = (&text[..*at], &text[at + sign.len()..]);
            let apart = behind.starts_with(char::is_whitespace) || behind.is_empty();
            *sign == "\n" || *sign == "。" || (apart && !(*sign == "." && short_form(before)))
        });
    for (at, sign) in ends {
        found.push(text[start..at + sign.len()].trim());
        start = at + sign.len();
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether the word before a point is a short form.
fn short_form(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let number = word.chars().all(char::is_numeric);
    let short = (1..=2).contains(&word.chars().count()) && !number;
    short || SHORT_FORMS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_short_form_ends_no_sentence() {
        let text = "See art. 5 of J.L. v. Italy (No. 2). It held so in 2021. Was it right? Yes";
        let expected = [
            "See art. 5 of J.L. v. Italy (No. 2).",
            "It held so in 2021.",
            "Was it right?",
            "Yes",
        ];
        assert_eq!(sentences(text), expected);
    }
}
