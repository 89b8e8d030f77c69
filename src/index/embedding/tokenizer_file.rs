//! Vocabulary -> `tokenizer.json`.
//!
//! It is in the format of the `tokenizers` crate: SentencePiece unigram over words, each word marked
//! with `▁` at its start, the whole between `<s>` and `</s>`.
//!
//! SentencePiece normalises with a map of its own, `nmt_nfkc`, of which the weight file holds the single
//! characters. All of them but some forty (control characters dropped; tabs, line ends, zero-width and direction
//! marks read as a space) are what NFKC makes of the character, and NFKC also composes accents, which single
//! characters cannot. So what differs from NFKC is replaced first, then NFKC does the rest.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::q4::Vocabulary;

/// Writes `tokenizer.json`.
///
/// # Errors
/// When JSON cannot be written.
pub(super) fn tokenizer_file(vocabulary: &Vocabulary<'_>) -> Result<Vec<u8>, String> {
    serde_json::to_vec(&tokenizer(vocabulary)).map_err(|error| error.to_string())
}

/// The whole file; the small parts as trees, the 250,000 pieces straight from the vocabulary.
#[derive(Serialize)]
struct Tokenizer<'a> {
    version: &'static str,
    truncation: Option<Value>,
    padding: Option<Value>,
    added_tokens: Vec<Value>,
    normalizer: Value,
    pre_tokenizer: Value,
    post_processor: Value,
    decoder: Value,
    model: Unigram<'a>,
}

#[derive(Serialize)]
struct Unigram<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    unk_id: usize,
    byte_fallback: bool,
    vocab: Vec<(&'a str, f64)>,
}

fn tokenizer<'a>(vocabulary: &'a Vocabulary<'a>) -> Tokenizer<'a> {
    let metaspace = json!({ "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true });
    let added = |id: usize| {
        json!({ "id": id, "content": vocabulary.pieces[id].0, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false, "special": true })
    };
    let specials = [vocabulary.begin, vocabulary.pad, vocabulary.end, vocabulary.unknown];
    Tokenizer {
        version: "1.0",
        truncation: None,
        padding: None,
        added_tokens: specials.map(added).to_vec(),
        normalizer: normalizer(&vocabulary.normalization),
        pre_tokenizer: json!({ "type": "Sequence",
            "pretokenizers": [{ "type": "WhitespaceSplit" }, metaspace.clone()] }),
        post_processor: post_processor(vocabulary),
        decoder: metaspace,
        model: Unigram {
            kind: "Unigram",
            unk_id: vocabulary.unknown,
            byte_fallback: false,
            // As f64, as the tokenizer reads them: shorter decimals would make ties of scores that are not, and break
            // ties that are.
            vocab: vocabulary
                .pieces
                .iter()
                .map(|&(piece, score)| (piece, f64::from(score)))
                .collect(),
        },
    }
}

/// The replacements that NFKC would not make, then NFKC.
fn normalizer(map: &[(char, String)]) -> Value {
    let mut by_replacement: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for (from, to) in map {
        if from.nfkc().collect::<String>() != *to {
            by_replacement.entry(to).or_default().push(*from);
        }
    }
    let mut steps: Vec<Value> = by_replacement
        .iter()
        .map(|(to, from)| json!({ "type": "Replace", "pattern": { "Regex": character_class(from) }, "content": to }))
        .collect();
    steps.push(json!({ "type": "NFKC" }));
    json!({ "type": "Sequence", "normalizers": steps })
}

fn character_class(characters: &[char]) -> String {
    let mut class = String::from("[");
    for &character in characters {
        if character.is_ascii_punctuation() {
            class.push('\\');
        }
        class.push(character);
    }
    class.push(']');
    class
}

fn post_processor(vocabulary: &Vocabulary<'_>) -> Value {
    let (begin, end) = (
        vocabulary.pieces[vocabulary.begin].0,
        vocabulary.pieces[vocabulary.end].0,
    );
    let special = |name: &str| json!({ "SpecialToken": { "id": name, "type_id": 0 } });
    let text = |id: &str| json!({ "Sequence": { "id": id, "type_id": 0 } });
    let ids = json!({
        begin: { "id": begin, "ids": [vocabulary.begin], "tokens": [begin] },
        end: { "id": end, "ids": [vocabulary.end], "tokens": [end] },
    });
    json!({ "type": "TemplateProcessing",
        "single": [special(begin), text("A"), special(end)],
        "pair": [special(begin), text("A"), special(end), special(end), text("B"), special(end)],
        "special_tokens": ids })
}

#[cfg(test)]
mod tests {
    use super::{
        super::q4::{WeightFile, tests::tiny_file},
        *,
    };

    fn tiny_tokenizer() -> tokenizers::Tokenizer {
        let file = tiny_file();
        let weights = WeightFile::parse(&file).unwrap();
        tokenizers::Tokenizer::from_bytes(tokenizer_file(&weights.vocabulary).unwrap()).unwrap()
    }

    #[test]
    fn the_tokenizers_crate_reads_it() {
        let encoding = tiny_tokenizer().encode("law  ab?", true).unwrap();
        assert_eq!(encoding.get_tokens(), ["<s>", "▁law", "▁", "a", "b", "?", "</s>"]);
        assert_eq!(encoding.get_ids()[5], 3);
        // Places are those of the text as given.
        assert_eq!(encoding.get_offsets()[1], (0, 3));
    }

    #[test]
    fn only_what_nfkc_does_not_do_is_replaced() {
        let map = [('\t', " ".to_owned()), ('ﬁ', "fi".to_owned()), ('\u{1}', String::new())];
        let steps = normalizer(&map);
        let steps = steps["normalizers"].as_array().unwrap();
        assert_eq!(steps.len(), 3);
        assert_eq!(steps[1]["pattern"]["Regex"], "[\t]");
        assert_eq!(character_class(&['-', ']', 'a']), r"[\-\]a]");
    }
}
