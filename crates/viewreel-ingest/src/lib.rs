//! Authenticate, validate, deduplicate, commit; exactly one outcome per segment.
