//! The part of ONNX's file format that a converted model needs, written out by hand so that no protobuf compiler
//! is needed to build this program.
//!
//! Field numbers are those of `onnx.proto` (ONNX 1.17); fields that are never written are left out, which
//! protobuf allows. Comes in: nodes, weights, inputs and outputs. Goes out: the bytes of `model.onnx`.

use prost::Message;

/// `IR_VERSION` 10 came with ONNX 1.16; ONNX Runtime reads it since 1.18.
const IR_VERSION: i64 = 10;
/// Version of the standard operators: the first in which all that are used here have their present form.
const STANDARD_OPERATORS: i64 = 21;
/// The domain of ONNX Runtime's own operators.
pub(super) const CONTRIB: &str = "com.microsoft";

/// What a tensor's numbers are, with ONNX's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// 32-bit float.
    F32 = 1,
    /// Unsigned byte.
    U8 = 2,
    /// Signed byte.
    I8 = 3,
    /// 32-bit integer.
    I32 = 6,
    /// 64-bit integer.
    I64 = 7,
    /// 16-bit float.
    F16 = 10,
}

/// A file: the graph and the versions of the operators in it.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Model {
    #[prost(int64, optional, tag = "1")]
    ir_version: Option<i64>,
    #[prost(string, optional, tag = "2")]
    producer_name: Option<String>,
    #[prost(message, optional, tag = "7")]
    graph: Option<Graph>,
    #[prost(message, repeated, tag = "8")]
    opset_import: Vec<OperatorSet>,
}

#[derive(Clone, PartialEq, Message)]
struct OperatorSet {
    #[prost(string, optional, tag = "1")]
    domain: Option<String>,
    #[prost(int64, optional, tag = "2")]
    version: Option<i64>,
}

/// Nodes in an order in which each finds its inputs ready, and the constants they use.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Graph {
    #[prost(message, repeated, tag = "1")]
    node: Vec<Node>,
    #[prost(string, optional, tag = "2")]
    name: Option<String>,
    #[prost(message, repeated, tag = "5")]
    initializer: Vec<Tensor>,
    #[prost(message, repeated, tag = "11")]
    input: Vec<ValueInfo>,
    #[prost(message, repeated, tag = "12")]
    output: Vec<ValueInfo>,
}

#[derive(Clone, PartialEq, Message)]
struct Node {
    #[prost(string, repeated, tag = "1")]
    input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    output: Vec<String>,
    #[prost(string, optional, tag = "3")]
    name: Option<String>,
    #[prost(string, optional, tag = "4")]
    op_type: Option<String>,
    #[prost(message, repeated, tag = "5")]
    attribute: Vec<Attribute>,
    #[prost(string, optional, tag = "7")]
    domain: Option<String>,
}

/// A node's constant setting.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Attribute {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(float, optional, tag = "2")]
    f: Option<f32>,
    #[prost(int64, optional, tag = "3")]
    i: Option<i64>,
    #[prost(int32, optional, tag = "20")]
    kind: Option<i32>,
}

impl Attribute {
    /// A float setting.
    pub(super) fn float(name: &str, value: f32) -> Self {
        Self {
            name: Some(name.to_owned()),
            f: Some(value),
            i: None,
            kind: Some(1),
        }
    }

    /// An integer setting.
    pub(super) fn int(name: &str, value: i64) -> Self {
        Self {
            name: Some(name.to_owned()),
            f: None,
            i: Some(value),
            kind: Some(2),
        }
    }
}

#[derive(Clone, PartialEq, Message)]
struct Tensor {
    // The format is proto2, where repeated numbers are not packed.
    #[prost(int64, repeated, packed = "false", tag = "1")]
    dims: Vec<i64>,
    #[prost(int32, optional, tag = "2")]
    data_type: Option<i32>,
    #[prost(string, optional, tag = "8")]
    name: Option<String>,
    #[prost(bytes = "vec", optional, tag = "9")]
    raw_data: Option<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
struct ValueInfo {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(message, optional, tag = "2")]
    kind: Option<Type>,
}

#[derive(Clone, PartialEq, Message)]
struct Type {
    #[prost(message, optional, tag = "1")]
    tensor: Option<TensorType>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorType {
    #[prost(int32, optional, tag = "1")]
    number: Option<i32>,
    #[prost(message, optional, tag = "2")]
    shape: Option<TensorShape>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorShape {
    #[prost(message, repeated, tag = "1")]
    dim: Vec<Dimension>,
}

#[derive(Clone, PartialEq, Message)]
struct Dimension {
    #[prost(int64, optional, tag = "1")]
    value: Option<i64>,
    #[prost(string, optional, tag = "2")]
    parameter: Option<String>,
}

/// One side of an input's or output's shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    /// Differs from call to call; equal names are equal lengths.
    Free(&'static str),
    /// Always this length.
    Fixed(usize),
}

impl Graph {
    /// Begins a graph of this name.
    pub(super) fn named(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..Self::default()
        }
    }

    /// Adds a constant and gives its name. `raw` holds the numbers in little endian, the last side running fastest.
    pub(super) fn constant(&mut self, name: &str, number: Number, sides: &[usize], raw: Vec<u8>) -> String {
        self.initializer.push(Tensor {
            dims: sides.iter().map(|&side| side as i64).collect(),
            data_type: Some(number as i32),
            name: Some(name.to_owned()),
            raw_data: Some(raw),
        });
        name.to_owned()
    }

    /// Adds a node with one output, named after it, and gives the output's name. An empty input is one left out.
    pub(super) fn node(
        &mut self,
        (domain, op): (&str, &str),
        inputs: &[&str],
        output: &str,
        attributes: Vec<Attribute>,
    ) -> String {
        self.node_of_many((domain, op), inputs, &[output], attributes);
        output.to_owned()
    }

    /// Adds a node with several outputs.
    pub(super) fn node_of_many(
        &mut self,
        (domain, op): (&str, &str),
        inputs: &[&str],
        outputs: &[&str],
        attribute: Vec<Attribute>,
    ) {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        self.node.push(Node {
            input: owned(inputs),
            output: owned(outputs),
            name: outputs.first().map(|name| format!("{name}/{op}")),
            op_type: Some(op.to_owned()),
            attribute,
            domain: Some(domain.to_owned()),
        });
    }

    /// Declares an input of the graph.
    pub(super) fn input(&mut self, name: &str, number: Number, sides: &[Side]) {
        self.input.push(value(name, number, sides));
    }

    /// Declares which node's output is the graph's.
    pub(super) fn output(&mut self, name: &str, number: Number, sides: &[Side]) {
        self.output.push(value(name, number, sides));
    }

    /// The finished file.
    pub(super) fn into_file(self) -> Vec<u8> {
        let operators = |domain: &str, version| OperatorSet {
            domain: Some(domain.to_owned()),
            version: Some(version),
        };
        let model = Model {
            ir_version: Some(IR_VERSION),
            producer_name: Some(env!("CARGO_PKG_NAME").to_owned()),
            graph: Some(self),
            opset_import: vec![operators("", STANDARD_OPERATORS), operators(CONTRIB, 1)],
        };
        model.encode_to_vec()
    }
}

fn value(name: &str, number: Number, sides: &[Side]) -> ValueInfo {
    let dim = sides
        .iter()
        .map(|side| match *side {
            Side::Free(name) => Dimension {
                value: None,
                parameter: Some(name.to_owned()),
            },
            Side::Fixed(length) => Dimension {
                value: Some(length as i64),
                parameter: None,
            },
        })
        .collect();
    let tensor = TensorType {
        number: Some(number as i32),
        shape: Some(TensorShape { dim }),
    };
    ValueInfo {
        name: Some(name.to_owned()),
        kind: Some(Type { tensor: Some(tensor) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_format() {
        let mut graph = Graph::named("g");
        graph.node(("", "Relu"), &["x"], "y", vec![Attribute::int("axis", 0)]);
        let bytes = graph.into_file();
        // ir_version: field 1, varint 10.
        assert_eq!(bytes[..2], [0x08, 10]);
        // The node's input `x` (field 1) and its type `Relu` (field 4), length-delimited.
        assert!(bytes.windows(3).any(|three| three == [0x0a, 1, b'x']));
        assert!(bytes.windows(6).any(|six| six == [0x22, 4, b'R', b'e', b'l', b'u']));
        // An attribute of value 0 is written all the same: field 3, varint 0.
        assert!(bytes.windows(2).any(|two| two == [0x18, 0]));
    }

    #[test]
    fn decodes_what_it_encodes() {
        let mut graph = Graph::named("g");
        graph.constant("w", Number::I8, &[2, 3], vec![1, 2, 3, 4, 5, 6]);
        graph.input("x", Number::F32, &[Side::Free("batch"), Side::Fixed(2)]);
        graph.output("y", Number::F32, &[Side::Free("batch"), Side::Fixed(3)]);
        let model = Model::decode(graph.clone().into_file().as_slice()).unwrap();
        assert_eq!(model.graph, Some(graph));
        assert_eq!(model.opset_import.len(), 2);
    }
}
