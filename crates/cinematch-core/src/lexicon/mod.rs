//! What single words mean, whoever asks: function words, synonyms, nations, genres by other names. All of it is data, in `data/`.

mod genres;
mod languages;
mod nations;
mod numbers;
mod origins;
mod phrases;
mod synonyms;
mod tsv;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use genres::{GENRES, Genre, genres_of_alias, wished_genres};
pub(crate) use languages::language_codes;
pub(crate) use nations::country_codes;
pub(crate) use numbers::{number_of_roman, number_of_word};
pub(crate) use origins::ORIGINS;
pub(crate) use synonyms::synonyms_of;
pub(crate) use words::{Role, is_asking_word, is_stop_word, plays};
