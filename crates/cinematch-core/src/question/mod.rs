//! What a question says, read from its words alone, whatever the catalogue holds.

mod cleaning;
mod intent;
mod kind;
mod years;

pub use cleaning::{embedded_question, plain_question};
pub use intent::{Intent, intent};
pub use kind::{is_asking, is_bare};
