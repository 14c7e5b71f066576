//! A table of runs of words, asked for the longest that stands at a place of a text.

use std::collections::HashMap;

/// Entries by their words.
pub(crate) struct Phrases<T> {
    /// The other words and the entry, by the first word.
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
}

impl<T> Phrases<T> {
    /// The longest run of the table that stands in `words` at `at`: how many words it has, and its entry.
    pub fn longest_at(&self, words: &[&str], at: usize) -> Option<(usize, &T)> {
        let after = words.get(at + 1..)?;
        let runs = self.by_first.get(words[at])?.iter();
        runs.filter(|(rest, _)| after.starts_with(rest)).map(|(rest, entry)| (rest.len() + 1, entry)).max_by_key(|(count, _)| *count)
    }

    /// The entry of a run given as a whole.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        let words: Vec<&str> = phrase.split(' ').collect();
        self.longest_at(&words, 0).filter(|(count, _)| *count == words.len()).map(|(_, entry)| entry)
    }
}

impl<T> FromIterator<(&'static str, T)> for Phrases<T> {
    fn from_iter<I: IntoIterator<Item = (&'static str, T)>>(entries: I) -> Self {
        let mut by_first: HashMap<&str, Vec<(Vec<&str>, T)>> = HashMap::new();
        for (phrase, entry) in entries {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or("");
            by_first.entry(first).or_default().push((words.collect(), entry));
        }
        Self { by_first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_wins_and_a_part_of_one_is_none() {
        let table: Phrases<u8> = [("science", 1), ("science fiction", 2), ("film noir", 3)].into_iter().collect();
        let words = ["old", "science", "fiction", "film"];
        assert_eq!(table.longest_at(&words, 1), Some((2, &2)));
        assert_eq!(table.longest_at(&words[..2], 1), Some((1, &1)));
        assert_eq!((table.longest_at(&words, 3), table.longest_at(&words, 4)), (None, None));
        assert_eq!((table.get("science fiction"), table.get("science fair"), table.get("")), (Some(&2), None, None));
    }
}
