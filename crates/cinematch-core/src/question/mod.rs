//! What a question says, read from its words alone, whatever the catalogue holds.
//!
//! [`Question`] is read once; what needs the catalogue too (titles, people, words that films have) lies in the rooms above and takes it.

mod cleaning;
mod conditions;
mod denials;
mod intent;
mod kind;
mod likeness;
mod tokens;
mod years;

pub use cleaning::{embedded_question, plain_question};
pub use conditions::{Conditions, Merit, conditions};
pub use denials::{Denial, denials, speaks_of_films, without};
pub use intent::{Intent, intent};
pub use kind::{is_asking, is_bare};
pub use likeness::likenesses;

use crate::text::{fold_words, normalize, visible};

/// A question and its words, in the two forms that what it is compared with has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    text: String,
    folded: Vec<String>,
    normalised: String,
}

impl Question {
    /// Reads a question as it was typed.
    pub fn read(text: &str) -> Self {
        let text = visible(text);
        Self { folded: fold_words(&text), normalised: normalize(&text), text }
    }

    /// The text as it was typed, as people see it (see [`visible`]).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words as the text index knows them (see [`fold_words`]): `don't` is `dont`.
    pub fn folded(&self) -> &[String] {
        &self.folded
    }

    /// The text as titles and names are compared (see [`normalize`]): `don't` is `don t`. Words are separated by single blanks.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// The words of [`Self::normalised`].
    pub fn words(&self) -> Vec<&str> {
        self.normalised.split(' ').filter(|word| !word.is_empty()).collect()
    }
}
