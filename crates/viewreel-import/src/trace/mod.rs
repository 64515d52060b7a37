//! t
pub(crate) fn import(_: &str, _: &mut crate::feed::Feed<'_>) -> Result<(), crate::ImportError> {
    Ok(())
}
