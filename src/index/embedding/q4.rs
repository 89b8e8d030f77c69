//! Reads the 4-bit weight file: sizes, tokenizer pieces and tensors.
//!
//! Layout, little endian: magic `E5S1`, version, nine sizes, the pieces with their scores, a normalisation map
//! (passed over: it is NFKC with the NMT rules, which the tokenizer library has), a directory, the tensors. Nothing in
//! it is trusted: every length is checked before it is used.

use std::collections::HashMap;

/// Weights in one 4-bit block; they share a scale.
pub(super) const BLOCK: usize = 32;
/// Bytes of one block: an f16 scale and 32 half bytes.
const BLOCK_BYTES: usize = 18;

/// A weight file, borrowed.
#[derive(Debug)]
pub(super) struct WeightFile<'a> {
    /// Length of a token's vector.
    pub hidden: usize,
    /// Layers.
    pub layers: usize,
    /// Attention heads.
    pub heads: usize,
    /// Width of the feed-forward step.
    pub feed_forward: usize,
    /// Rows of the word table.
    pub vocabulary: usize,
    /// Rows of the position table.
    pub positions: usize,
    /// Added to variances in layer normalisation.
    pub epsilon: f32,
    /// Unigram pieces with their scores, by id.
    pub pieces: Vec<(&'a str, f32)>,
    tensors: HashMap<&'a str, &'a [u8]>,
}

/// What is wrong with a weight file, in words.
type Problem = String;

/// A 4-bit block as stored: its f16 scale, and sixteen bytes of two weights each.
pub(super) type Block = ([u8; 2], [u8; 16]);

/// Reads a slice front to back, never past its end.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Problem> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| format!("ends at byte {} where {length} more should follow", self.bytes.len()))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        Ok(self.take(N)?.try_into().expect("take gives the length asked for"))
    }

    fn u32(&mut self) -> Result<u32, Problem> {
        self.array().map(u32::from_le_bytes)
    }

    /// A size: an i32 that lies between 1 and `most`.
    fn size(&mut self, what: &str, most: i32) -> Result<usize, Problem> {
        let size = self.array().map(i32::from_le_bytes)?;
        if (1..=most).contains(&size) {
            Ok(size as usize)
        } else {
            Err(format!("{what} is {size}, not 1 to {most}"))
        }
    }

    fn numbers(&mut self, count: usize) -> Result<&'a [u8], Problem> {
        self.take(count.checked_mul(4).ok_or("a length overflows")?)
    }
}

impl<'a> WeightFile<'a> {
    /// Reads the whole directory; tensors stay where they are.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Problem> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(4)? != b"E5S1" {
            return Err("does not begin with E5S1".to_owned());
        }
        reader.u32()?;
        let hidden = reader.size("the hidden size", 8192)?;
        let layers = reader.size("the number of layers", 100)?;
        let heads = reader.size("the number of heads", 256)?;
        let feed_forward = reader.size("the feed-forward size", 65_536)?;
        let vocabulary = reader.size("the vocabulary", 2_000_000)?;
        let positions = reader.size("the number of positions", 65_536)?;
        reader.size("the number of token types", 16)?;
        let epsilon = reader.array().map(f32::from_le_bytes)?;
        if reader.size("the block size", 256)? != BLOCK || hidden % BLOCK != 0 || feed_forward % BLOCK != 0 {
            return Err(format!("blocks are not of {BLOCK} weights"));
        }
        let pieces = read_pieces(&mut reader)?;
        let tensors = read_directory(&mut reader)?;
        Ok(Self {
            hidden,
            layers,
            heads,
            feed_forward,
            vocabulary,
            positions,
            epsilon,
            pieces,
            tensors,
        })
    }

    fn tensor(&self, name: &str, bytes: usize) -> Result<&'a [u8], Problem> {
        let tensor = self.tensors.get(name).ok_or_else(|| format!("has no tensor {name}"))?;
        if tensor.len() == bytes {
            Ok(tensor)
        } else {
            Err(format!("{name} has {} bytes, not {bytes}", tensor.len()))
        }
    }

    /// A float32 tensor of `count` numbers.
    pub(super) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, Problem> {
        let bytes = self.tensor(name, count * 4)?;
        Ok(bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect())
    }

    /// The blocks of a 4-bit tensor of `rows` × `columns`: scale (f16 as stored) and sixteen bytes each.
    pub(super) fn blocks(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<Block>, Problem> {
        let bytes = self.tensor(name, rows * columns / BLOCK * BLOCK_BYTES)?;
        let split = |block: &[u8; BLOCK_BYTES]| {
            let (scale, halves) = block.split_at(2);
            (
                scale.try_into().expect("split at two"),
                halves.try_into().expect("eighteen less two is sixteen"),
            )
        };
        Ok(bytes.as_chunks::<BLOCK_BYTES>().0.iter().map(split).collect())
    }

    /// A 4-bit tensor as numbers, row by row.
    pub(super) fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<f32>, Problem> {
        let blocks = self.blocks(name, rows, columns)?;
        Ok(blocks
            .iter()
            .flat_map(|(scale, halves)| weights(*scale, halves))
            .collect())
    }
}

/// The thirty-two weights of a block: byte j holds weight j in its low half and weight j + 16 in its high half.
fn weights(scale: [u8; 2], halves: &[u8; 16]) -> [f32; BLOCK] {
    let scale = half::f16::from_le_bytes(scale).to_f32();
    std::array::from_fn(|at| {
        let byte = halves[at % 16];
        let half = if at < 16 { byte & 15 } else { byte >> 4 };
        (f32::from(half) - 8.0) * scale
    })
}

fn read_pieces<'a>(reader: &mut Reader<'a>) -> Result<Vec<(&'a str, f32)>, Problem> {
    let count = reader.size("the number of pieces", 2_000_000)?;
    // Ids of begin, end, padding and unknown: 0, 2, 1, 3 in this family of models, which the tokenizer file repeats.
    reader.take(16)?;
    let length = usize::try_from(u64::from_le_bytes(reader.array()?)).map_err(|_| "a length overflows")?;
    let number = |four: &[u8; 4]| u32::from_le_bytes(*four) as usize;
    let offsets: Vec<usize> = reader.numbers(count + 1)?.as_chunks().0.iter().map(number).collect();
    let scores = reader.numbers(count)?;
    let blob = reader.take(length)?;
    let (pairs, _) = scores.as_chunks::<4>();
    let piece = |(ends, score): (&[usize], &[u8; 4])| {
        let text = blob
            .get(ends[0]..ends[1])
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        Ok((text.ok_or("a piece is not text")?, f32::from_le_bytes(*score)))
    };
    let pieces = offsets.windows(2).zip(pairs).map(piece).collect();
    reader.take(4)?;
    let map = reader.u32()? as usize;
    reader.take(map)?;
    pieces
}

fn read_directory<'a>(reader: &mut Reader<'a>) -> Result<HashMap<&'a str, &'a [u8]>, Problem> {
    let entries = reader.size("the number of tensors", 100_000)?;
    let mut tensors = HashMap::new();
    for _ in 0..entries {
        let length = usize::from(u16::from_le_bytes(reader.array()?));
        let name = std::str::from_utf8(reader.take(length)?).map_err(|_| "a tensor's name is not text")?;
        reader.take(5)?;
        let from = usize::try_from(u64::from_le_bytes(reader.array()?)).map_err(|_| "an offset overflows")?;
        let bytes = usize::try_from(u64::from_le_bytes(reader.array()?)).map_err(|_| "a length overflows")?;
        let tensor = from.checked_add(bytes).and_then(|end| reader.bytes.get(from..end));
        tensors.insert(name, tensor.ok_or_else(|| format!("{name} lies outside the file"))?);
    }
    Ok(tensors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unpacks_a_block() {
        let mut halves = [0x80_u8; 16];
        halves[0] = 0x9f;
        let scale = half::f16::from_f32(0.5).to_le_bytes();
        let unpacked = weights(scale, &halves);
        assert_eq!(
            (unpacked[0], unpacked[16], unpacked[1], unpacked[17]),
            (3.5, 0.5, -4.0, 0.0)
        );
    }

    #[test]
    fn says_where_a_file_ends() {
        assert_eq!(WeightFile::read(b"E5S2....").unwrap_err(), "does not begin with E5S1");
        assert!(
            WeightFile::read(b"E5S1\0\0\0\0\x80\x01")
                .unwrap_err()
                .contains("ends at byte 10")
        );
    }

    proptest! {
        #[test]
        fn never_panics(rest in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = WeightFile::read(&rest);
            let _ = WeightFile::read(&[b"E5S1", rest.as_slice()].concat());
        }
    }
}
