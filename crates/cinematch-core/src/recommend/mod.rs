//! Recommendation by example: films liked and disliked.

mod overlap;
mod series;
mod taste;

pub use overlap::Shared;
pub use series::series_of;
pub use taste::{Suggested, Taste};
