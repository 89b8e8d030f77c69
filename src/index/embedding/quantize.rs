//! 4-bit blocks -> the forms in which the network's weights are written.
//!
//! Linear layers become signed bytes with one scale per output channel, for ONNX Runtime's dynamic int8 matrix
//! product. Seven bits of the byte are used (-63 to 63): on x86-64 without VNNI the product adds pairs of
//! u8 × i8 in 16 bits, and 2 × 255 × 127 does not fit there while 2 × 255 × 63 does, so that all machines give the
//! same vectors. The eighth bit would gain nothing measurable (cosine to float32 0.992 to 0.998 either way): the
//! weights come from four bits.

use half::f16;

use super::q4::{BLOCK, BLOCK_BYTES, array, dequantize};

/// The greatest absolute value of an int8 weight.
const GREATEST: f32 = 63.0;

/// A linear layer's weights, transposed as ONNX wants them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Int8Matrix {
    /// `columns × rows` signed bytes: input channels × output channels.
    pub weights: Vec<u8>,
    /// One scale per output channel.
    pub scales: Vec<f32>,
}

/// Quantises matrices of `columns` input channels each, stacked along their output channels.
///
/// # Errors
/// When a block's scale is not finite.
pub(super) fn int8_per_output_channel(matrices: &[&[u8]], columns: usize) -> Result<Int8Matrix, String> {
    let row_bytes = columns / BLOCK * BLOCK_BYTES;
    let rows: Vec<&[u8]> = matrices
        .iter()
        .flat_map(|matrix| matrix.chunks_exact(row_bytes))
        .collect();
    let mut matrix = Int8Matrix {
        weights: vec![0; columns * rows.len()],
        scales: Vec::with_capacity(rows.len()),
    };
    for (output, blocks) in rows.iter().enumerate() {
        let row = dequantized(blocks)?;
        let greatest = row.iter().fold(0.0_f32, |greatest, weight| greatest.max(weight.abs()));
        let scale = if greatest == 0.0 { 1.0 } else { greatest / GREATEST };
        for (input, weight) in row.iter().enumerate() {
            // Within ±63 by the choice of the scale.
            matrix.weights[input * rows.len() + output] = ((weight / scale).round() as i8).cast_unsigned();
        }
        matrix.scales.push(scale);
    }
    Ok(matrix)
}

/// The same weights in float32, transposed: `columns × rows`.
///
/// # Errors
/// When a block's scale is not finite.
pub(super) fn f32_transposed(matrix: &[u8], columns: usize) -> Result<Vec<f32>, String> {
    let weights = dequantized(matrix)?;
    let rows = weights.len() / columns;
    Ok((0..weights.len())
        .map(|at| weights[at % rows * columns + at / rows])
        .collect())
}

fn dequantized(blocks: &[u8]) -> Result<Vec<f32>, String> {
    let mut weights = Vec::with_capacity(blocks.len() / BLOCK_BYTES * BLOCK);
    for block in blocks.chunks_exact(BLOCK_BYTES) {
        weights.extend(dequantize(&array(block)).ok_or("a block's scale is not finite")?);
    }
    Ok(weights)
}

/// A 4-bit table, its numbers as shipped, in the order in which ONNX Runtime's `GatherBlockQuantized` reads them.
#[derive(Debug, PartialEq)]
pub(super) struct Int4Table {
    /// Two neighbours to a byte, the first in the low half, each plus 8.
    pub halves: Vec<u8>,
    /// One f16 scale per block, as raw bytes.
    pub scales: Vec<u8>,
}

/// Reorders a table's half bytes; no number changes.
///
/// # Errors
/// When a block's scale is not finite.
pub(super) fn int4_table(blocks: &[u8]) -> Result<Int4Table, String> {
    let count = blocks.len() / BLOCK_BYTES;
    let mut table = Int4Table {
        halves: Vec::with_capacity(count * BLOCK / 2),
        scales: Vec::with_capacity(count * 2),
    };
    for block in blocks.chunks_exact(BLOCK_BYTES) {
        let (scale, bytes) = block.split_at(2);
        if !f16::from_le_bytes(array(scale)).is_finite() {
            return Err("a block's scale is not finite".to_owned());
        }
        table.scales.extend(scale);
        // Shipped: byte j holds weights j and j + 16. Wanted: byte j holds weights 2j and 2j + 1.
        table
            .halves
            .extend(bytes.chunks_exact(2).map(|pair| pair[0] & 15 | (pair[1] & 15) << 4));
        table
            .halves
            .extend(bytes.chunks_exact(2).map(|pair| pair[0] >> 4 | pair[1] & 0xf0));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(scale: f32, first: u8) -> Vec<u8> {
        let mut block = f16::from_f32(scale).to_le_bytes().to_vec();
        block.push(first);
        block.extend([0x88; 15]);
        block
    }

    #[test]
    fn one_scale_per_output_channel_and_transposed() {
        // Two rows of 32 columns: weights 0 and 16 are set, all others are zero.
        let rows = [block(1.0, 0xf0), block(0.5, 0x8c)].concat();
        let matrix = int8_per_output_channel(&[&rows], 32).unwrap();
        assert_eq!(matrix.scales, [8.0 / 63.0, 2.0 / 63.0]);
        let at = |input: usize, output: usize| matrix.weights[input * 2 + output].cast_signed();
        assert_eq!((at(0, 0), at(16, 0), at(1, 0)), (-63, 55, 0));
        assert_eq!((at(0, 1), at(16, 1)), (63, 0));
    }

    #[test]
    fn float_weights_are_transposed() {
        let rows = [block(1.0, 0xf0), block(0.5, 0x8c)].concat();
        let weights = f32_transposed(&rows, 32).unwrap();
        assert_eq!(
            (weights[0], weights[1], weights[16 * 2], weights[16 * 2 + 1]),
            (-8.0, 2.0, 7.0, 0.0)
        );
    }

    #[test]
    fn a_row_of_zeros_stays_zero() {
        let matrix = int8_per_output_channel(&[&block(0.0, 0x12)], 32).unwrap();
        assert!(matrix.weights.iter().all(|&weight| weight == 0));
        assert_eq!(matrix.scales, [1.0]);
    }

    #[test]
    fn the_table_keeps_every_number() {
        let mut shipped = f16::from_f32(0.25).to_le_bytes().to_vec();
        shipped.extend((0..16).map(|j: u8| j | (15 - j) << 4));
        let table = int4_table(&shipped).unwrap();
        let wanted = dequantize(&array(&shipped)).unwrap();
        let found: Vec<f32> = table
            .halves
            .iter()
            .flat_map(|byte| [byte & 15, byte >> 4])
            .map(|half| (f32::from(half) - 8.0) * 0.25)
            .collect();
        assert_eq!(found, wanted);
        assert!(int4_table(&[f16::INFINITY.to_le_bytes().as_slice(), &[0; 16]].concat()).is_err());
    }
}
