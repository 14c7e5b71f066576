//! The words of a text with their places, and the marks before them.

use crate::text::normalize_glued;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Normalised: lower case, no accents, no apostrophes (`isn't` is `isnt`).
    pub word: String,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// A comma, a full stop, a bracket, or the start of the text stands before it.
    pub starts_clause: bool,
    /// A minus that touches it and nothing else stands before it (`-zombies`).
    pub minus: bool,
}

/// The words of a text, without apostrophes; hyphens separate words.
pub fn tokens(text: &str) -> Vec<Token> {
    let in_word = |letter: char| letter.is_alphanumeric() || "'’ʼ".contains(letter);
    let mut found: Vec<Token> = Vec::new();
    let mut after = 0;
    while let Some(start) = text[after..].find(in_word).map(|place| after + place) {
        let end = text[start..].find(|letter| !in_word(letter)).map_or(text.len(), |place| start + place);
        let gap = &text[after..start];
        let minus = gap == "-" && after == 0 || gap.ends_with(" -");
        let starts_clause = after == 0 || gap.contains([',', ';', '.', ':', '(', '–', '—', '!', '?']) || gap.contains(" - ");
        let word = normalize_glued(&text[start..end]);
        if !word.is_empty() {
            found.push(Token { word, start, end, starts_clause, minus });
        }
        after = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_places_and_marks() {
        let text = "Horror -zombies, it isn’t non-fiction";
        let found = tokens(text);
        let words: Vec<_> = found.iter().map(|token| (token.word.as_str(), token.starts_clause, token.minus)).collect();
        assert_eq!(
            words,
            [
                ("horror", true, false),
                ("zombies", false, true),
                ("it", true, false),
                ("isnt", false, false),
                ("non", false, false),
                ("fiction", false, false)
            ]
        );
        assert_eq!(&text[found[3].start..found[3].end], "isn’t");
        assert!(tokens(" -- ").is_empty());
    }
}
