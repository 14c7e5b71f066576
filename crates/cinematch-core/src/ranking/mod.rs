//! How well a film fits a question: one score out of several parts, variety, and the sentence that explains it.

mod diversity;
mod explain;
mod meeting;
mod names;
mod scoring;
mod tags;
mod weights;

pub use diversity::{POOL, diversify, intra_list_distance};
pub use explain::sentence;
pub use meeting::{meeting, meets};
pub use names::boosts;
pub use scoring::{Boosts, Candidate, MeaningScale, hints, popularity, put_first, sort, words_share};
pub use tags::Tags;
pub use weights::WEIGHTS;
