//! State bodies and their parts: viewports, keyboard, touches.

use super::touches::{read_code, touch_code};
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::tables::{Interner, Strings};
use viewreel_model::MaskLevel;
use viewreel_model::limits::{MAX_OPEN_TOUCHES, MAX_VIEWPORTS};
use viewreel_model::record::{Keyboard, Lifecycle, ReplayMeta, State, Touch};
use viewreel_model::viewport::{Direction, InterfaceStyle, Orientation, SceneId, Viewport};

/// Writes the body of a state record.
pub(crate) fn write(out: &mut Writer, strings: &mut Interner, state: &State) {
    out.u8(state.mask_level as u8);
    let viewports = state.viewports.get(..MAX_VIEWPORTS).unwrap_or(&state.viewports);
    out.count(viewports.len());
    for viewport in viewports {
        write_viewport(out, strings, viewport);
    }
    strings.write(out, &state.screen);
    out.u8(state.lifecycle as u8);
    write_keyboard(out, &state.keyboard);
    let touches = state.open_touches.get(..MAX_OPEN_TOUCHES).unwrap_or(&state.open_touches);
    out.count(touches.len());
    for touch in touches {
        write_touch(out, touch);
    }
    for text in meta_texts(&state.meta) {
        strings.write(out, text);
    }
}

fn meta_texts(meta: &ReplayMeta) -> [&str; 8] {
    [
        &meta.user_id,
        &meta.app_name,
        &meta.app_version,
        &meta.os_name,
        &meta.os_version,
        &meta.device_model,
        &meta.locale,
        &meta.sdk,
    ]
}

/// Writes a viewport.
pub(crate) fn write_viewport(out: &mut Writer, strings: &mut Interner, viewport: &Viewport) {
    out.uv(u64::from(viewport.scene.0));
    out.size(viewport.size);
    out.f32(viewport.scale);
    out.insets(viewport.safe_area);
    out.u8(viewport.orientation as u8);
    out.u8(viewport.style as u8);
    strings.write(out, &viewport.text_size);
    out.u8(viewport.direction as u8);
}

/// Writes the keyboard.
pub(crate) fn write_keyboard(out: &mut Writer, keyboard: &Keyboard) {
    out.u8(u8::from(keyboard.is_visible));
    out.rect(keyboard.frame);
}

/// Writes a touch.
fn write_touch(out: &mut Writer, touch: &Touch) {
    out.uv(u64::from(touch.pointer));
    out.u8(touch_code(touch));
    out.point(touch.at);
}

/// Reads the body of a state record.
pub(crate) fn read(from: &mut Reader<'_>, strings: &mut Strings) -> Result<State, FormatError> {
    let mask_level = from.code("a mask level", MaskLevel::from_code)?;
    let viewports = (0..from.count("viewports", MAX_VIEWPORTS)?)
        .map(|_| read_viewport(from, strings))
        .collect::<Result<_, _>>()?;
    let screen = strings.read(from, "a screen name")?.to_owned();
    let lifecycle = from.code("a life-cycle state", Lifecycle::from_code)?;
    let keyboard = read_keyboard(from)?;
    let open_touches = (0..from.count("open touches", MAX_OPEN_TOUCHES)?)
        .map(|_| read_touch(from))
        .collect::<Result<_, _>>()?;
    let meta = read_meta(from, strings)?;
    Ok(State { mask_level, viewports, screen, lifecycle, keyboard, open_touches, meta })
}

fn read_meta(from: &mut Reader<'_>, strings: &mut Strings) -> Result<ReplayMeta, FormatError> {
    let mut text = || Ok::<_, FormatError>(strings.read(from, "replay metadata")?.to_owned());
    Ok(ReplayMeta {
        user_id: text()?,
        app_name: text()?,
        app_version: text()?,
        os_name: text()?,
        os_version: text()?,
        device_model: text()?,
        locale: text()?,
        sdk: text()?,
    })
}

/// Reads a viewport.
pub(crate) fn read_viewport(
    from: &mut Reader<'_>,
    strings: &mut Strings,
) -> Result<Viewport, FormatError> {
    Ok(Viewport {
        scene: SceneId(from.uv32("a scene")?),
        size: from.size("a screen size")?,
        scale: from.f32("a screen scale")?,
        safe_area: from.insets("a safe area")?,
        orientation: from.code("an orientation", Orientation::from_code)?,
        style: match from.flag("an interface style")? {
            false => InterfaceStyle::Light,
            true => InterfaceStyle::Dark,
        },
        text_size: strings.read(from, "a text size")?.to_owned(),
        direction: match from.flag("a layout direction")? {
            false => Direction::LeftToRight,
            true => Direction::RightToLeft,
        },
    })
}

/// Reads the keyboard.
pub(crate) fn read_keyboard(from: &mut Reader<'_>) -> Result<Keyboard, FormatError> {
    Ok(Keyboard {
        is_visible: from.flag("a keyboard flag")?,
        frame: from.rect("a keyboard frame")?,
    })
}

/// Reads a touch.
fn read_touch(from: &mut Reader<'_>) -> Result<Touch, FormatError> {
    let pointer = from.uv32("a pointer")?;
    let (phase, is_masked) = read_code(from)?;
    Ok(Touch { pointer, phase, at: from.point("a touch point")?, is_masked })
}
