//! The viewreel command.
fn main() {}
