//! The screens of the shop, one per file.

pub(crate) mod alert;
pub(crate) mod checkout;
pub(crate) mod confirmation;
pub(crate) mod detail;
pub(crate) mod list;
pub(crate) mod login;
