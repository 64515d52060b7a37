//! How a node looks as an element.

use std::collections::BTreeMap;
use viewreel_model::node::{Alignment, Gradient, Shadow, TextRole};
use viewreel_model::{Color, Kind, Point, Row, StringTable, Transform};

/// Space above and left of everything in a scroll view, so that it can be
/// dragged past its start. In points.
pub(crate) const SLACK_PT: f32 = 400.0;

/// Gives every distinct look a class, as a page's style sheet would.
#[derive(Default)]
pub(crate) struct Looks {
    classes: BTreeMap<String, usize>,
}

impl Looks {
    /// The class of a node's look.
    pub(crate) fn class_of(&mut self, row: &Row) -> String {
        let next = self.classes.len();
        let index = *self.classes.entry(look(row)).or_insert(next);
        format!("k{index}")
    }

    /// The style sheet.
    pub(crate) fn sheet(&self) -> String {
        let rule = |(look, index): (&String, &usize)| format!(".k{index}{{{look}}}");
        self.classes.iter().map(rule).collect::<Vec<_>>().join("\n")
    }
}

/// What an app sets once: fill, corners, border, shadow, font.
fn look(row: &Row) -> String {
    let mut rules = Vec::new();
    let appearance = &row.appearance;
    let radii = row.geometry.corner_radii;
    if row.geometry.clips {
        rules.push("overflow:hidden".to_owned());
    }
    if !appearance.background.is_clear() {
        rules.push(format!("background:{}", color(appearance.background)));
    }
    if appearance.gradient != Gradient::default() {
        let (from, to) = (color(appearance.background), color(appearance.gradient.end));
        rules.push(format!("background-image:linear-gradient({from},{to})"));
    }
    if radii != [0.0; 4] {
        rules.push(format!("border-radius:{}", radii.map(px).join(" ")));
    }
    if appearance.border.width > 0.0 {
        let border = appearance.border;
        rules.push(format!("border:{} solid {}", px(border.width), color(border.color)));
    }
    if appearance.shadow != Shadow::default() {
        let shadow = appearance.shadow;
        let (x, y) = (px(shadow.offset.x), px(shadow.offset.y));
        rules.push(format!("box-shadow:{x} {y} {} {}", px(shadow.radius), color(shadow.color)));
    }
    if !row.image.tint.is_clear() {
        rules.push(format!("color:{}", color(row.image.tint)));
    }
    rules.extend(font(row));
    rules.join(";")
}

fn font(row: &Row) -> Vec<String> {
    if row.text.role == TextRole::None {
        return Vec::new();
    }
    let align = match row.text.alignment {
        Alignment::Center => "center",
        Alignment::Right => "right",
        _ => "left",
    };
    vec![
        format!("font:{} {} sans-serif", row.text.weight.max(100), px(row.text.size)),
        format!("color:{}", color(row.text.color)),
        format!("text-align:{align}"),
    ]
}

fn color(color: Color) -> String {
    if color.0 & 0xff == 0xff {
        format!("#{:06x}", color.0 >> 8)
    } else {
        format!("#{:08x}", color.0)
    }
}

/// Two digits after the point are more than a screen shows.
fn px(length: f32) -> String {
    format!("{}px", number(length))
}

fn number(value: f32) -> f32 {
    (value * 100.0).round() / 100.0 + 0.0
}

/// A transform as a page would write it: the functions that do something.
fn functions(transform: Transform) -> String {
    let Transform { rotation, scale, skew, offset } = transform;
    let degrees = number(rotation * 360.0);
    let skew_degrees = number(skew.atan().to_degrees());
    let parts = [
        (offset != Point::ZERO).then(|| format!("translate({},{})", px(offset.x), px(offset.y))),
        (rotation != 0.0).then(|| format!("rotate({degrees}deg)")),
        (skew != 0.0).then(|| format!("skewX({skew_degrees}deg)")),
        (scale.x == scale.y && scale.x != 1.0).then(|| format!("scale({})", thousandths(scale.x))),
        (scale.x != scale.y)
            .then(|| format!("scale({},{})", thousandths(scale.x), thousandths(scale.y))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn thousandths(value: f32) -> f32 {
    (value * 1_000.0).round() / 1_000.0 + 0.0
}

/// What changes in the course of time, property by property.
pub(crate) fn properties(row: &Row, is_in_scroller: bool) -> BTreeMap<&'static str, String> {
    let geometry = &row.geometry;
    let (size, anchor) = (geometry.bounds.size, geometry.anchor);
    let slack = if is_in_scroller { SLACK_PT } else { 0.0 };
    let left = geometry.position.x - anchor.x * size.width + slack;
    let top = geometry.position.y - anchor.y * size.height + slack;
    let mut properties = BTreeMap::from([
        ("left", px(left)),
        ("top", px(top)),
        ("width", px(size.width)),
        ("height", px(size.height)),
    ]);
    if geometry.transform != Transform::IDENTITY {
        properties.insert("transform", functions(geometry.transform));
    }
    if row.appearance.alpha != u8::MAX {
        properties.insert("opacity", number(f32::from(row.appearance.alpha) / 255.0).to_string());
    }
    if row.appearance.hidden {
        properties.insert("display", "none".to_owned());
    }
    if matches!(row.semantics.kind, Kind::Progress | Kind::Slider) {
        let value = number(row.control.value * 100.0);
        properties.insert("background-size", format!("{value}% 100%"));
    }
    properties
}

/// The class of a node's own view, the first of its chain.
pub(crate) fn own_class<'a>(row: &Row, strings: &'a StringTable) -> &'a str {
    let chain = strings.get(row.semantics.class_chain);
    chain.split_once(':').map_or(chain, |(own, _)| own)
}

/// What is told by attributes.
pub(crate) fn attributes(row: &Row, strings: &StringTable) -> BTreeMap<&'static str, String> {
    let mut attributes = BTreeMap::new();
    let identifier = strings.get(row.semantics.identifier);
    if !identifier.is_empty() {
        attributes.insert("data-testid", identifier.to_owned());
    }
    if row.image.handle.0 != 0 {
        attributes.insert("data-src", format!("/images/{}.png", row.image.handle.0));
    }
    if row.control.flags & viewreel_model::node::control::ON != 0 {
        attributes.insert("aria-checked", "true".to_owned());
    }
    if row.control.count > 0 {
        attributes.insert("aria-valuenow", row.control.index.to_string());
    }
    attributes
}
