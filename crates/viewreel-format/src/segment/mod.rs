//! Segments: header, chunks, footer; writing, reading, recovering.

pub(crate) mod chunk;
pub(crate) mod deflate;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod limit;
pub(crate) mod pack;
pub(crate) mod readdress;
pub(crate) mod reader;
pub(crate) mod recover;
pub(crate) mod split;
pub(crate) mod track;
pub(crate) mod weight;
pub(crate) mod writer;
