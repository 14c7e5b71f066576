//! One ONNX session: token ids in, a unit vector out.

use std::sync::Arc;

use ort::session::builder::SessionBuilder;
use ort::session::{InMemorySession, SessionInputValue};
use ort::value::TensorRef;

use super::pooling::unit_vector;
use super::spec::{ModelSpec, Pooling};
use crate::{EngineError, Result};

/// A session together with the bytes whose weights it uses.
pub(super) struct SharedSession {
    /// Borrows from `bytes`, not from anything `'static`. Fields are dropped in order: the session goes first.
    session: InMemorySession<'static>,
    _bytes: Arc<Vec<u8>>,
}

impl SharedSession {
    /// Makes a session of `bytes`, a model in ONNX Runtime's own format.
    pub fn load(mut builder: SessionBuilder, bytes: Arc<Vec<u8>>) -> Result<Self, ort::Error> {
        // SAFETY: the vector is immutable in its Arc, which the value returned holds for longer than the session; the
        // session is private and never leaves.
        let borrowed: &'static [u8] = unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) };
        Ok(Self { session: builder.commit_from_memory_directly(borrowed)?, _bytes: bytes })
    }
}

/// What a model of the BERT family reads. A single text without padding has only real tokens of the first segment.
#[derive(Clone, Copy)]
pub(super) enum Input {
    Ids,
    Mask,
    Segments,
}

impl Input {
    /// The input that models call `name`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "input_ids" => Some(Self::Ids),
            "attention_mask" => Some(Self::Mask),
            "token_type_ids" => Some(Self::Segments),
            _ => None,
        }
    }
}

/// A loaded model that one thread at a time may run.
pub(super) struct ModelSession {
    shared: SharedSession,
    /// In the order in which the model takes them.
    inputs: Vec<Input>,
    dimensions: usize,
    pooling: Pooling,
}

impl ModelSession {
    /// A model with the `inputs` in its own order.
    pub fn new(shared: SharedSession, inputs: Vec<Input>, spec: &ModelSpec) -> Self {
        Self { shared, inputs, dimensions: spec.dimensions, pooling: spec.pooling }
    }

    /// The unit vector of one text. A row of its own, without padding, because int8 models take one scale for all
    /// activations of a run: in company a text would get another vector (microsoft/onnxruntime#10111).
    pub fn embed(&mut self, ids: &[i64]) -> Result<Vec<f32>> {
        let failed = |cause: ort::Error| EngineError::EmbeddingFailed(cause.to_string());
        let (ones, zeros) = (vec![1_i64; ids.len()], vec![0_i64; ids.len()]);
        let tensor = |input: &Input| {
            let data = match input {
                Input::Ids => ids,
                Input::Mask => &ones,
                Input::Segments => &zeros,
            };
            TensorRef::from_array_view(([1, ids.len()], data)).map(SessionInputValue::from)
        };
        let values = self.inputs.iter().map(tensor).collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let outputs = self.shared.session.run(values.as_slice()).map_err(failed)?;
        let (shape, hidden) = outputs[0].try_extract_tensor::<f32>().map_err(failed)?;
        match shape[..] {
            [1, tokens, dimensions] if tokens as usize == ids.len() && dimensions as usize == self.dimensions => {
                unit_vector(hidden, self.dimensions, self.pooling)
            }
            _ => Err(EngineError::EmbeddingFailed(format!(
                "it gave an output of shape {shape:?} for {} tokens; the settings of the model say {} dimensions",
                ids.len(),
                self.dimensions
            ))),
        }
    }
}
