//! Writes the tokenizer of the default model as the four JSON files that fastembed reads.

use serde_json::{Value, json};

/// Tokens a text may have, the special ones included.
pub(super) const LONGEST: usize = 512;

/// `tokenizer.json` for SentencePiece unigram pieces, in the way of XLM-RoBERTa.
///
/// Normalisation is what SentencePiece calls `nmt_nfkc`: control characters dropped, odd spaces made plain, NFKC,
/// spaces folded.
pub(super) fn tokenizer(pieces: &[(&str, f32)]) -> Value {
    let special = |id: usize, content: &str| {
        json!({"id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
               "normalized": false, "special": true})
    };
    let token = |id: &str| json!({"SpecialToken": {"id": id, "type_id": 0}});
    let text = |id: &str| json!({"Sequence": {"id": id, "type_id": 0}});
    json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": [special(0, "<s>"), special(1, "<pad>"), special(2, "</s>"), special(3, "<unk>")],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Nmt"},
            {"type": "NFKC"},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
        ]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [token("<s>"), text("A"), token("</s>")],
            "pair": [token("<s>"), text("A"), token("</s>"), token("</s>"), text("B"), token("</s>")],
            "special_tokens": {
                "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]},
            },
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": pieces, "byte_fallback": false},
    })
}

/// `config.json`, `special_tokens_map.json` and `tokenizer_config.json`, with their names.
pub(super) fn others() -> [(&'static str, Value); 3] {
    [
        ("config.json", json!({"pad_token_id": 1})),
        (
            "special_tokens_map.json",
            json!({"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}),
        ),
        (
            "tokenizer_config.json",
            json!({"model_max_length": LONGEST, "pad_token": "<pad>"}),
        ),
    ]
}
