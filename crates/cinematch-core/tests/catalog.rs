//! The catalogue on disk: what is committed comes back, and only that.
#![allow(clippy::unwrap_used, missing_docs)]

use cinematch_core::EngineError;
use cinematch_core::film::Film;
use cinematch_core::testing::{Catalog, CatalogChange, DataDir, FilmWrite, VectorWrite, content_hash, text_hash};
use numkong::f16;
use serde_json::json;

fn film(id: u32, title: &str) -> Film {
    Film { tmdb_id: id, title: title.to_owned(), overview: format!("About {title}."), ..Film::default() }
}

fn vector(x: f32) -> VectorWrite {
    VectorWrite { document_hash: text_hash(&x.to_string()), vector: vec![f16::from_f32(x); 4] }
}

fn upsert(film: &Film, vector: Option<VectorWrite>) -> FilmWrite<'_> {
    FilmWrite { film, content: content_hash(film).unwrap(), vector }
}

fn all(catalog: &Catalog, model: &str) -> Vec<(u32, Option<Vec<f16>>, u64)> {
    let mut films = Vec::new();
    catalog
        .for_each_film(model, |stored| {
            films.push((stored.film.tmdb_id, stored.vector, stored.vector_generation));
            Ok(())
        })
        .unwrap();
    films
}

#[test]
fn a_commit_survives_reopening_and_changes_the_generation() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("catalogue.sqlite");
    let heat = Film { fetched_at: Some("2026-01-01T00:00:00Z".to_owned()), ..film(949, "Heat") };
    {
        let catalog = Catalog::open(&path).unwrap();
        assert_eq!(catalog.generation().unwrap(), 0);
        let change = CatalogChange { upserts: vec![upsert(&heat, Some(vector(0.5)))], ..CatalogChange::default() };
        assert!(catalog.commit("m", &change).unwrap() > 0);
    }
    let catalog = Catalog::open(&path).unwrap();
    let generation = catalog.generation().unwrap();
    assert!(generation > 0);
    assert_eq!(catalog.films(&[949, 1]).unwrap(), vec![Some(heat.clone()), None]);
    assert_eq!(all(&catalog, "m"), vec![(949, Some(vec![f16::from_f32(0.5); 4]), generation)]);
    assert_eq!(all(&catalog, "other"), vec![(949, None, 0)], "vectors of another model are not mixed in");
    let hashes = catalog.hashes("m", [949, 1].into_iter()).unwrap();
    assert_eq!(hashes.len(), 1);
    assert_eq!(hashes[&949], (content_hash(&heat).unwrap().1, Some(text_hash("0.5"))));
}

#[test]
fn metadata_changes_keep_the_vector_and_a_fetch_time_changes_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(&dir.path().join("c.sqlite")).unwrap();
    let first = film(1, "Alien");
    catalog.commit("m", &CatalogChange { upserts: vec![upsert(&first, Some(vector(1.0)))], ..Default::default() }).unwrap();
    let voted = Film { vote_count: Some(9), ..first };
    catalog.commit("m", &CatalogChange { upserts: vec![upsert(&voted, None)], ..Default::default() }).unwrap();
    assert_eq!(all(&catalog, "m"), vec![(1, Some(vec![f16::from_f32(1.0); 4]), 1)]);
    let refetched = CatalogChange { refetched: vec![(1, "2026-02-02T00:00:00Z")], ..Default::default() };
    assert_eq!(catalog.commit("m", &refetched).unwrap(), 2, "no new generation");
    assert_eq!(catalog.fetch_times().unwrap(), vec![(1, Some("2026-02-02T00:00:00Z".to_owned()))]);
}

#[test]
fn deleting_a_film_deletes_its_vectors() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(&dir.path().join("c.sqlite")).unwrap();
    let (a, b) = (film(1, "A"), film(2, "B"));
    let both = CatalogChange { upserts: vec![upsert(&a, Some(vector(1.0))), upsert(&b, Some(vector(1.0)))], ..Default::default() };
    catalog.commit("m", &both).unwrap();
    catalog.commit("m", &CatalogChange { deletes: vec![1], ..Default::default() }).unwrap();
    assert_eq!(all(&catalog, "m").len(), 1);
    assert_eq!(catalog.count_without_vector("m").unwrap(), 0);
}

#[test]
fn a_new_model_is_filled_in_beside_the_old_one_and_then_replaces_it() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(&dir.path().join("c.sqlite")).unwrap();
    let a = film(1, "A");
    catalog.commit("old", &CatalogChange { upserts: vec![upsert(&a, Some(vector(1.0)))], ..Default::default() }).unwrap();
    catalog.activate_model("old").unwrap();
    assert_eq!(catalog.films_without_vector("new", 0, 10).unwrap(), vec![a.clone()]);
    let stale = film(1, "changed meanwhile");
    catalog.put_vectors("new", &[(1, vector(0.25), content_hash(&stale).unwrap().1)]).unwrap();
    assert_eq!(catalog.count_without_vector("new").unwrap(), 1, "a vector of another text is not stored");
    catalog.put_vectors("new", &[(1, vector(0.25), content_hash(&a).unwrap().1)]).unwrap();
    assert_eq!(catalog.count_without_vector("new").unwrap(), 0);
    assert_eq!(all(&catalog, "old")[0].1, Some(vec![f16::from_f32(1.0); 4]), "the old vectors still answer");
    catalog.activate_model("new").unwrap();
    assert_eq!(catalog.active_model().unwrap().as_deref(), Some("new"));
    assert_eq!(all(&catalog, "old")[0].1, None);
}

#[test]
fn records_are_kept_by_collection_and_key() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = Catalog::open(&dir.path().join("c.sqlite")).unwrap();
    catalog.put_record("updates", "b", &json!({"state": "running"})).unwrap();
    catalog.put_record("updates", "a", &json!(1)).unwrap();
    catalog.put_record("api_keys", "a", &json!(2)).unwrap();
    catalog.put_record("updates", "b", &json!({"state": "done"})).unwrap();
    let keys: Vec<_> = catalog.records("updates").unwrap().into_iter().map(|r| (r.key, r.value)).collect();
    assert_eq!(keys, vec![("a".to_owned(), json!(1)), ("b".to_owned(), json!({"state": "done"}))]);
    assert!(catalog.delete_record("updates", "b").unwrap());
    assert!(!catalog.delete_record("updates", "b").unwrap());
    assert_eq!(catalog.record("updates", "b").unwrap(), None);
}

#[test]
fn files_that_are_no_catalogue_are_refused_and_left_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let garbage = dir.path().join("garbage.sqlite");
    std::fs::write(&garbage, "this is no database, but it is long enough to have a header".repeat(40)).unwrap();
    assert_eq!(Catalog::open(&garbage).err().unwrap().code(), "catalogue_damaged");
    assert!(std::fs::read_to_string(&garbage).unwrap().starts_with("this is no database"));

    let newer = dir.path().join("newer.sqlite");
    drop(Catalog::open(&newer).unwrap());
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 999).unwrap();
    assert_eq!(Catalog::open(&newer).err().unwrap().code(), "catalogue_too_new");

    let foreign = dir.path().join("foreign.sqlite");
    let other = rusqlite::Connection::open(&foreign).unwrap();
    other.pragma_update(None, "user_version", 1).unwrap();
    drop(other);
    assert_eq!(Catalog::open(&foreign).err().unwrap().code(), "catalogue_damaged");
}

#[test]
fn a_second_holder_of_the_data_directory_is_told_who_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let first = DataDir::acquire(dir.path(), "serve").unwrap();
    match DataDir::acquire(dir.path(), "import") {
        Err(EngineError::DataDirLocked { holder, .. }) => {
            assert_eq!(holder, format!("process {} (serve)", std::process::id()));
        }
        other => panic!("expected a lock error, got {other:?}"),
    }
    drop(first);
    DataDir::acquire(dir.path(), "import").unwrap();
}
