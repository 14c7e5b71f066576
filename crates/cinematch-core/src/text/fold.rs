//! The folded words of a text: lower case, accents folded, possessive and apostrophes off.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The words of a text, folded: `Amélie's Café` gives `amelie`, `cafe`.
pub fn fold_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|char: char| !char.is_alphanumeric() && char != '\'');
    words.map(|word| word.strip_suffix("'s").unwrap_or(word)).map(without_apostrophes).filter(|word| !word.is_empty()).collect()
}

fn without_apostrophes(word: &str) -> String {
    if word.contains('\'') { word.replace('\'', "") } else { word.to_owned() }
}

/// Lower case and compatibility decomposition without marks, character by character: order matters among marks only.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii() && char != '`' {
            folded.push(char.to_ascii_lowercase());
        } else {
            for lower in char.to_lowercase() {
                decompose_compatible(lower, |part| push_folded(part, &mut folded));
            }
        }
    }
    folded
}

/// Drops marks; folds letters that Unicode does not decompose, and the typographic forms of the apostrophe.
fn push_folded(char: char, to: &mut String) {
    match char {
        'ø' => to.push('o'),
        'ł' => to.push('l'),
        'đ' | 'ð' => to.push('d'),
        'ı' => to.push('i'),
        'æ' => to.push_str("ae"),
        'œ' => to.push_str("oe"),
        'ß' => to.push_str("ss"),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => to.push('\''),
        _ if is_combining_mark(char) => {}
        _ => to.push(char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_possessives_and_apostrophes() {
        assert_eq!(fold_words("Amélie’s CAFÉ, don't_stop: Rock 'n' Roll"), ["amelie", "cafe", "dont", "stop", "rock", "n", "roll"]);
        assert_eq!(fold_words("Łódź Ærø Straße ﬁlm ２００１"), ["lodz", "aero", "strasse", "film", "2001"]);
        assert_eq!(fold_words("'' -- ' s"), ["s"]);
        assert!(fold_words("").is_empty());
    }
}
