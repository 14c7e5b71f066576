//! Words by which people wish for origins and genres.

/// Words that mean the film itself.
pub const FILM_WORDS: [&str; 17] = [
    "film",
    "films",
    "movie",
    "movies",
    "cinema",
    "flick",
    "flicks",
    "picture",
    "feature",
    "features",
    "animation",
    "short",
    "production",
    "dub",
    "language",
    "dialogue",
    "subtitles",
];

/// An origin as people call it.
pub struct Origin {
    /// Normalised words.
    pub words: &'static str,
    /// Languages of its films.
    pub languages: &'static [&'static str],
    /// Countries of its films.
    pub countries: &'static [&'static str],
    /// Genres that the word means as well.
    pub genres: &'static [&'static str],
    /// Whether the word means films wherever it stands (`bollywood`).
    pub always: bool,
}

const fn nation(words: &'static str, languages: &'static [&'static str], countries: &'static [&'static str]) -> Origin {
    Origin { words, languages, countries, genres: &[], always: false }
}

const fn cinema(
    words: &'static str,
    languages: &'static [&'static str],
    countries: &'static [&'static str],
    genres: &'static [&'static str],
) -> Origin {
    Origin { words, languages, countries, genres, always: true }
}

/// Origins that questions name.
pub const ORIGINS: &[Origin] = &[
    cinema("anime", &["ja"], &["jp"], &["animation"]),
    cinema("bollywood", &["hi"], &["in"], &[]),
    cinema("giallo", &["it"], &["it"], &["thriller"]),
    cinema("j horror", &["ja"], &["jp"], &["horror"]),
    cinema("kollywood", &["ta"], &["in"], &[]),
    cinema("nollywood", &[], &["ng"], &[]),
    cinema("spaghetti western", &["it"], &["it"], &["western"]),
    cinema("tollywood", &["te"], &["in"], &[]),
    cinema("wuxia", &["zh", "cn"], &["cn", "hk", "tw"], &["action"]),
    nation("american", &["en"], &["us"]),
    nation("arabic", &["ar"], &[]),
    nation("argentine", &["es"], &["ar"]),
    nation("argentinian", &["es"], &["ar"]),
    nation("australian", &["en"], &["au"]),
    nation("austrian", &["de"], &["at"]),
    nation("belgian", &["fr", "nl"], &["be"]),
    nation("brazilian", &["pt"], &["br"]),
    nation("british", &["en"], &["gb"]),
    nation("bulgarian", &["bg"], &["bg"]),
    nation("canadian", &["en", "fr"], &["ca"]),
    nation("cantonese", &["cn"], &["hk"]),
    nation("chilean", &["es"], &["cl"]),
    nation("chinese", &["zh", "cn"], &["cn", "hk", "tw"]),
    nation("colombian", &["es"], &["co"]),
    nation("croatian", &["hr"], &["hr"]),
    nation("cuban", &["es"], &["cu"]),
    nation("czech", &["cs"], &["cz", "cs", "xc"]),
    nation("czechoslovak", &["cs", "sk"], &["cs", "xc"]),
    nation("danish", &["da"], &["dk"]),
    nation("dutch", &["nl"], &["nl"]),
    nation("east german", &["de"], &["dd", "xg"]),
    nation("egyptian", &["ar"], &["eg"]),
    nation("estonian", &["et"], &["ee"]),
    nation("filipino", &["tl"], &["ph"]),
    nation("finnish", &["fi"], &["fi"]),
    nation("france", &["fr"], &["fr"]),
    nation("french", &["fr"], &["fr"]),
    nation("georgian", &["ka"], &["ge"]),
    nation("germany", &["de"], &["de"]),
    nation("german", &["de"], &["de"]),
    nation("greek", &["el"], &["gr"]),
    nation("hindi", &["hi"], &["in"]),
    nation("hong kong", &["cn", "zh"], &["hk"]),
    nation("hungarian", &["hu"], &["hu"]),
    nation("icelandic", &["is"], &["is"]),
    nation("indian", &["hi", "ta", "te", "ml", "bn", "kn", "mr", "pa"], &["in"]),
    nation("indonesian", &["id"], &["id"]),
    nation("iranian", &["fa"], &["ir"]),
    nation("irish", &["en", "ga"], &["ie"]),
    nation("israeli", &["he"], &["il"]),
    nation("italian", &["it"], &["it"]),
    nation("japan", &["ja"], &["jp"]),
    nation("japanese", &["ja"], &["jp"]),
    nation("kazakh", &["kk"], &["kz"]),
    nation("korea", &["ko"], &["kr"]),
    nation("korean", &["ko"], &["kr"]),
    nation("latvian", &["lv"], &["lv"]),
    nation("lebanese", &["ar"], &["lb"]),
    nation("lithuanian", &["lt"], &["lt"]),
    nation("malayalam", &["ml"], &["in"]),
    nation("malaysian", &["ms"], &["my"]),
    nation("mandarin", &["zh"], &["cn", "tw"]),
    nation("mexican", &["es"], &["mx"]),
    nation("moroccan", &["ar"], &["ma"]),
    nation("new zealand", &["en"], &["nz"]),
    nation("nigerian", &[], &["ng"]),
    nation("norwegian", &["no", "nb", "nn"], &["no"]),
    nation("pakistani", &["ur"], &["pk"]),
    nation("persian", &["fa"], &["ir"]),
    nation("peruvian", &["es"], &["pe"]),
    nation("polish", &["pl"], &["pl"]),
    nation("portuguese", &["pt"], &["pt"]),
    nation("romanian", &["ro"], &["ro"]),
    nation("russian", &["ru"], &["ru", "su"]),
    nation("scandinavian", &["sv", "da", "no"], &["se", "dk", "no"]),
    nation("scottish", &["en"], &["gb"]),
    nation("serbian", &["sr", "sh"], &["rs", "yu"]),
    nation("slovak", &["sk"], &["sk"]),
    nation("south african", &["en", "af"], &["za"]),
    nation("south korean", &["ko"], &["kr"]),
    nation("soviet", &["ru"], &["su"]),
    nation("spanish", &["es"], &["es", "mx", "ar"]),
    nation("swedish", &["sv"], &["se"]),
    nation("swiss", &["de", "fr"], &["ch"]),
    nation("taiwanese", &["zh"], &["tw"]),
    nation("tamil", &["ta"], &["in"]),
    nation("telugu", &["te"], &["in"]),
    nation("thai", &["th"], &["th"]),
    nation("turkish", &["tr"], &["tr"]),
    nation("ukrainian", &["uk"], &["ua"]),
    nation("vietnamese", &["vi"], &["vn"]),
    nation("welsh", &["en", "cy"], &["gb"]),
    nation("yugoslav", &["sh", "sr"], &["yu"]),
];

/// A genre as people call it.
pub struct Genre {
    /// Normalised words.
    pub words: &'static str,
    /// TMDB's names, normalised.
    pub genres: &'static [&'static str],
    /// Whether the words mean the genre wherever they stand; `war` does so only before a word for film.
    pub clear: bool,
    /// Whether the words are another name of the genre, which may stand for it in a filter: `sci fi` is one, `pixar` is not.
    pub alias: bool,
}

impl Genre {
    const fn alias(self) -> Self {
        Self { alias: true, ..self }
    }
}

const fn clear(words: &'static str, genres: &'static [&'static str]) -> Genre {
    Genre { words, genres, clear: true, alias: false }
}

const fn beside(words: &'static str, genres: &'static [&'static str]) -> Genre {
    Genre { words, genres, clear: false, alias: false }
}

/// The genres that a normalised name means otherwise than TMDB calls them, all of them together (`romcom`); none for other names.
pub fn genres_of_alias(name: &str) -> &'static [&'static str] {
    GENRES.iter().find(|genre| genre.alias && genre.words == name).map_or(&[], |genre| genre.genres)
}

/// Genres that questions, tags and filters name.
pub const GENRES: &[Genre] = &[
    beside("action", &["action"]),
    beside("adventure", &["adventure"]),
    beside("cartoon", &["animation"]).alias(),
    beside("cartoons", &["animation"]).alias(),
    beside("childrens", &["family"]).alias(),
    beside("chick flick", &["romance"]),
    beside("crime", &["crime"]),
    beside("disney", &["animation"]),
    beside("drama", &["drama"]),
    beside("family", &["family"]),
    beside("fantasy", &["fantasy"]),
    beside("funny", &["comedy"]),
    beside("gangster", &["crime"]),
    beside("heist", &["crime"]),
    beside("historical", &["history"]).alias(),
    beside("history", &["history"]),
    beside("kids", &["family"]).alias(),
    beside("music", &["music"]),
    beside("mystery", &["mystery"]),
    beside("romance", &["romance"]),
    beside("romantic", &["romance"]).alias(),
    beside("scary", &["horror"]),
    beside("space", &["science fiction"]),
    beside("superhero", &["action"]),
    beside("war", &["war"]),
    beside("zombie", &["horror"]),
    clear("animated", &["animation"]).alias(),
    clear("animation", &["animation"]),
    clear("claymation", &["animation"]),
    clear("comedies", &["comedy"]).alias(),
    clear("comedy", &["comedy"]),
    clear("documentaries", &["documentary"]).alias(),
    clear("documentary", &["documentary"]),
    clear("film noir", &["crime"]),
    clear("horror", &["horror"]),
    clear("musical", &["music"]).alias(),
    clear("pixar", &["animation"]),
    clear("love story", &["romance"]),
    clear("made for tv", &["tv movie"]).alias(),
    clear("parody", &["comedy"]),
    clear("rom com", &["romance", "comedy"]).alias(),
    clear("romantic comedy", &["romance", "comedy"]).alias(),
    clear("romcom", &["romance", "comedy"]).alias(),
    clear("sci fi", &["science fiction"]).alias(),
    clear("science fiction", &["science fiction"]),
    clear("scifi", &["science fiction"]).alias(),
    clear("spoof", &["comedy"]),
    clear("slasher", &["horror"]),
    clear("stop motion", &["animation"]),
    clear("thriller", &["thriller"]),
    clear("thrillers", &["thriller"]).alias(),
    clear("tv movie", &["tv movie"]),
    clear("western", &["western"]),
    clear("westerns", &["western"]).alias(),
];
