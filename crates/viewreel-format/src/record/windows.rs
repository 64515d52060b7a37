//! Lists of windows.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use viewreel_model::NodeId;
use viewreel_model::diff::DiffWindow;
use viewreel_model::limits::MAX_WINDOWS;
use viewreel_model::viewport::SceneId;

/// Writes a list of windows.
pub(crate) fn write(out: &mut Writer, count: usize, windows: impl Iterator<Item = DiffWindow>) {
    out.count(count);
    for window in windows {
        out.uv(u64::from(window.root.0));
        out.uv(u64::from(window.scene.0));
        out.f32(window.level);
    }
}

/// Reads a list of windows; `check` says whether a root may be one.
pub(crate) fn read(
    from: &mut Reader<'_>,
    check: impl Fn(NodeId) -> bool,
) -> Result<Vec<DiffWindow>, FormatError> {
    let count = from.count("windows", MAX_WINDOWS)?;
    (0..count)
        .map(|_| {
            let root = from.map("a root of the tree", Reader::uv32, |id| {
                Some(NodeId(id)).filter(|&id| id.0 > 0 && check(id))
            })?;
            let scene = SceneId(from.uv32("a scene")?);
            Ok(DiffWindow { root, scene, level: from.f32("a window level")? })
        })
        .collect()
}
