//! Finds replays, serves manifests and segments.
