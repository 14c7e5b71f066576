//! From the vectors of the tokens to the unit vector of the text.

use super::spec::Pooling;
use crate::{EngineError, Result};

/// Shorter vectors have no direction to speak of; the same bound as `torch.nn.functional.normalize`.
const SHORTEST: f32 = 1e-12;

/// Pools `hidden`, the row-major `[tokens, dimensions]` output for one text, and scales the result to length 1.
///
/// `embedding_failed` when the model gave something that has no direction (not a number, infinite, zero).
pub(super) fn unit_vector(hidden: &[f32], dimensions: usize, pooling: Pooling) -> Result<Vec<f32>> {
    let mut tokens = hidden.chunks_exact(dimensions);
    let mut vector = tokens.next().ok_or_else(|| failed("it gave no output"))?.to_vec();
    if pooling == Pooling::Mean {
        for token in tokens {
            for (sum, value) in vector.iter_mut().zip(token) {
                *sum += value;
            }
        }
        // Dividing by the count would not change the direction.
    }
    normalize(&mut vector)?;
    Ok(vector)
}

fn normalize(vector: &mut [f32]) -> Result<()> {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if !length.is_finite() || length < SHORTEST {
        return Err(failed(&format!("it gave a vector of length {length}")));
    }
    for value in vector {
        *value /= length;
    }
    Ok(())
}

fn failed(message: &str) -> EngineError {
    EngineError::EmbeddingFailed(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_is_the_direction_of_the_sum() {
        let vector = unit_vector(&[3.0, 0.0, 0.0, 4.0], 2, Pooling::Mean).unwrap();
        assert_eq!(vector, [0.6, 0.8]);
    }

    #[test]
    fn cls_is_the_first_token_alone() {
        let vector = unit_vector(&[0.0, -2.0, 5.0, 5.0], 2, Pooling::Cls).unwrap();
        assert_eq!(vector, [0.0, -1.0]);
    }

    #[test]
    fn what_has_no_direction_is_an_error() {
        for hidden in [&[0.0, 0.0][..], &[f32::NAN, 1.0], &[f32::INFINITY, 1.0], &[f32::MAX, f32::MAX], &[]] {
            for pooling in [Pooling::Mean, Pooling::Cls] {
                assert_eq!(unit_vector(hidden, 2, pooling).unwrap_err().code(), "embedding_failed", "{hidden:?}");
            }
        }
    }
}
