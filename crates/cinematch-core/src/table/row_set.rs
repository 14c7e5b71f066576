//! A set of rows as a bitmap.

/// Number of a film's place in the running process. Rows are only ever appended; an updated film gets a new one.
pub type Row = u32;

const BITS: usize = u64::BITS as usize;

/// A set of rows, one bit each.
#[derive(Debug, Clone, Default)]
pub struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The rows `0..count`.
    #[cfg(feature = "testing")]
    pub fn full(count: usize) -> Self {
        let mut words = vec![u64::MAX; count / BITS];
        if !count.is_multiple_of(BITS) {
            words.push((1 << (count % BITS)) - 1);
        }
        Self { words }
    }

    /// The given rows.
    pub fn from_rows(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut set = Self::new();
        for row in rows {
            set.insert(row);
        }
        set
    }

    /// Whether `row` is in the set.
    pub fn contains(&self, row: Row) -> bool {
        self.word(row as usize / BITS) >> (row as usize % BITS) & 1 == 1
    }

    /// Adds `row`.
    pub fn insert(&mut self, row: Row) {
        let word = row as usize / BITS;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (row as usize % BITS);
    }

    /// Takes `row` out.
    pub fn remove(&mut self, row: Row) {
        if let Some(word) = self.words.get_mut(row as usize / BITS) {
            *word &= !(1 << (row as usize % BITS));
        }
    }

    /// How many rows are in the set; counts them.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether no row is in the set.
    #[cfg(feature = "testing")]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Keeps the rows that are in `other` too.
    pub fn and(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, &theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= theirs;
        }
    }

    /// Adds the rows of `other`.
    pub fn or(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, &theirs) in self.words.iter_mut().zip(&other.words) {
            *word |= theirs;
        }
    }

    /// Takes the rows of `other` out.
    pub fn and_not(&mut self, other: &Self) {
        for (word, &theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= !theirs;
        }
    }

    /// Keeps the rows for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(Row) -> bool) {
        for (index, word) in self.words.iter_mut().enumerate() {
            for bit in Bits(*word) {
                if !keep((index * BITS) as Row + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// The rows, rising.
    pub fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        self.words.iter().enumerate().flat_map(|(index, &word)| Bits(word).map(move |bit| (index * BITS) as Row + bit))
    }

    /// The 64 rows from `index * 64` on, lowest row in the lowest bit.
    pub fn word(&self, index: usize) -> u64 {
        self.words.get(index).copied().unwrap_or(0)
    }
}

/// The positions of the ones in a word, rising.
pub(crate) struct Bits(pub u64);

impl Iterator for Bits {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_inserted_and_not_removed() {
        let mut set = RowSet::from_rows([3, 64, 200, 3]);
        set.remove(64);
        set.remove(9_999);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 200]);
        assert_eq!(set.len(), 2);
        assert!(set.contains(200) && !set.contains(64) && !set.contains(1_000_000));
    }

    #[test]
    fn full_sets_end_where_they_should() {
        for count in [0, 1, 63, 64, 65, 128] {
            let set = RowSet::full(count);
            assert_eq!(set.len(), count);
            assert_eq!(set.iter().collect::<Vec<_>>(), (0..count as Row).collect::<Vec<_>>());
            assert_eq!(set.is_empty(), count == 0);
        }
    }

    #[test]
    fn and_keeps_the_common_rows_of_sets_of_any_length() {
        let (short, long) = (RowSet::from_rows([1, 5]), RowSet::from_rows([5, 700]));
        for (left, right) in [(&short, &long), (&long, &short)] {
            let mut set = left.clone();
            set.and(right);
            assert_eq!(set.iter().collect::<Vec<_>>(), [5]);
        }
    }

    #[test]
    fn or_and_not_and_retain_do_what_sets_do() {
        let mut set = RowSet::from_rows([1, 70]);
        set.or(&RowSet::from_rows([2, 500]));
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 2, 70, 500]);
        set.and_not(&RowSet::from_rows([2, 600]));
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 70, 500]);
        set.retain(|row| row != 70);
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 500]);
    }
}
