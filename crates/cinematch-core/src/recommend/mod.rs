//! Recommendation by example: films liked and disliked.

mod overlap;
mod taste;

pub use overlap::Shared;
pub use taste::{Suggested, Taste};
