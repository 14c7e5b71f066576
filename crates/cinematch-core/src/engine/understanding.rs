//! What a question asks of this catalogue, before any film is judged.

use super::alike::Alike;
use super::snapshot::Snapshot;
use crate::query::{Idea, SearchRequest};
use crate::question::{Conditions, Question, conditions};
use crate::selection::{denied_by_tag, wanted};
use crate::table::{Row, RowSet};
use crate::titles::with_names_spelt;

/// A question as it is understood.
pub struct Understanding {
    /// What it says of the films that it wants, names spelt as the catalogue spells them.
    pub question: Question,
    /// Tags that it wants.
    pub tags: Vec<String>,
    /// The film that the whole question names.
    pub asked: Option<Row>,
    /// The example, where it asks for films like one.
    pub alike: Option<Alike>,
    /// The conditions, where it says nothing else.
    pub conditions: Option<Conditions>,
    /// The films that may be found: those that pass the filters, without those that it does not want.
    pub rows: RowSet,
}

impl Snapshot {
    /// Understands a question about the films that pass the filters. A question that is a title is nothing else.
    pub(super) fn understand(&self, request: &SearchRequest, without: Option<Idea>, allowed: &RowSet) -> Understanding {
        let (names, hints) = (without != Some(Idea::Names), without != Some(Idea::Hints));
        // A word that cannot be looked up is taken for known: no typo is assumed.
        let is_known = |word: &str| self.words.knows(word).unwrap_or(true);
        let mut rows = allowed.clone();
        let (text, tags) = if hints { self.without_denied_tags(request, &mut rows) } else { (request.text.clone(), request.tags.clone()) };
        let mut question = Question::read(&text);
        let asked = names.then(|| self.titles.asked(&question, &self.table, &rows, is_known)).flatten();
        let mut conditions = None;
        if asked.is_none() && hints {
            let wanted = wanted(&question, &self.table);
            rows.and_not(&wanted.excluded);
            question = wanted.rest.unwrap_or(question);
        }
        let alike = if names && asked.is_none() { self.example(&question) } else { None };
        if hints && tags.is_empty() && alike.is_none() {
            conditions = self::conditions(&question);
        }
        if names && asked.is_none() && alike.is_none() && conditions.is_none() {
            question = with_names_spelt(&question, &self.table, is_known).unwrap_or(question);
        }
        Understanding { question, tags, asked, alike, conditions, rows }
    }

    /// The text and the tags without tags that deny (`not scary`), whose films go from `rows`. A text of nothing else stays.
    fn without_denied_tags(&self, request: &SearchRequest, rows: &mut RowSet) -> (String, Vec<String>) {
        let mut text = request.text.clone();
        let mut tags = Vec::new();
        for tag in &request.tags {
            match denied_by_tag(tag, &self.table) {
                Some(denied) => {
                    rows.and_not(&denied);
                    text = text.replace(tag.as_str(), " ");
                }
                None => tags.push(tag.clone()),
            }
        }
        (if text.trim().is_empty() { request.text.clone() } else { text }, tags)
    }
}
