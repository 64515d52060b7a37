//! Records that are read into the same memory again and again.

use crate::record::Record;

/// Records one after the other, each lent until the next one is asked for: then
/// its memory is used again. Who keeps something of a record takes it out.
pub trait LendRecords {
    /// Why a record cannot be read.
    type Error;

    /// The next record; `None` behind the last one and behind an error.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn lend(&mut self) -> Option<Result<&mut Record, Self::Error>>;
}
