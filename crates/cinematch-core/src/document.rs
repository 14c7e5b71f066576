//! The texts of a film that are embedded.

use crate::embedding::{Embedder, ModelSpec};
use crate::error::Result;
use crate::film::Film;

/// Rises with every change of [`documents`], so that vectors of older texts are computed anew.
pub const VERSION: u32 = 1;

/// Keywords that are read; the later ones are trivia and moods.
const KEYWORDS_BESIDE_PLOT: usize = 12;
const KEYWORDS_ALONE: usize = 20;

/// The texts whose vectors make a film's vector (see [`film_vectors`]).
///
/// Title and people stay out: they pull the vector away from what happens in the film, and the text index finds them exactly.
/// A model of sentence similarity reads plot and topics one after the other; a model trained for questions and passages reads them
/// as one passage. Both choices were measured (docs/relevance.md).
pub fn documents(film: &Film, model: &ModelSpec) -> Vec<String> {
    let plot = if film.overview.trim().is_empty() { film.title.trim() } else { film.overview.trim() };
    if model.is_trained_for_questions() {
        return vec![sentences(&[plot, &topics(film, KEYWORDS_BESIDE_PLOT)])];
    }
    let line = film.tagline.as_deref().map(str::trim).filter(|line| !line.is_empty()).unwrap_or(film.title.trim());
    vec![plot.to_owned(), sentences(&[line, &topics(film, KEYWORDS_ALONE)])]
}

/// One unit vector per film: the normalised sum of the unit vectors of its documents.
pub fn film_vectors(embedder: &Embedder, films: &[Vec<String>], threads: usize, background: bool) -> Result<Vec<Vec<f32>>> {
    let texts: Vec<String> = films.iter().flatten().cloned().collect();
    let mut vectors = embedder.embed_passages(&texts, threads, background)?.into_iter();
    Ok(films.iter().map(|documents| normalised_sum(vectors.by_ref().take(documents.len()))).collect())
}

fn normalised_sum(vectors: impl Iterator<Item = Vec<f32>>) -> Vec<f32> {
    let add = |sum: Vec<f32>, vector: Vec<f32>| sum.iter().zip(&vector).map(|(a, b)| a + b).collect();
    let sum = vectors.reduce(add).unwrap_or_default();
    let norm = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    sum.into_iter().map(|x| x / norm).collect()
}

fn topics(film: &Film, keywords: usize) -> String {
    let keywords = film.keywords.iter().take(keywords).map(String::as_str).collect::<Vec<_>>().join(", ");
    let genres = film.genres.join(", ");
    [keywords, genres].into_iter().filter(|list| !list.is_empty()).map(|list| format!("{list}.")).collect::<Vec<_>>().join(" ")
}

fn sentences(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(name: &str) -> ModelSpec {
        ModelSpec::find(name).expect("a built-in model")
    }

    fn titanic() -> Film {
        Film {
            title: "Titanic".to_owned(),
            overview: "A ship sinks.".to_owned(),
            genres: vec!["Drama".to_owned(), "Romance".to_owned()],
            keywords: (1..=22).map(|i| format!("k{i}")).collect(),
            directors: vec!["James Cameron".to_owned()],
            tagline: Some("Nothing on earth could come between them.".to_owned()),
            ..Film::default()
        }
    }

    #[test]
    fn a_model_of_similarity_reads_plot_and_topics_apart() {
        let texts = documents(&titanic(), &model("fast"));
        assert_eq!(texts[0], "A ship sinks.");
        assert!(texts[1].starts_with("Nothing on earth could come between them. k1, k2, "), "{}", texts[1]);
        assert!(texts[1].ends_with(", k20. Drama, Romance."), "{}", texts[1]);
    }

    #[test]
    fn a_model_of_questions_reads_one_passage() {
        let texts = documents(&titanic(), &model("quality"));
        assert_eq!(texts, ["A ship sinks. k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12. Drama, Romance."]);
    }

    #[test]
    fn a_film_of_which_nothing_is_known_is_embedded_by_its_title() {
        let film = Film { title: "Zerkalo".to_owned(), ..Film::default() };
        assert_eq!(documents(&film, &model("fast")), ["Zerkalo", "Zerkalo"]);
        assert_eq!(documents(&film, &model("quality")), ["Zerkalo"]);
    }

    #[test]
    fn the_sum_of_unit_vectors_is_a_unit_vector() {
        let sum = normalised_sum([vec![1.0, 0.0], vec![0.0, 1.0]].into_iter());
        assert!((sum[0] - 0.5_f32.sqrt()).abs() < 1e-6 && (sum[1] - 0.5_f32.sqrt()).abs() < 1e-6);
    }
}
