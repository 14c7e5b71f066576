//! Changes of the catalogue: embed, commit, then show, in this order, so that what is shown is stored.

use std::collections::{BTreeMap, HashMap};

use numkong::f16;

use super::settings::cores;
use super::snapshot::IndexedFilm;
use super::{Engine, Writer};
use crate::catalog::{CatalogChange, ContentHash, FilmWrite, VectorWrite, content_hash, documents_hash};
use crate::document::{documents, film_vectors};
use crate::embedding::Embedder;
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};
use crate::query::UpsertReport;
use crate::vectors::in_halves;

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

/// What the catalogue has of films: hash of the content, and of the text that was embedded.
type Known = HashMap<FilmId, (ContentHash, Option<ContentHash>)>;

impl Engine {
    /// Stores films and makes them searchable, in one step for all of them; a film given twice counts as given last.
    /// `background` embeds at low priority and leaves a core free.
    pub fn upsert(&self, films: Vec<Film>, background: bool) -> Result<UpsertReport> {
        self.change(films, &Deletes::None, background)
    }

    /// Makes `films` the whole catalogue in one step.
    pub fn replace_all(&self, films: Vec<Film>, background: bool) -> Result<UpsertReport> {
        self.change(films, &Deletes::AllOthers, background)
    }

    /// Deletes films; how many there were.
    pub fn delete(&self, ids: &[FilmId]) -> Result<usize> {
        Ok(self.change(Vec::new(), &Deletes::These(ids), false)?.deleted.len())
    }

    fn change(&self, films: Vec<Film>, deletes: &Deletes<'_>, background: bool) -> Result<UpsertReport> {
        self.check_open()?;
        let films = last_of_each(films)?;
        loop {
            let embedder = self.serving();
            let mut incoming = prepare(&films, &embedder)?;
            let mut writer = loop {
                let known = self.known(&embedder, &incoming)?;
                for film in &mut incoming {
                    film.judge(&known);
                }
                self.embed(&embedder, &mut incoming, background)?;
                let writer = self.writer()?;
                if self.serving().fingerprint() != embedder.fingerprint() || self.known(&embedder, &incoming)? == known {
                    break writer;
                } // else another change was faster, and what is to be done with these films may be something else now
            };
            if self.serving().fingerprint() == embedder.fingerprint() {
                return self.store(&mut writer, &embedder, incoming, deletes);
            } // else another model answers by now: it embeds these films
        }
    }

    fn known(&self, embedder: &Embedder, incoming: &[Incoming]) -> Result<Known> {
        self.catalog().hashes(embedder.fingerprint(), incoming.iter().map(|incoming| incoming.film.tmdb_id))
    }

    /// Embeds what is new or has another text, and was not embedded before.
    fn embed(&self, embedder: &Embedder, incoming: &mut [Incoming], background: bool) -> Result<()> {
        let mut wanting: Vec<&mut Incoming> = incoming.iter_mut().filter(|film| film.is_embedded() && film.vector.is_none()).collect();
        if wanting.is_empty() {
            return Ok(());
        }
        let documents: Vec<Vec<String>> = wanting.iter_mut().map(|film| std::mem::take(&mut film.documents)).collect();
        let vectors = {
            let _turn = self.embedding.lock();
            film_vectors(embedder, &documents, self.bulk_width(background), background)?
        };
        for (film, vector) in wanting.into_iter().zip(vectors) {
            if !vector.iter().all(|value| value.is_finite()) {
                return Err(EngineError::EmbeddingFailed(format!("film {} got no numbers", film.film.tmdb_id)));
            }
            film.vector = Some(in_halves(&vector));
        }
        Ok(())
    }

    /// Threads for embedding: all that the settings allow, or in the background all cores but one.
    pub(super) fn bulk_width(&self, background: bool) -> usize {
        let width = self.bulk_threads();
        if background { width.min(cores().saturating_sub(1)).max(1) } else { width }
    }

    /// Commits and shows the change. Only one change at a time gets here; questions go on.
    fn store(&self, writer: &mut Writer, embedder: &Embedder, incoming: Vec<Incoming>, deletes: &Deletes<'_>) -> Result<UpsertReport> {
        if writer.behind {
            self.reload(writer)?;
        }
        let gone = deletes.resolve(self, &incoming)?;
        let mut change = CatalogChange { deletes: gone.clone(), ..CatalogChange::default() };
        let mut report = UpsertReport { deleted: gone, ..UpsertReport::default() };
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
        writer.behind = true;
        match self.snapshot().with_changes(&mut writer.text, &indexed, &report.deleted, generation) {
            Ok(next) => {
                self.show(next);
                writer.behind = false;
            }
            // The films are stored; what could not be added to the indexes is found again by building them anew.
            Err(_) => self.reload(writer)?,
        }
        Ok(report)
    }
}

/// The films by rising id; of one given twice the last.
fn last_of_each(films: Vec<Film>) -> Result<Vec<Film>> {
    let mut last = BTreeMap::new();
    for film in films {
        validate(&film)?;
        last.insert(film.tmdb_id, film);
    }
    Ok(last.into_values().collect())
}

fn prepare(films: &[Film], embedder: &Embedder) -> Result<Vec<Incoming>> {
    let prepare = |film: &Film| {
        let documents = documents(film, embedder.spec());
        let document_hash = documents_hash(&documents);
        Ok(Incoming { film: film.clone(), content: content_hash(film)?, documents, document_hash, fate: Fate::Keep, vector: None })
    };
    films.iter().map(prepare).collect()
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
    /// Tells a new film from a changed or unchanged one.
    fn judge(&mut self, known: &Known) {
        self.fate = match known.get(&self.film.tmdb_id) {
            None => Fate::Insert,
            Some((content, Some(embedded))) if *embedded == self.document_hash => {
                if *content == self.content.1 {
                    Fate::Keep
                } else {
                    Fate::Touch
                }
            }
            Some(_) => Fate::Update,
        };
    }

    fn is_embedded(&self) -> bool {
        matches!(self.fate, Fate::Insert | Fate::Update)
    }

    fn write(&self) -> FilmWrite<'_> {
        let vector =
            self.vector.clone().filter(|_| self.is_embedded()).map(|vector| VectorWrite { document_hash: self.document_hash, vector });
        FilmWrite { film: &self.film, content: self.content.clone(), vector }
    }

    fn index(self, vector_generation: u64) -> IndexedFilm {
        let embedded = self.is_embedded();
        let vector = self.vector.filter(|_| embedded);
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
