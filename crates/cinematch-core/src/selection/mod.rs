//! Sets of films and what is said of them as a whole: filters, counts, lists.

pub mod filter;

mod excluded;
mod facets;
mod list;

pub use excluded::{denied_by_tag, wanted};
pub use facets::facets;
pub use list::list;
