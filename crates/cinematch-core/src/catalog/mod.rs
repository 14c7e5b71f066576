//! The catalogue: one SQLite file, the only truth on disk.
