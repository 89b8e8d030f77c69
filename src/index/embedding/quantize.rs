//! Weights of a linear layer as int8 with one scale for each output.

/// An int8 matrix, input × output as ONNX multiplies, with a scale for each output.
pub(super) struct Quantized {
    /// `columns` rows of `rows` numbers: the transpose of the weights given.
    pub weights: Vec<i8>,
    /// One for each output.
    pub scales: Vec<f32>,
}

/// Greatest absolute value written. Seven bits and not eight: where a processor has no VNNI, the kernels add pairs of
/// u8 × i8 products in 16 bits, which 127 would overflow and 63 cannot. It costs 0.001 of cosine similarity.
const GREATEST: f32 = 63.0;

/// Quantises `matrix`, `rows` outputs of `columns` inputs each, symmetric about zero.
pub(super) fn by_output(matrix: &[f32], rows: usize, columns: usize) -> Quantized {
    let mut weights = vec![0_i8; rows * columns];
    let mut scales = Vec::with_capacity(rows);
    for (output, row) in matrix.chunks_exact(columns).enumerate() {
        let largest = row.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        let scale = if largest > 0.0 { largest / GREATEST } else { 1.0 };
        for (input, weight) in row.iter().enumerate() {
            weights[input * rows + output] = (weight / scale).round().clamp(-GREATEST, GREATEST) as i8;
        }
        scales.push(scale);
    }
    Quantized { weights, scales }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposes_and_keeps_within_half_a_step() {
        let matrix = [1.0, -0.5, 0.25, 0.0, 0.0, 0.0];
        let quantized = by_output(&matrix, 2, 3);
        assert_eq!(quantized.weights.len(), 6);
        assert_eq!((quantized.weights[0], quantized.weights[1]), (63, 0));
        for (input, weight) in matrix[..3].iter().enumerate() {
            let back = f32::from(quantized.weights[input * 2]) * quantized.scales[0];
            assert!((back - weight).abs() <= quantized.scales[0] / 2.0);
        }
    }
}
