//! The Node addon: tasks that run off the event loop, requests and answers as JSON text, and no decisions.
#![allow(clippy::needless_pass_by_value)] // arguments arrive from JavaScript by value
#![allow(missing_docs)] // the generated .d.ts documents the JavaScript side

mod engine;
mod json;
mod tasks;
