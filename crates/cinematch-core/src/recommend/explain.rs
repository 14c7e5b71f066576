//! The sentence that explains a recommendation.

use super::overlap::Shared;

/// Why a film was recommended, in one sentence.
pub fn taste_sentence(liked: Option<&str>, shared: &Shared) -> String {
    let Some(liked) = liked else { return "It is well liked and unlike the films that were disliked.".to_owned() };
    let people = shared.people.iter().take(2);
    let topics = shared.keywords.iter().take(3).chain(shared.genres.iter().take(2));
    let common: Vec<&str> = people.chain(topics).map(String::as_str).collect();
    if common.is_empty() { format!("Its story is near to that of {liked}.") } else { format!("Like {liked}: {}.", common.join(", ")) }
}
