//! Words and the roles that they play.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tsv;

pub(super) const FILE: &str = include_str!("../../data/words.tsv");

/// What a word does in a question or a title; `data/words.tsv` says more of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Says nothing about a film.
    Stop,
    /// Belongs to the asking and not to the film.
    Asking,
    /// Asks for a person and yet tells of one.
    Person,
    /// Shows that somebody asks for a film, rather than describes it.
    Seeking,
    /// Shows that somebody tells of themselves.
    FirstPerson,
    /// Means the film itself.
    Film,
    /// Denies what follows.
    Denial,
    /// Is a title that is a word of any description too.
    Common,
    /// Stands before the number of a part of a series.
    Part,
    /// Ends a title by which the films of a series are told apart.
    Sequel,
}

/// The roles by their names in the file.
pub(super) const ROLES: [(&str, Role); 10] = [
    ("stop", Role::Stop),
    ("asking", Role::Asking),
    ("person", Role::Person),
    ("seeking", Role::Seeking),
    ("first-person", Role::FirstPerson),
    ("film", Role::Film),
    ("denial", Role::Denial),
    ("common", Role::Common),
    ("part", Role::Part),
    ("sequel", Role::Sequel),
];

/// The roles of each word, a bit for each.
static WORDS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let bits = |roles| tsv::list(roles, " ").filter_map(role_of).fold(0, |bits, role| bits | bit(role));
    tsv::rows(FILE).map(|[word, roles]| (word, bits(roles))).collect()
});

fn role_of(name: &str) -> Option<Role> {
    ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

const fn bit(role: Role) -> u16 {
    1 << role as u16
}

/// Whether the word plays the role. The role decides whether words are compared folded or normalised.
pub(crate) fn plays(word: &str, role: Role) -> bool {
    WORDS.get(word).is_some_and(|bits| bits & bit(role) != 0)
}

/// Whether the folded word is a function word.
pub(crate) fn is_stop_word(word: &str) -> bool {
    plays(word, Role::Stop)
}

/// Whether the folded word belongs to the asking and not to the film.
pub(crate) fn is_asking_word(word: &str) -> bool {
    plays(word, Role::Asking)
}
