//! Changes of the catalogue: embed, commit, then show, in this order, so that what is shown is stored.

use std::collections::HashMap;

use half::f16;

use super::Engine;
use super::settings::cores;
use super::snapshot::IndexedFilm;
use crate::catalog::{CatalogChange, ContentHash, FilmWrite, VectorWrite, content_hash, documents_hash};
use crate::document::{documents, film_vectors};
use crate::embedding::Embedder;
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};

/// What an upsert did, by film. Every film named here is stored durably.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpsertReport {
    /// New films.
    pub inserted: Vec<FilmId>,
    /// Films whose text changed and was embedded again.
    pub updated: Vec<FilmId>,
    /// Films of which only other metadata changed.
    pub touched: Vec<FilmId>,
    /// Films that were the same.
    pub unchanged: Vec<FilmId>,
    /// Films deleted because the new catalogue does not have them.
    pub deleted: Vec<FilmId>,
}

/// A film on its way into the catalogue.
struct Incoming {
    film: Film,
    content: (String, ContentHash),
    documents: Vec<String>,
    document_hash: ContentHash,
    fate: Fate,
    vector: Option<Vec<f16>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Insert,
    Update,
    Touch,
    Keep,
}

impl Engine {
    /// Stores films and makes them searchable, in one step for all of them; a film given twice counts as given last.
    /// `background` embeds at low priority and leaves a core free.
    pub fn upsert(&self, films: Vec<Film>, background: bool) -> Result<UpsertReport> {
        self.change(films, Deletes::None, background)
    }

    /// Makes `films` the whole catalogue in one step.
    pub fn replace_all(&self, films: Vec<Film>, background: bool) -> Result<UpsertReport> {
        self.change(films, Deletes::AllOthers, background)
    }

    /// Deletes films; how many there were.
    pub fn delete(&self, ids: &[FilmId]) -> Result<usize> {
        Ok(self.change(Vec::new(), Deletes::These(ids), false)?.deleted.len())
    }

    fn change(&self, films: Vec<Film>, deletes: Deletes<'_>, background: bool) -> Result<UpsertReport> {
        self.check_open()?;
        let embedder = self.serving();
        let mut incoming = self.examine(films, &embedder)?;
        embed(&embedder, &mut incoming, self.bulk_width(background), background)?;
        self.store(&embedder, incoming, &deletes)
    }

    /// Threads for embedding: all that the settings allow, or in the background all cores but one.
    pub(super) fn bulk_width(&self, background: bool) -> usize {
        let width = self.bulk_threads();
        if background { width.min(cores().saturating_sub(1)).max(1) } else { width }
    }

    /// Tells new films from changed and unchanged ones.
    fn examine(&self, films: Vec<Film>, embedder: &Embedder) -> Result<Vec<Incoming>> {
        let mut last: HashMap<FilmId, Film> = HashMap::with_capacity(films.len());
        for film in films {
            validate(&film)?;
            last.insert(film.tmdb_id, film);
        }
        let known = self.catalog().hashes(embedder.fingerprint(), last.keys().copied())?;
        let mut incoming = Vec::with_capacity(last.len());
        for (id, film) in last {
            let content = content_hash(&film)?;
            let documents = documents(&film, embedder.spec());
            let document_hash = documents_hash(&documents);
            let fate = match known.get(&id) {
                None => Fate::Insert,
                Some((stored, Some(embedded))) if *embedded == document_hash => {
                    if *stored == content.1 {
                        Fate::Keep
                    } else {
                        Fate::Touch
                    }
                }
                Some(_) => Fate::Update,
            };
            incoming.push(Incoming { film, content, documents, document_hash, fate, vector: None });
        }
        incoming.sort_unstable_by_key(|incoming| incoming.film.tmdb_id);
        Ok(incoming)
    }

    /// Commits and shows the change. Only one change at a time gets here; questions go on.
    fn store(&self, embedder: &Embedder, incoming: Vec<Incoming>, deletes: &Deletes<'_>) -> Result<UpsertReport> {
        let mut writer = self.writer()?;
        if self.serving().fingerprint() != embedder.fingerprint() {
            return Err(EngineError::Overloaded); // the model changed while these were embedded with the old one
        }
        let snapshot = self.snapshot();
        let deleted = deletes.resolve(self, &incoming)?;
        let mut change = CatalogChange { deletes: deleted.clone(), ..CatalogChange::default() };
        let mut report = UpsertReport { deleted, ..UpsertReport::default() };
        for film in &incoming {
            report.count(film);
            match (film.fate, film.film.fetched_at.as_deref()) {
                (Fate::Keep, None) => {}
                (Fate::Keep, Some(fetched_at)) => change.refetched.push((film.film.tmdb_id, fetched_at)),
                _ => change.upserts.push(film.write()),
            }
        }
        let generation = self.catalog().commit(embedder.fingerprint(), &change)?;
        drop(change);
        let indexed: Vec<_> = incoming.into_iter().filter(|film| film.fate != Fate::Keep).map(|film| film.index(generation)).collect();
        if indexed.is_empty() && report.deleted.is_empty() {
            return Ok(report);
        }
        match snapshot.with_changes(&mut writer.text, &indexed, &report.deleted, generation) {
            Ok(next) => self.show(next),
            // The films are stored; what could not be added to the indexes is found again by building them anew.
            Err(_) => self.reload(&mut writer)?,
        }
        Ok(report)
    }
}

/// Which films a change deletes.
enum Deletes<'a> {
    None,
    These(&'a [FilmId]),
    AllOthers,
}

impl Deletes<'_> {
    /// The ids that exist and are to go, rising.
    fn resolve(&self, engine: &Engine, incoming: &[Incoming]) -> Result<Vec<FilmId>> {
        let stored = match self {
            Self::None => return Ok(Vec::new()),
            Self::These(_) | Self::AllOthers => engine.catalog().fetch_times()?.into_iter().map(|(id, _)| id),
        };
        Ok(match self {
            Self::These(ids) => {
                let ids: std::collections::HashSet<_> = ids.iter().copied().collect();
                stored.filter(|id| ids.contains(id)).collect()
            }
            _ => stored.filter(|id| incoming.binary_search_by_key(id, |film| film.film.tmdb_id).is_err()).collect(),
        })
    }
}

impl Incoming {
    fn write(&self) -> FilmWrite<'_> {
        let vector = self.vector.clone().map(|vector| VectorWrite { document_hash: self.document_hash, vector });
        FilmWrite { film: &self.film, content: self.content.clone(), vector }
    }

    fn index(self, vector_generation: u64) -> IndexedFilm {
        let vector = self.vector.map(|vector| vector.iter().map(|x| x.to_f32()).collect());
        IndexedFilm { film: self.film, vector, vector_generation }
    }
}

impl UpsertReport {
    fn count(&mut self, film: &Incoming) {
        let list = match film.fate {
            Fate::Insert => &mut self.inserted,
            Fate::Update => &mut self.updated,
            Fate::Touch => &mut self.touched,
            Fate::Keep => &mut self.unchanged,
        };
        list.push(film.film.tmdb_id);
    }
}

fn validate(film: &Film) -> Result<()> {
    let invalid = |field: &str, message: &str| EngineError::InvalidArgument {
        field: field.to_owned(),
        message: format!("{message} (film {})", film.tmdb_id),
    };
    if film.tmdb_id == 0 {
        return Err(invalid("tmdb_id", "must be a positive number"));
    }
    if film.title.trim().is_empty() {
        return Err(invalid("title", "must not be blank"));
    }
    let numbers = [film.vote_average, film.popularity];
    if numbers.into_iter().flatten().any(|x| !x.is_finite()) {
        return Err(invalid("vote_average, popularity", "must be finite numbers"));
    }
    Ok(())
}

fn embed(embedder: &Embedder, incoming: &mut [Incoming], threads: usize, background: bool) -> Result<()> {
    let mut wanting: Vec<&mut Incoming> = incoming.iter_mut().filter(|film| matches!(film.fate, Fate::Insert | Fate::Update)).collect();
    let documents: Vec<Vec<String>> = wanting.iter_mut().map(|film| std::mem::take(&mut film.documents)).collect();
    let vectors = film_vectors(embedder, &documents, threads, background)?;
    for (film, vector) in wanting.into_iter().zip(vectors) {
        film.vector = Some(to_stored(&vector));
    }
    Ok(())
}

/// The precision in which vectors are kept, in memory as on disk: scores are the same before and after a restart.
pub(super) fn to_stored(vector: &[f32]) -> Vec<f16> {
    vector.iter().map(|&x| f16::from_f32(x)).collect()
}
