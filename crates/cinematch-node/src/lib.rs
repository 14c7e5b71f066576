//! The Node addon: types that cross the boundary, tasks that run off the event loop, and no decisions.
#![allow(clippy::needless_pass_by_value)] // arguments arrive from JavaScript by value
#![allow(missing_docs)] // the generated .d.ts documents the JavaScript side

mod engine;
mod error;
mod film;
mod query;
mod records;
mod tasks;
