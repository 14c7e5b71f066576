//! What single words mean, whoever asks: function words, synonyms, nations, genres by other names.

mod countries;
mod intent_words;
mod languages;
mod stop_words;
mod synonyms;

pub use countries::country_codes;
pub use intent_words::{FILM_WORDS, GENRES, ORIGINS, genres_of_alias};
pub use languages::language_codes;
pub(crate) use stop_words::{is_asking_word, is_stop_word};
pub(crate) use synonyms::synonyms_of;
