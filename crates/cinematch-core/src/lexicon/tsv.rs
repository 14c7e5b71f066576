//! The form of the data files: lines of fields separated by tabs, below one line that names them; `#` starts a comment.

/// The rows of a file, each as its fields; a field that is left out is empty.
pub fn rows<const FIELDS: usize>(file: &'static str) -> impl Iterator<Item = [&'static str; FIELDS]> {
    lines(file).skip(1).map(|line| {
        let mut fields = line.split('\t');
        std::array::from_fn(|_| fields.next().unwrap_or(""))
    })
}

/// The lines of a file that are no comments.
pub fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

/// The items of a field with several, separated by `separator`.
pub fn list(field: &'static str, separator: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(separator).filter(|item| !item.is_empty())
}
