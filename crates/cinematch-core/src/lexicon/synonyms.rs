//! Words that people and the records of films use for one another: who asks for a cop finds a detective.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/synonyms.txt");

static SYNONYMS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let stemmer = Stemmer::new(Algorithm::English);
    let mut synonyms: HashMap<String, Vec<String>> = HashMap::new();
    for group in tsv::lines(FILE) {
        let stems: Vec<String> = group.split(' ').map(|word| stemmer.stem(word).into_owned()).collect();
        for stem in &stems {
            let known = synonyms.entry(stem.clone()).or_default();
            for other in &stems {
                if other != stem && !known.contains(other) {
                    known.push(other.clone());
                }
            }
        }
    }
    synonyms
});

/// The stems that stand for a stem.
pub(crate) fn synonyms_of(stem: &str) -> &'static [String] {
    SYNONYMS.get(stem).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_group_stand_for_one_another_and_not_for_themselves() {
        for (word, other) in [("cop", "detect"), ("detect", "cop"), ("spaceship", "starship"), ("attorney", "lawyer")] {
            assert!(synonyms_of(word).iter().any(|stem| stem == other), "{word}");
            assert!(synonyms_of(word).iter().all(|stem| stem != word), "{word}");
        }
        assert!(synonyms_of("xylophon").is_empty());
    }
}
