//! The rooms of the core and their order: a room imports from rooms below it only, so there is no cycle between rooms.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src`, lowest first.
const ROOMS: [&str; 24] = [
    "film",
    "error",
    "warnings",
    "guard",
    "hex",
    "priority",
    "query",
    "cache_file",
    "text",
    "lexicon",
    "question",
    "table",
    "catalog",
    "embedding",
    "document",
    "vectors",
    "words",
    "titles",
    "selection",
    "ranking",
    "recommend",
    "engine",
    "typescript",
    "lib",
];
/// What `lib.rs` gives a shorter path, and the room that it comes from.
const SHORT_PATHS: [(&str, &str); 2] = [("EngineError", "error"), ("Result", "error")];

fn floor(room: &str) -> Option<usize> {
    let room = SHORT_PATHS.iter().find(|(name, _)| *name == room).map_or(room, |(_, room)| room);
    ROOMS.iter().position(|known| *known == room)
}

/// The source without its comments; lines keep their numbers.
fn without_comments(source: &str) -> String {
    source.lines().map(|line| line.find("//").map_or(line, |at| &line[..at])).collect::<Vec<_>>().join("\n")
}

/// The first names of the paths in a `{…}` that starts at the beginning of `group`.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for char in group.chars() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && char == ',') {
            names.push(name.trim().split(':').next().unwrap_or("").to_owned());
            name.clear();
        } else if depth > 1 || char != '{' {
            name.push(char);
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// What is wrong with the paths of a file in `room`: line, and why.
fn offences(room: &str, source: &str) -> Vec<(usize, String)> {
    let source = without_comments(source);
    let line = |at: usize| source[..at].matches('\n').count() + 1;
    let mut found: Vec<(usize, String)> = source
        .match_indices("super::super")
        .map(|(at, _)| (line(at), "`super::super` hides the room that it leads to; write `crate::`".to_owned()))
        .collect();
    for (at, start) in source.match_indices("crate::") {
        let path = &source[at + start.len()..];
        let end = path.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(path.len());
        let names = if path.starts_with('{') { first_names(path) } else { vec![path[..end].to_owned()] };
        for name in names {
            match (floor(room), floor(&name)) {
                (Some(own), Some(other)) if other <= own => {}
                (Some(_), Some(_)) => found.push((line(at), format!("`{room}` may not import from `{name}`, which is above it"))),
                _ => found.push((line(at), format!("`{name}` or `{room}` has no place in the order of rooms (tests/layers.rs)"))),
            }
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn rooms_import_from_below_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in sources(&src) {
        let place = file.strip_prefix(&src).unwrap();
        let room = Path::new(place.components().next().unwrap().as_os_str()).file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(floor(&room).is_some(), "{} has no place in the order of rooms (tests/layers.rs)", place.display());
        let offences = offences(&room, &fs::read_to_string(&file).unwrap());
        found.extend(offences.into_iter().map(|(line, why)| format!("src/{}:{line}: {why}", place.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_import_upwards_is_found_however_it_is_written() {
    let wrong =
        "use crate::film::Film;\nuse crate::{Result, table::Row,\n    engine::{Engine, Lane}};\nfn f() -> crate::titles::TitleIndex {}\n";
    let lines: Vec<usize> = offences("table", wrong).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [2, 4]);
    assert_eq!(offences("table", "use crate::nowhere::X; // use crate::engine::Engine;").len(), 1);
    assert_eq!(offences("table", "use super::super::engine::Engine;").len(), 1);
    assert!(offences("engine", wrong).is_empty());
}
