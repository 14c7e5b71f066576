//! Films by the titles that people type.
