//! Films by row: what filters, facets and ranking read of each, in arrays that snapshots share.

mod cow;
mod dictionary;
mod film_table;
mod row_set;
mod top_rows;

pub use cow::{CowRows, CowVec};
pub use dictionary::TermId;
pub use film_table::{Field, FilmTable, LEADS, USUAL_RATING};
pub(crate) use row_set::Bits;
pub use row_set::{Row, RowSet};
pub(crate) use top_rows::TopRows;
