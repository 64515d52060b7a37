//! Turns a raw snapshot into a masked one by level and overrides, in one pass.
