//! The sentence that explains a hit.

/// Why a question found a film, in one sentence.
pub fn sentence(parts: &[(String, f32)], matched_words: &[String]) -> String {
    let words = if matched_words.is_empty() { String::new() } else { format!(" (“{}”)", matched_words.join("”, “")) };
    match parts.first().map(|(part, _)| part.as_str()) {
        Some("names") => "The question names its title or the people who made it.".to_owned(),
        Some("words") if matched_words.is_empty() => "It has words that stand for those of the question.".to_owned(),
        Some("words") => format!("It has the words of the question{words}."),
        Some("hints") => "It is of the kind and time that the question asks for.".to_owned(),
        _ if matched_words.is_empty() => "Its story is near to the question in meaning.".to_owned(),
        _ => format!("Its story is near to the question in meaning, and it has words of it{words}."),
    }
}
