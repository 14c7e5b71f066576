//! The contract in TypeScript. A test compares the committed file; `npm run contract` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use ts_rs::{Config, TS};

use crate::catalog::Record;
use crate::engine::EngineSettings;
use crate::error::{EngineError, Failure};
use crate::film::Film;
use crate::query::{
    Answer, Explanation, Facet, FacetValue, FetchTime, Filters, Hit, Include, LIMITS, ListRequest, ModelStatus, MoviePage, Part, PartName,
    Range, RecommendRequest, Reference, Resolution, SearchMode, SearchRequest, SortKey, StoreStatus, Suggestion, TermFilter, UpsertReport,
};

const FILE: &str = "../../src/store/contract.generated.ts";
const HEADER: &str = "// Written by `npm run contract` from the Rust sources (crates/cinematch-core/src/query/); edit those.\n";

fn contract() -> String {
    let types = [
        of::<Film>(),
        of::<Range<f64>>(),
        of::<TermFilter>(),
        of::<Filters>(),
        of::<SearchMode>(),
        of::<Include>(),
        of::<SearchRequest>(),
        of::<RecommendRequest>(),
        of::<SortKey>(),
        of::<ListRequest>(),
        of::<Reference>(),
        of::<PartName>(),
        of::<Part>(),
        of::<Explanation>(),
        of::<Hit>(),
        of::<FacetValue>(),
        of::<Facet>(),
        of::<Answer>(),
        of::<Suggestion>(),
        of::<Resolution>(),
        of::<MoviePage>(),
        of::<UpsertReport>(),
        of::<FetchTime>(),
        of::<Record>(),
        of::<ModelStatus>(),
        of::<StoreStatus>(),
        of::<EngineSettings>(),
        of::<Failure>(),
    ];
    let values = [
        constant("LIMITS", "The bounds of requests.", &LIMITS),
        constant("SEARCH_MODES", "Every way to search.", &SearchMode::ALL),
        constant("SORT_KEYS", "Everything that films can be listed by.", &SortKey::ALL),
        constant("NUMBER_FILTERS", "The filters by numbers.", &Filters::NUMBERS),
        constant("TERM_FILTERS", "The filters by names.", &Filters::TERMS),
        constant("FAILURE_CODES", "Every code of a failure.", &EngineError::CODES),
    ];
    format!("{HEADER}{}{}", types.concat(), values.concat())
}

/// The declaration of a type, one field a line. What may be left out may also be `undefined`, so that callers need not remove it.
fn of<T: TS + 'static>() -> String {
    let declaration =
        T::decl(&Config::new().with_large_int("number")).replace(" };", "\n};").replace("/**\n * ", "/** ").replace("\n */", " */");
    let mut text = String::new();
    for line in declaration.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let indent = if line.starts_with("type ") || line == "};" { "" } else { "  " };
        let _ = match line.split_once("?: ") {
            Some((name, kind)) => {
                writeln!(text, "{indent}{name}?: {} | undefined,", kind.trim_end_matches(',').trim_end_matches(" | null"))
            }
            None => writeln!(text, "{indent}{line}"),
        };
    }
    let docs = T::docs().unwrap_or_default().replace("/**\n * ", "/** ").replace("\n */", " */");
    format!("\n{docs}export {text}")
}

fn constant(name: &str, documentation: &str, value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("plain data");
    format!("\n/** {documentation} */\nexport const {name} = {json} as const;\n")
}

#[test]
fn the_committed_types_are_those_of_the_sources() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("CINEMATCH_WRITE_CONTRACT").is_some() {
        std::fs::write(&file, contract()).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == contract(), "{FILE} is not what the sources say; `npm run contract` writes it");
}
