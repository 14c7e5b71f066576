//! Sets of films and what is said of them as a whole: filters, counts, lists.

pub mod filter;

mod facets;
mod list;

pub use facets::facets;
pub use list::list;
