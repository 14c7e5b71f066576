//! The films' words: what is indexed of a film, what is looked for of a question, and BM25 over both.

mod analysis;
mod bm25;
mod index;
mod query;
mod snapshot;

#[cfg(feature = "testing")]
pub use analysis::Analyzer;
pub use bm25::LexicalScores;
pub use index::TextIndex;
pub use query::LexicalQuery;
pub use snapshot::TextSnapshot;
