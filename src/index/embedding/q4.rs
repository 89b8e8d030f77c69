//! Reads the 4-bit weight file (`E5S1`): header, vocabulary, normalisation map, directory, tensors.
//!
//! Everything is little endian. Every length is checked before it is used; no input, however broken, panics or
//! asks for memory beyond a small multiple of its own length. The tensors stay in the file's bytes.
//!
//! A 4-bit tensor is a row of blocks of 32 weights: an f16 scale and 16 bytes, of which byte `j` holds weight `j`
//! in its low and weight `j + 16` in its high half, each plus 8.

use std::collections::HashMap;

use half::f16;

/// Weights in a block.
pub(super) const BLOCK: usize = 32;
/// Bytes of a block: the scale and 32 half bytes.
pub(super) const BLOCK_BYTES: usize = 18;

/// Bounds far above any model of this family; they keep products of sizes from overflowing.
const LARGEST: i32 = 1 << 20;

/// The network's sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// Length of a token's vector.
    pub hidden: usize,
    /// Layers.
    pub layers: usize,
    /// Attention heads; divides `hidden`.
    pub heads: usize,
    /// Width of the feed-forward layer.
    pub feed_forward: usize,
    /// Rows of the word embedding table.
    pub vocabulary: usize,
    /// Longest input in tokens.
    pub positions: usize,
    /// Rows of the token type table.
    pub types: usize,
    /// Added to the variance in layer normalisation.
    pub epsilon: f32,
}

/// The SentencePiece unigram vocabulary.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    /// Pieces with their log probabilities, by id.
    pub pieces: Vec<(&'a str, f32)>,
    /// Id of the piece that begins a text.
    pub begin: usize,
    /// Id of the piece that ends a text.
    pub end: usize,
    /// Id of the piece that fills up a batch.
    pub pad: usize,
    /// Id of the piece for what has no piece.
    pub unknown: usize,
    /// Characters and what they are read as.
    pub normalization: Vec<(char, String)>,
}

/// A parsed weight file.
#[derive(Debug)]
pub(super) struct WeightFile<'a> {
    /// The network's sizes.
    pub shape: Shape,
    /// The vocabulary.
    pub vocabulary: Vocabulary<'a>,
    tensors: HashMap<&'a str, Tensor<'a>>,
}

/// How a tensor's numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Storage {
    F32,
    Blocks,
}

#[derive(Debug)]
struct Tensor<'a> {
    storage: Storage,
    bytes: &'a [u8],
}

impl<'a> WeightFile<'a> {
    /// Parses a whole file.
    ///
    /// # Errors
    /// What is wrong, and at which byte or in which tensor.
    pub(super) fn parse(file: &'a [u8]) -> Result<Self, String> {
        let mut reader = Reader { file, at: 0 };
        if reader.take(4, "magic")? != b"E5S1" {
            return Err("does not begin with E5S1".to_owned());
        }
        let version = reader.u32("version")?;
        if version != 1 {
            return Err(format!("version {version}, only 1 is known"));
        }
        let shape = parse_shape(&mut reader)?;
        let vocabulary = parse_vocabulary(&mut reader, shape.vocabulary)?;
        let tensors = parse_directory(&mut reader)?;
        Ok(Self {
            shape,
            vocabulary,
            tensors,
        })
    }

    /// An f32 tensor of exactly `length` finite numbers.
    pub(super) fn f32s(&self, name: &str, length: usize) -> Result<Vec<f32>, String> {
        let bytes = self.tensor(name, Storage::F32, length.checked_mul(4))?;
        let numbers: Vec<f32> = bytes
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes(array(four)))
            .collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(format!("{name}: a number is not finite"));
        }
        Ok(numbers)
    }

    /// The blocks of a 4-bit tensor of `rows` × `columns`, row by row, each of [`BLOCK_BYTES`].
    pub(super) fn blocks(&self, name: &str, rows: usize, columns: usize) -> Result<&'a [u8], String> {
        let bytes = rows
            .checked_mul(columns / BLOCK)
            .and_then(|blocks| blocks.checked_mul(BLOCK_BYTES));
        self.tensor(name, Storage::Blocks, bytes)
    }

    fn tensor(&self, name: &str, storage: Storage, bytes: Option<usize>) -> Result<&'a [u8], String> {
        let tensor = self.tensors.get(name).ok_or_else(|| format!("no tensor {name}"))?;
        if tensor.storage != storage || Some(tensor.bytes.len()) != bytes {
            let found = tensor.bytes.len();
            return Err(format!(
                "{name}: {found} bytes of {:?}, not {bytes:?} of {storage:?}",
                tensor.storage
            ));
        }
        Ok(tensor.bytes)
    }
}

/// The 32 weights of one block; `None` when the scale is not finite.
pub(super) fn dequantize(block: &[u8; BLOCK_BYTES]) -> Option<[f32; BLOCK]> {
    let scale = f16::from_le_bytes([block[0], block[1]]).to_f32();
    if !scale.is_finite() {
        return None;
    }
    let mut weights = [0.0; BLOCK];
    for (j, byte) in block[2..].iter().enumerate() {
        weights[j] = (f32::from(byte & 15) - 8.0) * scale;
        weights[j + BLOCK / 2] = (f32::from(byte >> 4) - 8.0) * scale;
    }
    Some(weights)
}

fn parse_shape(reader: &mut Reader<'_>) -> Result<Shape, String> {
    let shape = Shape {
        hidden: reader.size("hidden")?,
        layers: reader.size("layers")?,
        heads: reader.size("heads")?,
        feed_forward: reader.size("feed-forward")?,
        vocabulary: reader.size("vocabulary")?,
        positions: reader.size("positions")?,
        types: reader.size("types")?,
        epsilon: reader.f32("epsilon")?,
    };
    let block = reader.size("block size")?;
    if block != BLOCK {
        return Err(format!("blocks of {block}, only {BLOCK} are known"));
    }
    let Shape {
        hidden,
        heads,
        feed_forward,
        epsilon,
        ..
    } = shape;
    if hidden % BLOCK != 0 || feed_forward % BLOCK != 0 || hidden % heads != 0 {
        return Err(format!(
            "sizes do not fit: hidden {hidden}, heads {heads}, feed-forward {feed_forward}"
        ));
    }
    if !(epsilon > 0.0 && epsilon < 1.0) {
        return Err(format!("epsilon is {epsilon}"));
    }
    Ok(shape)
}

fn parse_vocabulary<'a>(reader: &mut Reader<'a>, rows: usize) -> Result<Vocabulary<'a>, String> {
    let count = reader.size("number of pieces")?;
    if count > rows {
        return Err(format!("{count} pieces, but the embedding table has {rows} rows"));
    }
    let mut special = |name| {
        let id = reader.i32(name)?;
        usize::try_from(id)
            .ok()
            .filter(|id| *id < count)
            .ok_or_else(|| format!("{name}: {id} is no piece"))
    };
    let (begin, end, pad, unknown) = (special("bos")?, special("eos")?, special("pad")?, special("unk")?);
    let blob_length = reader.length("length of the pieces")?;
    let offsets = reader.take(4 * (count + 1), "offsets of the pieces")?;
    let scores = reader.take(4 * count, "scores")?;
    let blob = reader.take(blob_length, "pieces")?;

    let offset = |id: usize| u32::from_le_bytes(array(&offsets[4 * id..4 * id + 4])) as usize;
    let mut pieces = Vec::with_capacity(count);
    for id in 0..count {
        let bytes = blob
            .get(offset(id)..offset(id + 1))
            .ok_or_else(|| format!("piece {id} lies outside the pieces"))?;
        let piece = std::str::from_utf8(bytes).map_err(|_| format!("piece {id} is not UTF-8"))?;
        let score = f32::from_le_bytes(array(&scores[4 * id..4 * id + 4]));
        if piece.is_empty() || !score.is_finite() {
            return Err(format!("piece {id} is empty or its score is not finite"));
        }
        pieces.push((piece, score));
    }
    let normalization = parse_normalization(reader)?;
    Ok(Vocabulary {
        pieces,
        begin,
        end,
        pad,
        unknown,
        normalization,
    })
}

fn parse_normalization(reader: &mut Reader<'_>) -> Result<Vec<(char, String)>, String> {
    const WHAT: &str = "normalisation map";
    let count = reader.i32(WHAT)?;
    let length = reader.u32(WHAT)? as usize;
    let bytes = reader.take(length, WHAT)?;
    let mut map = Vec::new();
    let mut inner = Reader { file: bytes, at: 0 };
    while inner.at < bytes.len() {
        let from = inner.char(WHAT)?;
        let length = inner.take(1, WHAT)?[0];
        let to = (0..length)
            .map(|_| inner.char(WHAT))
            .collect::<Result<String, String>>()?;
        map.push((from, to));
    }
    if i64::from(count) != map.len() as i64 {
        return Err(format!("{WHAT}: {} entries, not {count}", map.len()));
    }
    Ok(map)
}

fn parse_directory<'a>(reader: &mut Reader<'a>) -> Result<HashMap<&'a str, Tensor<'a>>, String> {
    let count = reader.size("number of tensors")?;
    let mut tensors = HashMap::new();
    for _ in 0..count {
        let length = u16::from_le_bytes(array(reader.take(2, "tensor name")?));
        let name = reader.take(length.into(), "tensor name")?;
        let name = std::str::from_utf8(name).map_err(|_| "a tensor's name is not UTF-8".to_owned())?;
        let storage = reader.take(1, name)?[0];
        let elements = reader.u32(name)? as usize;
        let start = reader.length(name)?;
        let length = reader.length(name)?;
        let (storage, expected) = match storage {
            0 => (Storage::F32, elements.checked_mul(4)),
            1 if elements.is_multiple_of(BLOCK) => (Storage::Blocks, (elements / BLOCK).checked_mul(BLOCK_BYTES)),
            _ => return Err(format!("{name}: storage {storage} of {elements} elements is not known")),
        };
        if expected != Some(length) {
            return Err(format!("{name}: {length} bytes for {elements} elements"));
        }
        let bytes = start
            .checked_add(length)
            .and_then(|end| reader.file.get(start..end))
            .ok_or_else(|| format!("{name}: lies beyond the end of the file; the file is truncated"))?;
        if tensors.insert(name, Tensor { storage, bytes }).is_some() {
            return Err(format!("{name}: there twice"));
        }
    }
    Ok(tensors)
}

/// A place in the file from which the next value is read.
struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], String> {
        let end = self.at.checked_add(length);
        let bytes = end.and_then(|end| self.file.get(self.at..end));
        let bytes = bytes.ok_or_else(|| format!("ends at byte {} within {what}", self.file.len()))?;
        self.at += length;
        Ok(bytes)
    }

    fn u32(&mut self, what: &str) -> Result<u32, String> {
        Ok(u32::from_le_bytes(array(self.take(4, what)?)))
    }

    fn i32(&mut self, what: &str) -> Result<i32, String> {
        Ok(i32::from_le_bytes(array(self.take(4, what)?)))
    }

    fn f32(&mut self, what: &str) -> Result<f32, String> {
        Ok(f32::from_le_bytes(array(self.take(4, what)?)))
    }

    fn char(&mut self, what: &str) -> Result<char, String> {
        let code = self.u32(what)?;
        char::from_u32(code).ok_or_else(|| format!("{what}: {code:#x} is no character"))
    }

    /// A size in the network: positive and not absurd.
    fn size(&mut self, what: &str) -> Result<usize, String> {
        let size = self.i32(what)?;
        if !(1..=LARGEST).contains(&size) {
            return Err(format!("{what}: {size} is not between 1 and {LARGEST}"));
        }
        Ok(size as usize)
    }

    /// A length or place in bytes.
    fn length(&mut self, what: &str) -> Result<usize, String> {
        let length = u64::from_le_bytes(array(self.take(8, what)?));
        usize::try_from(length).map_err(|_| format!("{what}: {length} bytes are more than this machine can address"))
    }
}

/// A slice whose length the caller has just fixed, as an array.
pub(super) fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("the caller took exactly N bytes")
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A tiny but whole network: hidden 32, one layer, two heads, feed-forward 64, eight pieces.
    pub(crate) fn tiny_file() -> Vec<u8> {
        let pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁law", "a", "b"];
        let mut file = b"E5S1".to_vec();
        file.extend(1_u32.to_le_bytes());
        for size in [32_i32, 1, 2, 64, 8, 16, 2] {
            file.extend(size.to_le_bytes());
        }
        file.extend(1e-12_f32.to_le_bytes());
        for number in [32_i32, pieces.len() as i32, 0, 2, 1, 3] {
            file.extend(number.to_le_bytes());
        }
        let blob = pieces.concat();
        file.extend((blob.len() as u64).to_le_bytes());
        let mut offset = 0_u32;
        file.extend(offset.to_le_bytes());
        for piece in pieces {
            offset += piece.len() as u32;
            file.extend(offset.to_le_bytes());
        }
        for id in 0..pieces.len() {
            file.extend((-(id as f32)).to_le_bytes());
        }
        file.extend(blob.as_bytes());
        // Two entries: tab -> space, U+FB01 -> "fi".
        file.extend(2_i32.to_le_bytes());
        file.extend(22_u32.to_le_bytes());
        for (from, to) in [('\t', " "), ('ﬁ', "fi")] {
            file.extend(u32::from(from).to_le_bytes());
            file.push(to.len() as u8);
            to.chars().for_each(|c| file.extend(u32::from(c).to_le_bytes()));
        }
        append_tensors(&mut file);
        file
    }

    fn append_tensors(file: &mut Vec<u8>) {
        let blocks = |rows: usize, columns: usize| {
            let mut block = f16::from_f32(0.5).to_le_bytes().to_vec();
            block.extend((0..16).map(|j| j | (15 - j) << 4));
            (1_u8, rows * columns, block.repeat(rows * columns / BLOCK))
        };
        let ones = |length: usize| (0_u8, length, 1_f32.to_le_bytes().repeat(length));
        let mut tensors = vec![
            ("emb.word".to_owned(), blocks(8, 32)),
            ("emb.pos".to_owned(), ones(16 * 32)),
        ];
        tensors.push(("emb.type".to_owned(), ones(64)));
        for (name, rows, columns) in [
            ("q", 32, 32),
            ("k", 32, 32),
            ("v", 32, 32),
            ("ao", 32, 32),
            ("fi", 64, 32),
            ("fo", 32, 64),
        ] {
            tensors.push((format!("l0.{name}.w"), blocks(rows, columns)));
            tensors.push((format!("l0.{name}.b"), ones(rows)));
        }
        for name in ["emb.ln", "l0.aln", "l0.oln"] {
            tensors.push((format!("{name}.w"), ones(32)));
            tensors.push((format!("{name}.b"), ones(32)));
        }
        file.extend((tensors.len() as i32).to_le_bytes());
        let directory: usize = tensors.iter().map(|(name, _)| 2 + name.len() + 21).sum();
        let mut start = file.len() + directory;
        for (name, (storage, elements, bytes)) in &tensors {
            file.extend((name.len() as u16).to_le_bytes());
            file.extend(name.as_bytes());
            file.push(*storage);
            file.extend((*elements as u32).to_le_bytes());
            file.extend((start as u64).to_le_bytes());
            file.extend((bytes.len() as u64).to_le_bytes());
            start += bytes.len();
        }
        tensors.iter().for_each(|(_, (_, _, bytes))| file.extend(bytes));
    }

    #[test]
    fn reads_a_whole_file() {
        let file = tiny_file();
        let weights = WeightFile::parse(&file).unwrap();
        assert_eq!(
            (weights.shape.hidden, weights.shape.heads, weights.shape.feed_forward),
            (32, 2, 64)
        );
        assert_eq!(weights.vocabulary.pieces[5], ("▁law", -5.0));
        assert_eq!(weights.vocabulary.normalization[1], ('ﬁ', "fi".to_owned()));
        assert_eq!(weights.f32s("l0.aln.w", 32).unwrap(), vec![1.0; 32]);
        assert_eq!(weights.blocks("l0.fi.w", 64, 32).unwrap().len(), 64 * BLOCK_BYTES);
        assert!(weights.f32s("l0.aln.w", 33).unwrap_err().contains("l0.aln.w"));
        assert!(weights.f32s("l9.aln.w", 32).is_err());
    }

    #[test]
    fn a_block_is_read_low_halves_first() {
        let mut block = [0_u8; BLOCK_BYTES];
        block[..2].copy_from_slice(&f16::from_f32(0.25).to_le_bytes());
        block[2] = 0xf0;
        block[17] = 0x09;
        let weights = dequantize(&block).unwrap();
        assert_eq!(
            (weights[0], weights[16], weights[15], weights[31]),
            (-2.0, 1.75, 0.25, -2.0)
        );
        block[..2].copy_from_slice(&f16::NAN.to_le_bytes());
        assert!(dequantize(&block).is_none());
    }

    #[test]
    fn every_truncation_is_refused() {
        let file = tiny_file();
        for length in 0..file.len() {
            assert!(
                WeightFile::parse(&file[..length]).is_err(),
                "{length} of {}",
                file.len()
            );
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = WeightFile::parse(&bytes);
        }

        #[test]
        fn altered_bytes_never_panic(place in any::<prop::sample::Index>(), bytes in any::<[u8; 4]>()) {
            let mut file = tiny_file();
            let at = place.index(file.len() - 4);
            file[at..at + 4].copy_from_slice(&bytes);
            if let Ok(weights) = WeightFile::parse(&file) {
                let _ = weights.f32s("emb.pos", 512);
            }
        }
    }
}
