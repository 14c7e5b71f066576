//! The names nearest to a word that no film has.

use std::cmp::Reverse;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

/// Longer texts than this are not searched for typos: the automaton grows with the text (about 30 kB per letter at distance 2).
pub const LONGEST_TYPO_SEARCH: usize = 80;

/// Builders for the distances 1 and 2; a swap of two neighbours counts as one typo.
static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [1, 2].map(|distance| LevenshteinAutomatonBuilder::new(distance, true)));

/// Accepts what is at most `distance` (1 or 2) typos away from `text`, which is cut at [`LONGEST_TYPO_SEARCH`] letters.
pub fn typo_automaton(text: &str, distance: u8) -> DFA {
    BUILDERS[usize::from(distance.clamp(1, 2)) - 1].build_dfa(cut(text))
}

fn prefix_automaton(text: &str) -> DFA {
    BUILDERS[1].build_prefix_dfa(cut(text))
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TYPO_SEARCH).map_or(text, |(end, _)| &text[..end])
}

/// Distance that an automaton found, where it is within reach.
pub fn reached(distance: Distance) -> Option<u8> {
    match distance {
        Distance::Exact(distance) => Some(distance),
        Distance::AtLeast(_) => None,
    }
}

/// The `limit` names nearest to `wanted`: a start within two typos, then a shared word, then the rest; the more used first among equals.
/// `names` gives the normalised name, how many films have it, and what to return for it.
pub fn nearest<'a, T: Ord + Copy>(wanted: &str, names: impl Iterator<Item = (&'a str, u32, T)>, limit: usize) -> Vec<T> {
    let starts = prefix_automaton(wanted);
    let words: Vec<&str> = wanted.split(' ').filter(|word| word.chars().count() > 2).collect();
    let length = wanted.chars().count();
    let mut ranked: Vec<_> = names
        .map(|(name, films, item)| {
            let typos = reached(starts.eval(name)).unwrap_or(u8::MAX);
            let shares_word = name.split(' ').any(|word| words.contains(&word));
            let extra = if typos <= 2 { name.chars().count().abs_diff(length) } else { 0 };
            (typos, !shares_word, extra, Reverse(films), item)
        })
        .collect();
    if ranked.len() > limit {
        ranked.select_nth_unstable(limit);
        ranked.truncate(limit);
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(.., item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_come_before_starts_before_shared_words_before_the_rest() {
        let names = [("zorro", 99, 0), ("nolan north", 1, 1), ("christopher nolan", 20, 2), ("christofer nolen", 1, 3), ("chris", 5, 4)];
        assert_eq!(nearest("christopher nolen", names.into_iter(), 4), [2, 3, 0, 4]);
        assert_eq!(nearest("nolan", names.into_iter(), 2), [1, 2]);
    }

    #[test]
    fn a_very_long_text_is_cut() {
        assert!(typo_automaton(&"ab".repeat(1_000), 2).num_states() < 20_000);
        assert_eq!(reached(typo_automaton("matrix", 2).eval("matirx")), Some(1));
        assert_eq!(reached(typo_automaton("matrix", 1).eval("mxtrxx")), None);
    }
}
