//! Words that say nothing about a film.

use std::collections::HashSet;
use std::sync::LazyLock;

/// English function words; neither indexed nor asked for. Apostrophes are gone (`dont`), as [`fold_words`](crate::text::fold_words) leaves them.
const STOP: &str = "\
a about above across after again against all along also although always am an and any are arent around as at be because been before being below \
between bit both but by can cannot cant could couldnt d did didnt do does doesnt doing done dont down during each eg either else etc even ever every \
few for from further had hadnt has hasnt have havent having he her here hers herself hes him himd himself his how however i id ie if ill im in into is \
isnt it its itself ive just lets ll lot lots m many may me might mine more most much must mustnt my myself near neither never no nor not o of off oh \
ok okay on once only onto or other others our ours ourselves out over own per re s same shall she shes should shouldnt since so some still such t than \
that thats the their theirs them themselves then there theres these they theyre this those though through to too toward towards under until up upon us \
ve very via vs was wasnt we well were werent what whats when where whether which while who whom whose why will with within without wont would wouldnt \
y yeah yep yes yet you your youre yours yourself youve";

/// Words that people use to ask for a film ("I remember seeing a movie where …"). They stay in the index, where they may mean something,
/// and are left out of questions. Chosen on questions of people who look for a film they half remember.
const ASKING: &str = "\
able actor actors actress actresses actually advance ago amazon another answer anybody anyone anything anyway appreciate appreciated assume back bad \
basically beginning begins believe believed best better big bits bothering boy boys bugging cable call called came cast certain certainly channel \
character characters childhood cinema cinemas clip clips clue clues come comes coming comment comments couple cover crazy day days definitely describe \
described describing description detail details different directed director driving dude dvd early edit end ended ending ends entire entirely era \
everybody everyone everything exact exactly figure film films final find finding first flick flicks folks forget forgot forgotten found full fuzzy gal \
gave get gets getting girl girls give gives go goes going gone good google googled googling got grateful great grew growing guess guessing guy guys \
happen happened happening happens hazy hbo head hello help helped helping hey hi hulu idea ideas imdb info information kidme killing kind kinda knew \
know known knows lady last late lead left let like liked likely little long look looked looking looks love loved made main make makes making man maybe \
memories memory men mid middle mind month months movie movies name named names need needed netflix new newer nice night old older oldish one ones \
opening part parts people perhaps person place played playing plays please plot plots pls plz point possibly post posted poster premise pretty prime \
probably protagonist put puts question quite real really recall recalled recalling recent recently recollection reddit redditors release released \
remember remembered remembering remembers rental rented right role said saw say saying says scene scenes search searched searching see seeing seem \
seemed seems seen set show showed showing shown shows side small solved somebody somehow someone something sometime somewhere sort sorta specific \
specifically starred starring stars start started starting starts stories story storyline stuck stuff sub subreddit summary suppose sure take takes \
tape television tell tells thank thanks theater theaters theatre theatres thing things think thinking thought thoughts thread thx tia time times tip \
tipofmytongue title titled titles today told tomt tongue took trailer trailers tried tries try trying turn turned turns tv two type unlikely unsolved \
unsure vague vaguely various vhs video want wanted watch watched watcher watching way ways week weeks went whole wikipedia woman women year years \
youtube";

static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP.split(' ').collect());
static ASKING_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| ASKING.split(' ').collect());

/// Whether the folded word is a function word.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

/// Whether the folded word belongs to the asking and not to the film.
pub(crate) fn is_asking_word(word: &str) -> bool {
    ASKING_WORDS.contains(word)
}
