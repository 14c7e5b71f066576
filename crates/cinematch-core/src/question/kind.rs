//! What kind of question it is: somebody asks for a film that they half remember, or describes one.

use super::Question;
use crate::lexicon::{Role, plays};

/// Words of somebody who asks for a film begin with these, too.
const ASKING_STEMS: [&str; 3] = ["remember", "recall", "watch"];

/// Whether somebody asks for a film, rather than describes it.
pub fn is_asking(question: &Question) -> bool {
    question.folded().iter().any(|word| plays(word, Role::Seeking) || ASKING_STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// Words of the longest bare description; who writes more tells what is half remembered.
const LONGEST_BARE: usize = 15;

/// Whether the question is a bare description (`boxer from philadelphia fights the champion`): short, and of the film alone.
pub fn is_bare(question: &Question) -> bool {
    let words = question.folded();
    words.len() <= LONGEST_BARE && !is_asking(question) && !words.iter().any(|word| plays(word, Role::FirstPerson))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_ask_are_told_from_descriptions() {
        let is_asking = |text: &str| is_asking(&Question::read(text));
        let is_bare = |text: &str| is_bare(&Question::read(text));
        assert!(is_asking("I remember a shark") && is_asking("what's that Film titled") && is_asking("we watched it"));
        assert!(!is_asking("shark eats a boat") && !is_asking("filming a wedding"));
        assert!(is_bare("shark eats a boat") && !is_bare("a film of a shark") && !is_bare("shark that my uncle hunts"));
        assert!(!is_bare(&"shark ".repeat(LONGEST_BARE + 1)));
    }
}
