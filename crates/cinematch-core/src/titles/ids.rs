//! References that are no titles but ids, by themselves or in an address.

use crate::film::FilmId;

/// What an id counts films by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OtherId {
    /// `IMDb` id.
    Imdb(String),
    /// TMDB id.
    Tmdb(FilmId),
}

/// Digits of the shortest `IMDb` id.
const IMDB_DIGITS: usize = 7;

/// The id that a reference is: `tt0133093`, `https://www.imdb.com/title/tt0133093/`, `https://www.themoviedb.org/movie/603-the-matrix`,
/// `tmdb:603`. A bare number is none: it may be a title or a year.
pub fn id_of(reference: &str) -> Option<OtherId> {
    let reference = reference.trim().to_ascii_lowercase();
    if reference.contains(char::is_whitespace) {
        return None;
    }
    let digits_after = |mark: &str| {
        let rest = reference.split_once(mark)?.1;
        let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    };
    let tmdb = ["themoviedb.org/movie/", "tmdb:", "tmdb-", "tmdbid-"].iter().find_map(|mark| digits_after(mark));
    if let Some(id) = tmdb.and_then(|digits| digits.parse().ok()) {
        return Some(OtherId::Tmdb(id));
    }
    let stands = reference.starts_with("tt") || reference.contains("imdb");
    let mark = if reference.starts_with("tt") {
        "tt"
    } else if reference.contains("/tt") {
        "/tt"
    } else {
        ":tt"
    };
    digits_after(mark).filter(|digits| stands && digits.len() >= IMDB_DIGITS).map(|digits| OtherId::Imdb(format!("tt{digits}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_by_themselves_and_in_addresses() {
        let matrix = Some(OtherId::Imdb("tt0133093".to_owned()));
        for text in ["tt0133093", " TT0133093 ", "https://www.imdb.com/title/tt0133093/?ref_=x", "imdb:tt0133093"] {
            assert_eq!(id_of(text), matrix, "{text}");
        }
        for text in ["https://www.themoviedb.org/movie/603-the-matrix", "tmdb:603", "{tmdb-603}"] {
            assert_eq!(id_of(text), Some(OtherId::Tmdb(603)), "{text}");
        }
        for text in ["603", "attic", "tt12", "the matrix tt0133093", ""] {
            assert_eq!(id_of(text), None, "{text}");
        }
    }
}
