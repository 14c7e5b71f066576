//! From a film to the words that are indexed: folded, function words out, English stems.

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};

use crate::film::Film;
use crate::lexicon::is_stop_word;
use crate::text::fold_words;

/// Rises with every change of what [`Analyzer`] makes of a film, so that an index made by older rules is recognised.
pub const VERSION: u32 = 1;

/// Stems words and remembers what it has stemmed; films share most of their words.
pub struct Analyzer {
    stemmer: Stemmer,
    stems: HashMap<String, String>,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English), stems: HashMap::new() }
    }
}

/// Stems to remember; a catalogue of 12,800 films has about 60,000 words.
const REMEMBERED: usize = 200_000;

impl Analyzer {
    /// What is indexed of a film: the stems of all its texts as one, separated by blanks.
    pub fn document(&mut self, film: &Film) -> String {
        let mut document = String::with_capacity(1_024);
        for word in film_texts(film).into_iter().flat_map(fold_words).filter(|word| !is_stop_word(word)) {
            document.push_str(self.stem(word));
            document.push(' ');
        }
        document
    }

    fn stem(&mut self, word: String) -> &str {
        if self.stems.len() >= REMEMBERED {
            self.stems.clear();
        }
        let stemmer = &self.stemmer;
        self.stems.entry(word).or_insert_with_key(|word| stemmer.stem(word).into_owned())
    }
}

/// The texts of a film in which words are looked for.
fn film_texts(film: &Film) -> Vec<&str> {
    let original = film.original_title.as_deref().filter(|&title| title != film.title);
    let lists = [&film.directors, &film.cast, &film.keywords, &film.genres];
    let texts = [Some(film.overview.as_str()), film.tagline.as_deref()];
    let names = lists.into_iter().flatten().map(String::as_str);
    [Some(film.title.as_str()), original].into_iter().flatten().chain(names).chain(texts.into_iter().flatten()).collect()
}
