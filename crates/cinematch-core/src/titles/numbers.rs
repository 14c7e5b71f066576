//! Numbers in titles: digits, Roman numerals and English words.

use crate::lexicon::{Role, number_of_roman, number_of_word, plays};
use crate::text::strip_article;

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The title with numbers as digits and without its article and the words before numbers: `the godfather part ii` is `godfather 2`,
/// `forty year old virgin` `40 year old virgin`. Expects normalised text.
pub fn canonical(normalised: &str) -> String {
    let all: Vec<&str> = strip_article(normalised).split(' ').collect();
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(&word) = all.get(at) {
        let spelled = number_at(&all[at..]);
        at += spelled.map_or(1, |(_, count)| count);
        let number = spelled.map(|(number, _)| number).or_else(|| roman_number(word, words.is_empty()));
        let digits = number.map_or_else(|| word.to_owned(), |number| number.to_string());
        if digits.bytes().all(|byte| byte.is_ascii_digit()) && words.len() > 1 && words.last().is_some_and(|last| plays(last, Role::Part)) {
            words.pop();
        }
        words.push(digits);
    }
    words.join(" ")
}

/// The number that the words start with, and how many of them it takes: `twenty one`, `five hundred`, `nineteen eighty four`.
fn number_at(words: &[&str]) -> Option<(usize, usize)> {
    let (first, count) = below_hundred(words)?;
    if words.get(count) == Some(&"hundred") && (1..10).contains(&first) {
        return Some((first * 100, count + 1));
    }
    match below_hundred(&words[count..]) {
        Some((second, more)) if (13..=20).contains(&first) && second >= 10 => Some((first * 100 + second, count + more)), // a year
        _ => Some((first, count)),
    }
}

fn below_hundred(words: &[&str]) -> Option<(usize, usize)> {
    let word = words.first()?;
    let Some(tens) = TENS.iter().position(|known| known == word).map(|place| (place + 2) * 10) else {
        return number_of_word(word).map(|number| (number, 1));
    };
    let unit = words.get(1).and_then(|word| number_of_word(word)).filter(|unit| (1..10).contains(unit));
    Some(unit.map_or((tens, 1), |unit| (tens + unit, 2)))
}

/// Whether two titles speak of different numbers, so that neither can be a typo of the other (`rocky 2`, `rocky 3`; `toy story`, `toy story 2`).
pub fn numbers_differ(left: &str, right: &str) -> bool {
    let (left_digits, right_digits) = (digit_numbers(left), digit_numbers(right));
    let (left_words, right_words) = (spelled_numbers(left), spelled_numbers(right));
    left_digits != right_digits || (left_words.len() == right_words.len() && left_words != right_words)
}

/// Numbers in digits at the start or end of a word (`x2`, `2fast`, not `se7en`) and Roman numerals.
fn digit_numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for (place, word) in text.split(' ').enumerate() {
        if let Some(number) = roman_number(word, place == 0) {
            numbers.push(number.to_string());
            continue;
        }
        let head = word.len() - word.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let tail = word.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        if head > 0 {
            numbers.push(word[..head].trim_start_matches('0').to_owned());
        }
        if tail < word.len() && head < word.len() {
            numbers.push(word[tail..].trim_start_matches('0').to_owned());
        }
    }
    numbers
}

fn spelled_numbers(text: &str) -> Vec<usize> {
    text.split(' ').filter_map(number_of_word).collect()
}

/// A single letter (`x`) is a number only after another word: `rocky v`, but not `x men` or `i robot`. `i` alone is more often the pronoun.
fn roman_number(word: &str, first: bool) -> Option<usize> {
    let number = number_of_roman(word).filter(|&number| number > 1)?;
    (word.len() > 1 || !first).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_however_they_are_written() {
        for (title, expected) in [
            ("the godfather part ii", "godfather 2"),
            ("rocky v", "rocky 5"),
            ("ocean s eleven", "ocean s 11"),
            ("kill bill vol 1", "kill bill 1"),
            ("x men", "x men"),
            ("i robot", "i robot"),
            ("part 2", "part 2"),
            ("2012", "2012"),
            ("the forty year old virgin", "40 year old virgin"),
            ("nineteen eighty four", "1984"),
            ("nineteen seventeen", "1917"),
            ("five hundred days of summer", "500 days of summer"),
            ("twenty one jump street", "21 jump street"),
        ] {
            assert_eq!(canonical(title), expected);
        }
    }

    #[test]
    fn another_number_is_another_film() {
        for (left, right) in [
            ("rocky 2", "rocky 3"),
            ("rocky ii", "rocky iii"),
            ("toy story", "toy story 2"),
            ("x2", "x3"),
            ("ocean s nine", "ocean s five"),
            ("blade runner 2049", "blade runner 2048"),
        ] {
            assert!(numbers_differ(left, right), "{left} / {right}");
        }
        for (left, right) in [("rocky 2", "roky 2"), ("seven", "se7en"), ("ocean s elevn", "ocean s eleven"), ("rocky ii", "rocky 2")] {
            assert!(!numbers_differ(left, right), "{left} / {right}");
        }
    }
}
