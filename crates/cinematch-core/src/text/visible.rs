//! Text as people see it: what copying from pages leaves in it does not count.

/// The entities that titles in HTML contain.
const ENTITIES: [(&str, &str); 8] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&nbsp;", " "),
    ("&ndash;", "–"),
    ("&amp;", "&"), // last: `&amp;quot;` is the text `&quot;`
];

/// The text without characters that have no width, and with the entities of HTML as the characters that they stand for.
pub fn visible(text: &str) -> String {
    let text: String = text.chars().filter(|&letter| !is_invisible(letter)).collect();
    if !text.contains('&') {
        return text;
    }
    ENTITIES.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

/// Soft hyphen, Mongolian vowel separator, zero-width characters, marks of direction, word joiners, byte order mark.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_goes_and_entities_are_characters() {
        assert_eq!(visible("he\u{200B}at"), "heat");
        assert_eq!(visible("\u{FEFF}J\u{AD}aws\u{200E}"), "Jaws");
        assert_eq!(visible("Fast &amp; Furious &#39;09"), "Fast & Furious '09");
        assert_eq!(visible("Salt & Pepper; R&D"), "Salt & Pepper; R&D");
    }
}
