//! Text without any meaning of its own yet: one form for what people write in many, and what is a typo away.

mod fold;
mod normalize;
mod typos;
mod visible;

pub use fold::fold_words;
pub use normalize::{is_article, key_of, normalize, normalize_glued, strip_article};
pub use typos::{LONGEST_TYPO_SEARCH, nearest, reached, typo_automaton};
pub use visible::visible;
