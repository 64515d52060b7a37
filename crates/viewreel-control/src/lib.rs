//! Projects and keys: what people decide.
