//! `vectors.bin`: one row per passage, little endian.
//!
//! ```text
//! header   128 bytes: magic, u32 version, u32 dimensions, u64 rows, SHA-256 of the model's id
//! rows     20 bytes each: u32 provision ordinal, u32 passage, u32 start and u32 end in the text, f32 scale
//! int8     each row padded to 64 bytes: round(x / scale); what is scanned
//! float32  each row: what the best are measured by again
//! ```
//!
//! Rows stand in order of (ordinal, passage), so those of a provision are neighbours. The parts begin at
//! multiples of 64 bytes, the width of a cache line and of the widest SIMD register.

use std::io::Write;
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::index::IndexError;
use crate::index::durable::write_synced;

pub(super) const MAGIC: [u8; 8] = *b"COLLEXV\n";
pub(super) const VERSION: u32 = 1;
pub(super) const HEADER: usize = 128;
pub(super) const ROW: usize = 20;
const ALIGN: usize = 64;

/// Which passage of which provision a vector belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Ordinal of the provision.
    pub ordinal: u32,
    /// Number of the passage in it, from 0.
    pub passage: u32,
    /// Where the passage stands in the provision's text, in bytes.
    pub range: Range<u32>,
}

/// Where the parts of a file with so many rows begin, and its length.
pub(super) struct Layout {
    pub stride: usize,
    pub int8: usize,
    pub float32: usize,
    pub len: usize,
}

impl Layout {
    /// None when the numbers are too large to be a file.
    pub(super) fn of(rows: usize, dimensions: usize) -> Option<Self> {
        let stride = dimensions.checked_next_multiple_of(ALIGN)?;
        let int8 = rows
            .checked_mul(ROW)?
            .checked_add(HEADER)?
            .checked_next_multiple_of(ALIGN)?;
        let float32 = rows.checked_mul(stride)?.checked_add(int8)?;
        let len = rows.checked_mul(dimensions)?.checked_mul(4)?.checked_add(float32)?;
        Some(Self {
            stride,
            int8,
            float32,
            len,
        })
    }
}

/// The hash by which a file names its model.
pub(super) fn model_hash(model: &str) -> [u8; 32] {
    Sha256::digest(model).into()
}

/// Largest int8 step of a vector: its largest number becomes 127.
pub(super) fn scale_of(vector: &[f32]) -> f32 {
    vector.iter().fold(0.0_f32, |most, x| most.max(x.abs())) / 127.0
}

/// The vector in steps of `scale`. -128 is never used: some SIMD kernels cannot take its absolute value.
pub(super) fn quantized(vector: &[f32], scale: f32) -> impl Iterator<Item = i8> + '_ {
    vector
        .iter()
        .map(move |x| (x / scale).round().clamp(-127.0, 127.0) as i8)
}

/// The vector at length 1; none when it has no direction.
pub(super) fn normalised(vector: &[f32]) -> Option<Vec<f32>> {
    let norm = vector.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt();
    (norm.is_finite() && norm > 0.0).then(|| vector.iter().map(|x| (f64::from(*x) / norm) as f32).collect())
}

/// Writes `vectors.bin` and brings it to the disk. `rows` must stand in order of (ordinal, passage).
///
/// `vector_of` gives the vector of row `n`. It is asked twice for each, so that only the int8 rows of a large index
/// are held in memory.
///
/// # Errors
/// When a vector cannot be had, has no direction or another length, or writing fails.
pub fn write(
    path: &Path,
    model: &str,
    dimensions: usize,
    rows: &[Row],
    mut vector_of: impl FnMut(usize) -> Result<Vec<f32>, IndexError>,
) -> Result<(), IndexError> {
    debug_assert!(rows.is_sorted_by_key(|row| (row.ordinal, row.passage)));
    let mut get = |n: usize| {
        let vector = vector_of(n)?;
        if vector.len() != dimensions {
            return Err(IndexError::Dimensions {
                found: vector.len(),
                expected: dimensions,
            });
        }
        let about = || format!("passage {} of provision {}", rows[n].passage, rows[n].ordinal);
        normalised(&vector).ok_or_else(|| IndexError::NoDirection { text: about() })
    };
    // Scales first: the row table stands in front of the rows.
    let mut int8 = Vec::with_capacity(rows.len() * dimensions.next_multiple_of(ALIGN));
    let mut table = Vec::with_capacity(rows.len() * ROW + ALIGN);
    for (n, row) in rows.iter().enumerate() {
        let vector = get(n)?;
        let scale = scale_of(&vector);
        for number in [
            row.ordinal,
            row.passage,
            row.range.start,
            row.range.end,
            scale.to_bits(),
        ] {
            table.extend(number.to_le_bytes());
        }
        int8.extend(quantized(&vector, scale).map(|step| step as u8));
        int8.resize(int8.len().next_multiple_of(ALIGN), 0);
    }
    table.resize((HEADER + table.len()).next_multiple_of(ALIGN) - HEADER, 0);
    let mut failed = None;
    let written = write_synced(path, |file| {
        file.write_all(&header(model, dimensions, rows.len()))?;
        file.write_all(&table)?;
        file.write_all(&int8)?;
        for n in 0..rows.len() {
            match get(n) {
                Ok(vector) => vector.iter().try_for_each(|x| file.write_all(&x.to_le_bytes()))?,
                Err(error) => {
                    failed = Some(error);
                    return Ok(());
                }
            }
        }
        Ok(())
    });
    failed.map_or(written, Err)
}

fn header(model: &str, dimensions: usize, rows: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(VERSION.to_le_bytes());
    header.extend((dimensions as u32).to_le_bytes());
    header.extend((rows as u64).to_le_bytes());
    header.extend(model_hash(model));
    header.resize(HEADER, 0);
    header
}
