//! Retains a tree, computes the minimal diff of two snapshots, applies diffs, seeks.
