//! Weight file -> network: a BERT encoder with layer normalisation after each half layer, as an ONNX graph.
//!
//! Inputs `input_ids` and `attention_mask` (batch × tokens, i64), output `last_hidden_state` (batch × tokens ×
//! hidden, f32); pooling is left to the caller. Token types are all zero in this model, so their row is added to
//! the positions once, here.
//!
//! The operators were chosen by measurement (two cores, AVX-512 VNNI, 100 tokens): `QAttention` and
//! `DynamicQuantizeMatMul` give 97 passages a second, float32 37, `MatMulNBits` on the 4 bits as shipped 41.
//! The residual is added with `Sum`, since ONNX Runtime would join an `Add` and the normalisation after it into
//! `SkipLayerNormalization`, which takes three times as long as the two.

use super::{
    onnx::{Attribute, CONTRIB, Graph, Number, Side},
    q4::{BLOCK, WeightFile},
    quantize::{f32_transposed, int4_table, int8_per_output_channel},
};

/// Layers whose feed-forward output is computed in float32. What comes out of GELU there has a few values far
/// greater than all others, and one scale for all of them leaves the others few of the 256 steps. Against
/// float32 throughout, these three layers halve the error of a similarity (mean 0.0049 -> 0.0023, greatest 0.017 ->
/// 0.007, cosine of a vector 0.997 -> 0.9986; ten texts in seven languages) for a tenth more time.
const FLOAT_OUTPUT: [usize; 3] = [0, 4, 5];

/// Writes the network.
///
/// # Errors
/// Names the tensor that is missing or has not the size the header says.
pub(super) fn onnx_file(weights: &WeightFile<'_>) -> Result<Vec<u8>, String> {
    let mut network = Network {
        graph: Graph::named("multilingual-e5-small"),
        weights,
    };
    let sides = [Side::Free("batch"), Side::Free("tokens")];
    network.graph.input("input_ids", Number::I64, &sides);
    network.graph.input("attention_mask", Number::I64, &sides);

    let mut hidden = network.embedding()?;
    network.graph.node(
        ("", "Cast"),
        &["attention_mask"],
        "mask",
        vec![Attribute::int("to", Number::I32 as i64)],
    );
    for layer in 0..weights.shape.layers {
        hidden = network.layer(layer, &hidden)?;
    }
    network
        .graph
        .node(("", "Identity"), &[&hidden], "last_hidden_state", Vec::new());
    let [batch, tokens] = sides;
    let sides = [batch, tokens, Side::Fixed(weights.shape.hidden)];
    network.graph.output("last_hidden_state", Number::F32, &sides);
    Ok(network.graph.into_file())
}

struct Network<'w> {
    graph: Graph,
    weights: &'w WeightFile<'w>,
}

impl Network<'_> {
    /// Word, position and type of each token, summed and normalised.
    fn embedding(&mut self) -> Result<String, String> {
        let shape = self.weights.shape;
        let (hidden, vocabulary) = (shape.hidden, shape.vocabulary);
        let table = int4_table(self.weights.blocks("emb.word", vocabulary, hidden)?)?;
        self.graph
            .constant("emb.word", Number::U8, &[vocabulary, hidden / 2], table.halves);
        self.graph.constant(
            "emb.word.scale",
            Number::F16,
            &[vocabulary, hidden / BLOCK],
            table.scales,
        );
        let attributes = vec![
            Attribute::int("bits", 4),
            Attribute::int("block_size", BLOCK as i64),
            Attribute::int("gather_axis", 0),
            Attribute::int("quantize_axis", 1),
        ];
        let inputs = ["emb.word", "input_ids", "emb.word.scale"];
        self.graph
            .node((CONTRIB, "GatherBlockQuantized"), &inputs, "word.f16", attributes);
        self.graph.node(
            ("", "Cast"),
            &["word.f16"],
            "word",
            vec![Attribute::int("to", Number::F32 as i64)],
        );

        let types = self.weights.f32s("emb.type", shape.types * hidden)?;
        let mut positions = self.weights.f32s("emb.pos", shape.positions * hidden)?;
        for row in positions.chunks_exact_mut(hidden) {
            row.iter_mut()
                .zip(&types)
                .for_each(|(position, first_type)| *position += first_type);
        }
        self.f32_constant("emb.pos", &[shape.positions, hidden], &positions);
        self.graph
            .constant("zero", Number::I64, &[1], 0_i64.to_le_bytes().to_vec());
        let second_side = vec![Attribute::int("start", 1), Attribute::int("end", 2)];
        self.graph.node(("", "Shape"), &["input_ids"], "tokens", second_side);
        self.graph.node(
            ("", "Slice"),
            &["emb.pos", "zero", "tokens", "zero"],
            "position",
            Vec::new(),
        );
        self.normalized_sum("word", "position", "emb.ln", "embedded")
    }

    /// One layer: attention and feed-forward, each followed by residual and normalisation.
    fn layer(&mut self, layer: usize, input: &str) -> Result<String, String> {
        let hidden = self.weights.shape.hidden;
        let name = |part: &str| format!("l{layer}.{part}");
        let context = self.attention(layer, input)?;
        let attended = self.linear(&context, &name("ao"), hidden, hidden)?;
        let middle = self.normalized_sum(&attended, input, &name("aln"), &name("attended"))?;
        let wide = self.linear(&middle, &name("fi"), hidden, self.weights.shape.feed_forward)?;
        let active = self.graph.node((CONTRIB, "Gelu"), &[&wide], &name("gelu"), Vec::new());
        let feed_forward = self.weights.shape.feed_forward;
        let narrow = if FLOAT_OUTPUT.contains(&layer) {
            self.float_linear(&active, &name("fo"), feed_forward, hidden)?
        } else {
            self.linear(&active, &name("fo"), feed_forward, hidden)?
        };
        self.normalized_sum(&narrow, &middle, &name("oln"), &name("out"))
    }

    /// Self-attention; query, key and value come out of one matrix product.
    fn attention(&mut self, layer: usize, input: &str) -> Result<String, String> {
        let hidden = self.weights.shape.hidden;
        let name = |part: &str| format!("l{layer}.{part}");
        let mut blocks = Vec::with_capacity(3);
        let mut bias = Vec::with_capacity(3 * hidden);
        for part in ["q", "k", "v"] {
            blocks.push(self.weights.blocks(&name(&format!("{part}.w")), hidden, hidden)?);
            bias.extend(self.weights.f32s(&name(&format!("{part}.b")), hidden)?);
        }
        let matrix = int8_per_output_channel(&blocks, hidden)?;
        let weight = self
            .graph
            .constant(&name("qkv.w"), Number::I8, &[hidden, 3 * hidden], matrix.weights);
        let scale = self.f32_constant(&name("qkv.scale"), &[3 * hidden], &matrix.scales);
        let bias = self.f32_constant(&name("qkv.b"), &[3 * hidden], &bias);
        // The weights are symmetric; the operator wants their zero points all the same when scales are per channel.
        let zeros = self
            .graph
            .constant(&name("qkv.zero"), Number::I8, &[3 * hidden], vec![0; 3 * hidden]);

        let (bytes, bytes_scale, bytes_zero) = (name("in.u8"), name("in.scale"), name("in.zero"));
        let outputs = [bytes.as_str(), &bytes_scale, &bytes_zero];
        self.graph
            .node_of_many(("", "DynamicQuantizeLinear"), &[input], &outputs, Vec::new());
        let inputs = [
            bytes.as_str(),
            &weight,
            &bias,
            &bytes_scale,
            &scale,
            "mask",
            &bytes_zero,
            &zeros,
        ];
        let heads = Attribute::int("num_heads", self.weights.shape.heads as i64);
        Ok(self
            .graph
            .node((CONTRIB, "QAttention"), &inputs, &name("context"), vec![heads]))
    }

    /// A linear layer `columns -> rows`; the activations are quantised on the way in.
    fn linear(&mut self, input: &str, name: &str, columns: usize, rows: usize) -> Result<String, String> {
        let blocks = self.weights.blocks(&format!("{name}.w"), rows, columns)?;
        let bias = self.weights.f32s(&format!("{name}.b"), rows)?;
        let matrix = int8_per_output_channel(&[blocks], columns)?;
        let weight = self
            .graph
            .constant(&format!("{name}.w"), Number::I8, &[columns, rows], matrix.weights);
        let scale = self.f32_constant(&format!("{name}.scale"), &[rows], &matrix.scales);
        let bias = self.f32_constant(&format!("{name}.b"), &[rows], &bias);
        let inputs = [input, &weight, &scale, "", &bias];
        Ok(self
            .graph
            .node((CONTRIB, "DynamicQuantizeMatMul"), &inputs, name, Vec::new()))
    }

    /// A linear layer in float32.
    fn float_linear(&mut self, input: &str, name: &str, columns: usize, rows: usize) -> Result<String, String> {
        let matrix = f32_transposed(self.weights.blocks(&format!("{name}.w"), rows, columns)?, columns)?;
        let bias = self.weights.f32s(&format!("{name}.b"), rows)?;
        let weight = self.f32_constant(&format!("{name}.w"), &[columns, rows], &matrix);
        let bias = self.f32_constant(&format!("{name}.b"), &[rows], &bias);
        let product = self.graph.node(
            ("", "MatMul"),
            &[input, &weight],
            &format!("{name}.product"),
            Vec::new(),
        );
        Ok(self.graph.node(("", "Add"), &[&product, &bias], name, Vec::new()))
    }

    /// Adds two vectors per token and normalises the sum; `name` is that of the normalisation's two tensors.
    fn normalized_sum(&mut self, one: &str, other: &str, name: &str, output: &str) -> Result<String, String> {
        let hidden = self.weights.shape.hidden;
        let [scale, bias] = [format!("{name}.w"), format!("{name}.b")];
        for tensor in [&scale, &bias] {
            let numbers = self.weights.f32s(tensor, hidden)?;
            self.f32_constant(tensor, &[hidden], &numbers);
        }
        let sum = self
            .graph
            .node(("", "Sum"), &[one, other], &format!("{output}.sum"), Vec::new());
        let attributes = vec![
            Attribute::float("epsilon", self.weights.shape.epsilon),
            Attribute::int("axis", -1),
        ];
        Ok(self
            .graph
            .node(("", "LayerNormalization"), &[&sum, &scale, &bias], output, attributes))
    }

    fn f32_constant(&mut self, name: &str, sides: &[usize], numbers: &[f32]) -> String {
        let raw = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.graph.constant(name, Number::F32, sides, raw)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::q4::tests::tiny_file, *};

    #[test]
    fn writes_a_network_for_a_tiny_file() {
        let file = tiny_file();
        let weights = WeightFile::parse(&file).unwrap();
        let bytes = onnx_file(&weights).unwrap();
        let contains = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(contains("last_hidden_state") && contains("QAttention") && contains("l0.oln.w"));
        assert!(!contains("l1."));
    }

    #[test]
    fn names_a_missing_tensor() {
        let mut file = tiny_file();
        let at = file.windows(7).position(|seven| seven == b"l0.fo.w").unwrap();
        file[at + 3] = b'x';
        let error = onnx_file(&WeightFile::parse(&file).unwrap()).unwrap_err();
        assert!(error.contains("l0.fo.w"), "{error}");
    }
}
