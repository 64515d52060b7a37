//! What is seen: state, trees, viewport, keyboard, pictures.

use super::diff::Scratch;
use super::nodes::NodeTable;
use super::{diff, image, keyframe, state};
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::tables::{ReadTables, WriteTables};
use viewreel_model::StateId;
use viewreel_model::record::Body;

pub(crate) mod kind {
    pub(crate) const STATE: u8 = 1;
    pub(crate) const KEYFRAME: u8 = 2;
    pub(crate) const DIFF: u8 = 3;
    pub(crate) const VIEWPORT: u8 = 4;
    pub(crate) const KEYBOARD: u8 = 5;
    pub(crate) const IMAGE: u8 = 6;
}

/// What later records of the track depend on, beside its tables.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Progress {
    /// The state of the tree; `None` before the first keyframe.
    pub(crate) state: Option<StateId>,
    /// Image records so far.
    pub(crate) images: usize,
}

impl Progress {
    /// Follows one record of the track.
    pub(crate) fn follow(&mut self, body: &Body) {
        match body {
            Body::Keyframe { state, .. } => self.state = Some(*state),
            Body::Diff(_) => self.state = self.state.map(StateId::next),
            Body::Image(_) => self.images += 1,
            _ => {}
        }
    }
}

/// Writes the body of a record of this track and returns its kind; `None` where
/// it is of another track.
pub(crate) fn write(
    out: &mut Writer,
    tables: &mut WriteTables,
    scratch: &mut Scratch,
    current: Option<StateId>,
    body: &Body,
) -> Option<u8> {
    Some(match body {
        Body::State(value) => {
            state::write(out, &mut tables.strings, value);
            kind::STATE
        }
        Body::Keyframe { state, tree } => {
            keyframe::write(out, tables, scratch, *state, tree);
            kind::KEYFRAME
        }
        Body::Diff(value) => {
            diff::write(out, tables, scratch, current.unwrap_or(value.base), value);
            kind::DIFF
        }
        Body::Viewport(viewport) => {
            state::write_viewport(out, &mut tables.strings, viewport);
            kind::VIEWPORT
        }
        Body::Keyboard(keyboard) => {
            state::write_keyboard(out, keyboard);
            kind::KEYBOARD
        }
        Body::Image(binding) => {
            image::write(out, binding);
            kind::IMAGE
        }
        _ => return None,
    })
}

/// Reads the body of a record of that kind, before which the track came to `at`;
/// `None` where the kind is not known.
pub(crate) fn read(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    table: &mut NodeTable,
    at: Progress,
    kind: u8,
) -> Result<Option<Body>, FormatError> {
    Ok(Some(match kind {
        kind::STATE => Body::State(state::read(from, &mut tables.strings)?),
        kind::KEYFRAME => {
            let (state, tree) = keyframe::read(from, tables, table, at.state)?;
            Body::Keyframe { state, tree }
        }
        kind::DIFF => Body::Diff(diff::read(from, tables, table, at.state)?),
        kind::VIEWPORT => Body::Viewport(state::read_viewport(from, &mut tables.strings)?),
        kind::KEYBOARD => Body::Keyboard(state::read_keyboard(from)?),
        kind::IMAGE => Body::Image(image::read(from, at.images)?),
        _ => return Ok(None),
    }))
}
