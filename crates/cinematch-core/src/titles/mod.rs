//! Films by the titles that people type.

mod asked;
mod ids;
mod index;
mod key_table;
mod keys;
mod mentions;
mod misspelt;
mod numbers;
mod readings;
mod renown;
mod resolve;
mod series;
mod suggest;

pub use index::{TitleIndex, TitleIndexBuilder};
pub use mentions::PersonMention;
#[cfg(feature = "testing")]
pub use mentions::find_people;
pub use misspelt::with_names_spelt;
pub use series::series_of;
