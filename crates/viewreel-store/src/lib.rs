//! Segments in object storage and the index over them.
