//! Segments: header, chunks, footer; writing, reading, recovering.

pub(crate) mod chunk;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod reader;
pub(crate) mod recover;
pub(crate) mod writer;
