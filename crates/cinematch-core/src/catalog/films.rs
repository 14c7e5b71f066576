//! Films and their vectors in the catalogue.

use std::collections::HashMap;

use numkong::f16;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Catalog, ContentHash, schema};
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};

/// A film as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFilm {
    /// The film.
    pub film: Film,
    /// Unit vector of the model asked for; `None` where that model has not embedded it yet.
    pub vector: Option<Vec<f16>>,
    /// Generation of the catalogue when that vector was written; 0 without one.
    pub vector_generation: u64,
}

/// A film to be written.
#[derive(Debug, Clone)]
pub struct FilmWrite<'a> {
    /// The film.
    pub film: &'a Film,
    /// Its stored form and hash, from [`super::content_hash`].
    pub content: (String, ContentHash),
    /// The vector where the text that is embedded changed; without one the stored vector stays.
    pub vector: Option<VectorWrite>,
}

/// A vector to be written.
#[derive(Debug, Clone)]
pub struct VectorWrite {
    /// Hash of the text that was embedded.
    pub document_hash: ContentHash,
    /// The unit vector.
    pub vector: Vec<f16>,
}

/// Everything of one consistent step.
#[derive(Debug, Default)]
pub struct CatalogChange<'a> {
    /// Films to insert or replace.
    pub upserts: Vec<FilmWrite<'a>>,
    /// Films that are the same but were fetched again: (id, when).
    pub refetched: Vec<(FilmId, &'a str)>,
    /// Films to delete.
    pub deletes: Vec<FilmId>,
}

impl Catalog {
    /// Commits a change in one transaction, durably; returns the new generation (the old one where only fetch times changed).
    pub fn commit(&self, model: &str, change: &CatalogChange<'_>) -> Result<u64> {
        self.write(|transaction| {
            for (id, fetched_at) in &change.refetched {
                transaction.prepare_cached("UPDATE films SET fetched_at = ?2 WHERE id = ?1")?.execute(params![id, fetched_at])?;
            }
            if change.upserts.is_empty() && change.deletes.is_empty() {
                return schema::generation(transaction);
            }
            let generation = schema::next_generation(transaction)?;
            for id in &change.deletes {
                transaction.prepare_cached("DELETE FROM films WHERE id = ?1")?.execute([id])?;
            }
            for write in &change.upserts {
                write_film(transaction, write)?;
                // What another model embeds of the film may have changed: it embeds it again.
                transaction
                    .prepare_cached("DELETE FROM vectors WHERE film_id = ?1 AND model <> ?2")?
                    .execute(params![write.film.tmdb_id, model])?;
                if let Some(vector) = &write.vector {
                    write_vector(transaction, write.film.tmdb_id, model, generation, vector)?;
                }
            }
            Ok(generation)
        })
    }

    /// Calls `visit` for every film by rising id, with its vector of `model`, all of one consistent state; returns that state's generation.
    pub fn for_each_film(&self, model: &str, mut visit: impl FnMut(StoredFilm) -> Result<()>) -> Result<u64> {
        let sql = "SELECT films.data, films.fetched_at, vectors.vector, vectors.generation FROM films
                   LEFT JOIN vectors ON vectors.film_id = films.id AND vectors.model = ?1 ORDER BY films.id";
        let mut failure = None;
        let generation = self.read(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let generation = schema::generation(&transaction)?;
            let mut statement = transaction.prepare_cached(sql)?;
            let mut rows = statement.query([model])?;
            while let Some(row) = rows.next()? {
                let data = row.get_ref(0)?.as_str()?;
                let vector = row.get_ref(2)?.as_blob_or_null()?.map(decode_vector);
                let stored = parse_film(data, row.get(1)?).map(|film| StoredFilm { film, vector, vector_generation: 0 });
                let generation = row.get::<_, Option<i64>>(3)?.unwrap_or(0).cast_unsigned();
                let visited = stored.and_then(|stored| visit(StoredFilm { vector_generation: generation, ..stored }));
                if let Err(cause) = visited {
                    failure = Some(cause);
                    break;
                }
            }
            Ok(generation)
        })?;
        failure.map_or(Ok(generation), Err)
    }

    /// The films with these ids, in their order; `None` where there is none.
    pub fn films(&self, ids: &[FilmId]) -> Result<Vec<Option<Film>>> {
        let found: Vec<Option<(String, Option<String>)>> = self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT data, fetched_at FROM films WHERE id = ?1")?;
            ids.iter().map(|id| statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()).collect()
        })?;
        found.into_iter().map(|row| row.map(|(data, fetched_at)| parse_film(&data, fetched_at)).transpose()).collect()
    }

    /// What is stored of these films: hash of the content, and of the text that `model` embedded.
    pub fn hashes(&self, model: &str, ids: impl Iterator<Item = FilmId>) -> Result<HashMap<FilmId, (ContentHash, Option<ContentHash>)>> {
        let sql = "SELECT films.content_hash, vectors.document_hash FROM films
                   LEFT JOIN vectors ON vectors.film_id = films.id AND vectors.model = ?2 WHERE films.id = ?1";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut hashes = HashMap::new();
            for id in ids {
                let found = statement.query_row(params![id, model], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
                hashes.extend(found.map(|found| (id, found)));
            }
            Ok(hashes)
        })
    }

    /// Ids of all films, with when they were fetched.
    pub fn fetch_times(&self) -> Result<Vec<(FilmId, Option<String>)>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, fetched_at FROM films ORDER BY id")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// How many films have no vector of `model`.
    pub fn count_without_vector(&self, model: &str) -> Result<usize> {
        let sql = "SELECT (SELECT count(*) FROM films) - (SELECT count(*) FROM vectors WHERE model = ?1)";
        self.read(|connection| connection.prepare_cached(sql)?.query_row([model], |row| row.get::<_, i64>(0)))
            .map(|count| usize::try_from(count).unwrap_or(0))
    }

    /// Up to `limit` films after the film `after` that have no vector of `model`, by rising id.
    pub fn films_without_vector(&self, model: &str, after: FilmId, limit: usize) -> Result<Vec<Film>> {
        let sql = "SELECT data, fetched_at FROM films
                   WHERE id > ?3 AND NOT EXISTS (SELECT 1 FROM vectors WHERE film_id = films.id AND model = ?1) ORDER BY id LIMIT ?2";
        let found: Vec<(String, Option<String>)> = self.read(|connection| {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            connection.prepare_cached(sql)?.query_map(params![model, limit, after], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        found.into_iter().map(|(data, fetched_at)| parse_film(&data, fetched_at)).collect()
    }

    /// Stores vectors of `model` for films that are still there and whose text is still the one that was embedded.
    pub fn put_vectors(&self, model: &str, vectors: &[(FilmId, VectorWrite, ContentHash)]) -> Result<()> {
        self.write(|transaction| {
            let generation = schema::next_generation(transaction)?;
            for (id, vector, content) in vectors {
                let unchanged: bool = transaction
                    .prepare_cached("SELECT EXISTS (SELECT 1 FROM films WHERE id = ?1 AND content_hash = ?2)")?
                    .query_row(params![id, content], |row| row.get(0))?;
                if unchanged {
                    write_vector(transaction, *id, model, generation, vector)?;
                }
            }
            Ok(())
        })
    }

    /// Fingerprint of the model whose vectors answer; `None` before the first one.
    pub fn active_model(&self) -> Result<Option<String>> {
        self.read(schema::active_model)
    }

    /// Makes `model` the one whose vectors answer and deletes those of all others.
    pub fn activate_model(&self, model: &str) -> Result<()> {
        self.write(|transaction| {
            transaction.execute("UPDATE state SET active_model = ?1", [model])?;
            transaction.execute("DELETE FROM vectors WHERE model <> ?1", [model])
        })?;
        Ok(())
    }
}

fn write_film(connection: &Connection, write: &FilmWrite<'_>) -> rusqlite::Result<()> {
    let sql = "INSERT INTO films VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
               SET data = excluded.data, content_hash = excluded.content_hash, fetched_at = excluded.fetched_at";
    let (data, hash) = &write.content;
    connection.prepare_cached(sql)?.execute(params![write.film.tmdb_id, data, hash, write.film.fetched_at])?;
    Ok(())
}

fn write_vector(connection: &Connection, id: FilmId, model: &str, generation: u64, write: &VectorWrite) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO vectors VALUES (?1, ?2, ?3, ?4, ?5)";
    let blob = encode_vector(&write.vector);
    let values = params![id, model, write.document_hash, generation.cast_signed(), blob];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn encode_vector(vector: &[f16]) -> Vec<u8> {
    vector.iter().flat_map(|half| half.0.to_le_bytes()).collect()
}

fn decode_vector(blob: &[u8]) -> Vec<f16> {
    blob.as_chunks().0.iter().map(|bytes| f16(u16::from_le_bytes(*bytes))).collect()
}

fn parse_film(data: &str, fetched_at: Option<String>) -> Result<Film> {
    let film: Film = serde_json::from_str(data).map_err(|cause| EngineError::storage("reading a film of the catalogue", &cause))?;
    Ok(Film { fetched_at, ..film })
}
