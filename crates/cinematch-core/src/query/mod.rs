//! The contract: what can be asked of the engine, and what it answers. Plain data that is declared here and nowhere else; it crosses to other
//! languages as JSON, and the types of the TypeScript service are generated from it (`src/typescript.rs`). The decisions are elsewhere.

mod answers;
mod filters;
mod limits;
mod requests;
mod sorting;
mod status;

pub use answers::{
    Answer, Explanation, Facet, FacetValue, FetchTime, Hit, MoviePage, Part, PartName, Resolution, Suggestion, UpsertReport,
};
pub(crate) use filters::for_each_filter;
pub use filters::{Filters, Range, TermFilter};
pub use limits::{Bounds, LIMITS, Limits};
pub use requests::{Idea, Include, ListRequest, Page, RecommendRequest, Reference, SearchMode, SearchRequest};
pub use sorting::SortKey;
pub(crate) use sorting::for_each_sort_key;
pub use status::{ModelStatus, StoreStatus};

/// For `skip_serializing_if`: what is left at its default is left out.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
