//! One way to write what people write in many: without case, accents and punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Compatibility form, no accents, lower case, punctuation as single spaces, `&` as `and`.
/// Scripts other than Latin keep their letters and vowel signs. Empty where the text has neither letter nor digit.
pub fn normalize(text: &str) -> String {
    fold(text, Punctuation::Space)
}

/// As [`normalize`], with punctuation dropped instead of replaced: `Spider-Man` is `spiderman`, `E.T.` is `et`.
pub fn normalize_glued(text: &str) -> String {
    fold(text, Punctuation::Drop)
}

/// As [`normalize`]; a text without any letter or digit keeps its signs in lower case, so that a title like `???` can be found.
pub fn key_of(text: &str) -> String {
    let key = normalize(text);
    if key.is_empty() { text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase() } else { key }
}

#[derive(Clone, Copy)]
enum Punctuation {
    Space,
    Drop,
}

fn fold(text: &str, punctuation: Punctuation) -> String {
    let mut folder = Folder { out: String::with_capacity(text.len()), space: false, punctuation };
    if text.is_ascii() {
        text.bytes().for_each(|byte| folder.push(char::from(byte.to_ascii_lowercase())));
        return folder.out;
    }
    for letter in text.chars() {
        if is_raised_or_fraction(letter) {
            folder.push(' ');
        }
        for part in std::iter::once(letter).nfkd().filter(|&part| !is_accent(part)) {
            part.to_lowercase().filter(|&lower| !is_accent(lower)).for_each(|lower| folder.push(lower));
        }
    }
    folder.out.nfc().collect()
}

struct Folder {
    out: String,
    space: bool,
    punctuation: Punctuation,
}

impl Folder {
    fn push(&mut self, letter: char) {
        match letter {
            '&' => {
                self.space = true;
                self.write("and");
                self.space = true;
            }
            'ß' => self.write("ss"),
            'æ' => self.write("ae"),
            'œ' => self.write("oe"),
            'þ' => self.write("th"),
            'ŋ' => self.write("ng"),
            'ø' => self.write("o"),
            'ł' => self.write("l"),
            'đ' | 'ð' => self.write("d"),
            'ħ' => self.write("h"),
            'ŧ' => self.write("t"),
            'ı' => self.write("i"),
            _ if letter.is_alphanumeric() || is_combining_mark(letter) => self.write(letter.encode_utf8(&mut [0; 4])),
            _ if letter.is_whitespace() => self.space = true,
            _ => self.space |= matches!(self.punctuation, Punctuation::Space),
        }
    }

    fn write(&mut self, text: &str) {
        if std::mem::take(&mut self.space) && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }
}

/// Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel marks: what people leave out. Vowel signs of other scripts are letters.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// `Alien³` is `alien 3` and `8½` is `8 1 2`: their compatibility forms would run into what stands before.
fn is_raised_or_fraction(letter: char) -> bool {
    matches!(letter, '²' | '³' | '¹' | '¼'..='¾' | '⁰'..='⁹' | '⅐'..='⅞')
}

/// Articles of the languages that most titles are in; those that are commoner as other words (Italian `i`, Dutch `de`) are left out.
const ARTICLES: [&str; 25] = [
    "the", "a", "an", "le", "la", "les", "l", "un", "une", "der", "die", "das", "ein", "eine", "el", "los", "las", "il", "lo", "gli", "o",
    "os", "het", "den", "det",
];

/// Whether the normalised word is an article.
pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// The text without its leading article (`the matrix` is `matrix`), where anything is left. Expects normalised text.
pub fn strip_article(normalised: &str) -> &str {
    match normalised.split_once(' ') {
        Some((first, rest)) if is_article(first) => rest,
        _ => normalised,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_do_not_matter() {
        for (text, expected) in [
            ("  The   MATRIX: Reloaded! ", "the matrix reloaded"),
            ("Amélie", "amelie"),
            ("Fast & Furious", "fast and furious"),
            ("Fast&Furious", "fast and furious"),
            ("Die große Stille", "die grosse stille"),
            ("Smørrebrød på Łódź", "smorrebrod pa lodz"),
            ("Ægir Œuvre Þór", "aegir oeuvre thor"),
            ("İstanbul", "istanbul"),
            ("8½", "8 1 2"),
            ("Alien³", "alien 3"),
            ("ＲＩＮＧ", "ring"),
            ("Ёлки", "елки"),
            ("…", ""),
        ] {
            assert_eq!(normalize(text), expected, "{text}");
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        for text in ["リング", "が", "기생충", "दिल", "千と千尋の神隠し", "در میان ستارگان"] {
            assert_eq!(normalize(text), text);
        }
        assert_ne!(normalize("が"), normalize("か"));
    }

    #[test]
    fn glued_forms_drop_punctuation() {
        assert_eq!(normalize_glued("Spider-Man: No Way Home"), "spiderman no way home");
        assert_eq!(normalize_glued("M*A*S*H"), "mash");
        assert_eq!(normalize_glued("Ocean's Eleven"), "oceans eleven");
    }

    #[test]
    fn a_title_of_signs_alone_has_a_key() {
        assert_eq!(key_of(" ?!  ? "), "?! ?");
        assert_eq!(key_of("Up!"), "up");
    }

    #[test]
    fn articles_go_only_where_something_is_left() {
        assert_eq!(strip_article("the matrix"), "matrix");
        assert_eq!(strip_article("les miserables"), "miserables");
        assert_eq!(strip_article("the"), "the");
        assert_eq!(strip_article("theatre of blood"), "theatre of blood");
    }
}
