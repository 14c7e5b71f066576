//! Recommendation by example: films liked and disliked.

mod explain;
mod overlap;
mod taste;

pub use explain::taste_sentence;
pub use overlap::Shared;
pub use taste::{Suggested, Taste};
