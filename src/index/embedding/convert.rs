//! Weight file -> model folder in the layout that `open.rs` reads.

use std::{collections::BTreeMap, fs, path::Path};

use prost::Message;

use super::{
    EmbeddingError,
    card::{CARD, Card, Pooling},
    graph,
    q4::WeightFile,
    tokenizer_files,
    whole_file::{Fingerprint, write_whole},
};

/// Writes the model in `weights` to `folder`. The card is written last: a folder with a card is whole.
pub(super) fn convert(weights: &Path, folder: &Path) -> Result<(), EmbeddingError> {
    fs::create_dir_all(folder).map_err(EmbeddingError::io(folder))?;
    let bytes = fs::read(weights).map_err(EmbeddingError::io(weights))?;
    let malformed = |problem: String| EmbeddingError::malformed(weights, problem);
    let file = WeightFile::read(&bytes).map_err(malformed)?;
    let mut files: BTreeMap<String, Fingerprint> = BTreeMap::new();
    let mut write = |name: &str, content: &[u8]| {
        let written = write_whole(&folder.join(name), None, &mut &*content)?;
        files.insert(name.to_owned(), written);
        Ok(())
    };
    write("model.onnx", &graph::write(&file).map_err(malformed)?.encode_to_vec())?;
    write(
        "tokenizer.json",
        tokenizer_files::tokenizer(&file.pieces).to_string().as_bytes(),
    )?;
    for (name, content) in tokenizer_files::others() {
        write(name, content.to_string().as_bytes())?;
    }
    let card = Card {
        name: super::fetch::NAME.to_owned(),
        dimensions: file.hidden,
        query_prefix: "query: ".to_owned(),
        passage_prefix: "passage: ".to_owned(),
        max_tokens: tokenizer_files::LONGEST.min(file.positions),
        pooling: Pooling::Mean,
        files,
    };
    let card = serde_json::to_vec_pretty(&card).expect("a card is plain data");
    write_whole(&folder.join(CARD), None, &mut card.as_slice()).map(drop)
}
