//! Questions by example, in words: the recommendation from the film that they name.

use super::hits::Ranked;
use super::snapshot::Snapshot;
use crate::error::Result;
use crate::question::{Conditions, Question, likenesses};
use crate::ranking::meets;
use crate::recommend::Taste;
use crate::table::{Row, RowSet};

/// What a question by example asks for.
pub struct Alike {
    /// The example.
    pub film: Row,
    /// What the films must be beside.
    pub conditions: Option<Conditions>,
}

impl Snapshot {
    /// The example that a question names, where it is one by example.
    pub(super) fn example(&self, question: &Question) -> Option<Alike> {
        likenesses(question).into_iter().find_map(|likeness| {
            let is_known = |word: &str| self.words.knows(word).unwrap_or(true);
            let film = self.titles.asked(&Question::read(&likeness.title), &self.table, self.table.live(), is_known)?;
            Some(Alike { film, conditions: likeness.conditions })
        })
    }

    /// Films like the example in the order of likeness, those that meet the conditions before the others; without it and its series.
    pub(super) fn alike(&self, alike: &Alike, allowed: &RowSet, wanted: usize) -> Result<Vec<Ranked>> {
        let mut rows = allowed.clone();
        rows.remove(alike.film);
        let example = [alike.film];
        self.remove_series(&example, None, &mut rows);
        let taste = Taste::new(&example, &[], &self.table, self.vectors.store());
        let ranked = self.ranked_by(&taste, &example, &[], &rows, wanted)?;
        let Some(conditions) = &alike.conditions else { return Ok(ranked) };
        let (mut meeting, others): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|film| meets(conditions, &self.table, film.row));
        let ceiling = meeting.last().map_or(1.0, |last| last.score);
        meeting.extend(others.into_iter().map(|film| Ranked { score: film.score.min(ceiling), ..film }));
        Ok(meeting)
    }
}
