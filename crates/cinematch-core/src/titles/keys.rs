//! Under which keys a film can be found.

use super::numbers::canonical;
use crate::film::Film;
use crate::table::Row;
use crate::text::{key_of, normalize_glued, strip_article};

/// Which of a film's names a key comes from; the better one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TitleKind {
    /// The title.
    Title,
    /// The title in the film's own language.
    Original,
    /// Another title.
    Alternative,
    /// What stands before the colon, the dash or the "or" of the title (`Dune: Part One` is `dune`).
    Main,
}

/// One way to write one name of one film. Packed into 32 bits: row (28), end of key (1), kind (2), variant (1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry(u32);

impl Entry {
    /// An entry; `variant` says that the key is not the name as written but without article, glued or with its numbers as digits.
    pub fn new(row: Row, kind: TitleKind, variant: bool) -> Self {
        Self(row << 4 | (kind as u32) << 1 | u32::from(variant))
    }

    /// The film's row.
    pub fn row(self) -> Row {
        self.0 >> 4
    }

    /// The name it comes from.
    pub fn kind(self) -> TitleKind {
        match self.0 >> 1 & 3 {
            0 => TitleKind::Title,
            1 => TitleKind::Original,
            2 => TitleKind::Alternative,
            _ => TitleKind::Main,
        }
    }

    /// Whether the key differs from the name as written.
    pub fn is_variant(self) -> bool {
        self.0 & 1 == 1
    }

    /// Whether the next entry has another key.
    pub fn ends_key(self) -> bool {
        self.0 & LAST != 0
    }

    /// This entry, marked as the last or not the last one of its key.
    pub fn with_end(self, last: bool) -> Self {
        Self(self.0 & !LAST | if last { LAST } else { 0 })
    }
}

const LAST: u32 = 1 << 3;

/// Most rows that entries can name.
pub const MAX_ROWS: usize = 1 << 28;

/// All keys of a film with their entries, each key once with its best entry.
pub fn keys_of(row: Row, film: &Film) -> Vec<(String, Entry)> {
    let mut keys: Vec<(String, Entry)> = Vec::new();
    add_name(&mut keys, &film.title, row, TitleKind::Title);
    film.original_title.iter().for_each(|title| add_name(&mut keys, title, row, TitleKind::Original));
    film.alternative_titles.iter().for_each(|title| add_name(&mut keys, title, row, TitleKind::Alternative));
    if let Some(id) = film.imdb_id.as_deref() {
        add_key(&mut keys, imdb_key(id), Entry::new(row, TitleKind::Alternative, true));
    }
    if let Some(main) = main_title(&film.title) {
        add_name(&mut keys, main, row, TitleKind::Main);
    }
    keys
}

/// The key of an `IMDb` id (`tt0133093`); its mark keeps it apart from all titles.
pub fn imdb_key(id: &str) -> String {
    format!("#{id}")
}

fn add_name(keys: &mut Vec<(String, Entry)>, name: &str, row: Row, kind: TitleKind) {
    let key = key_of(name);
    let variants = variants(name, &key);
    add_key(keys, key, Entry::new(row, kind, false));
    for variant in variants {
        add_key(keys, variant, Entry::new(row, kind, true));
    }
}

fn add_key(keys: &mut Vec<(String, Entry)>, key: String, entry: Entry) {
    if !key.is_empty() && !keys.iter().any(|(known, _)| *known == key) {
        keys.push((key, entry));
    }
}

/// Other ways to write `name`, whose key is `key`: without article, glued (digits, too: `8 1 2` is `812`), with numbers as digits. May
/// repeat `key`.
pub fn variants(name: &str, key: &str) -> Vec<String> {
    let glued = normalize_glued(name);
    let mut variants = vec![strip_article(key).to_owned(), canonical(key)];
    if glued != key {
        variants.extend([strip_article(&glued).to_owned(), canonical(&glued), glued]);
    }
    if key.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ') {
        variants.push(key.replace(' ', ""));
    }
    variants.sort_unstable();
    variants.dedup();
    variants
}

fn main_title(title: &str) -> Option<&str> {
    let end = [": ", " - ", " – ", " — ", " or: ", ", or ", " or ("].iter().filter_map(|mark| title.find(mark)).min()?;
    Some(title[..end].trim()).filter(|main| !main.is_empty())
}

/// The rests of a normalised title from its second, third, … word on.
pub fn inner_starts(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices(' ').map(|(place, _)| &key[place + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_what_they_are_made_of() {
        for kind in [TitleKind::Title, TitleKind::Original, TitleKind::Alternative, TitleKind::Main] {
            for (row, variant) in [(0, true), (MAX_ROWS as Row - 1, false)] {
                let entry = Entry::new(row, kind, variant).with_end(true);
                assert_eq!((entry.row(), entry.kind(), entry.is_variant(), entry.ends_key()), (row, kind, variant, true));
                assert!(!entry.with_end(false).ends_key());
            }
        }
    }

    #[test]
    fn a_film_has_every_key_that_people_type_once() {
        let film =
            Film { title: "The Spider-Man: Part II".to_owned(), original_title: Some("Spider Man Part 2".to_owned()), ..Film::default() };
        let mut keys: Vec<_> = keys_of(3, &film).into_iter().map(|(key, entry)| (key, entry.kind(), entry.is_variant())).collect();
        keys.sort();
        let expected = [
            ("spider man", TitleKind::Main, true),
            ("spider man 2", TitleKind::Title, true),
            ("spider man part 2", TitleKind::Original, false),
            ("spider man part ii", TitleKind::Title, true),
            ("spiderman", TitleKind::Main, true),
            ("spiderman 2", TitleKind::Title, true),
            ("spiderman part ii", TitleKind::Title, true),
            ("the spider man", TitleKind::Main, false),
            ("the spider man part ii", TitleKind::Title, false),
            ("the spiderman", TitleKind::Main, true),
            ("the spiderman part ii", TitleKind::Title, true),
        ];
        assert_eq!(keys, expected.map(|(key, kind, variant)| (key.to_owned(), kind, variant)));
    }

    #[test]
    fn an_id_is_a_key_that_no_title_has() {
        let film = Film { title: "The Matrix".to_owned(), imdb_id: Some("tt0133093".to_owned()), ..Film::default() };
        assert!(keys_of(0, &film).iter().any(|(key, _)| *key == imdb_key("tt0133093")));
        assert_ne!(key_of(&imdb_key("tt0133093")), imdb_key("tt0133093"));
    }

    #[test]
    fn inner_words_start_rests() {
        assert_eq!(inner_starts("the dark knight").collect::<Vec<_>>(), ["dark knight", "knight"]);
        assert_eq!(inner_starts("up").count(), 0);
    }
}
