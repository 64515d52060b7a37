//! What a project asks of its recorders.

mod file;
pub mod json;
mod rules;
mod words;

pub use file::ProjectConfig;
