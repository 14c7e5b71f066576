//! Films by the titles that people type.

pub mod index;
mod key_table;
mod keys;
pub mod mentions;
pub mod normalize;
mod numbers;
mod renown;
pub mod resolve;
mod suggest;

pub use index::{TitleIndex, TitleIndexBuilder};
pub use resolve::Resolution;
