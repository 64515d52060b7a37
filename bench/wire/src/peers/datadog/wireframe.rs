//! A wireframe, whole or as the fields of it that changed.

use serde::{Serialize, Serializer};

/// What a wireframe is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    #[default]
    Shape,
    Text,
    Image,
    Placeholder,
}

/// A wireframe. In a snapshot every field that it has is there; in an update
/// only those that changed. Lengths are whole points.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wireframe {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) border: Option<Border>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) clip: Option<Clip>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<i64>,
    pub(crate) id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_empty: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mime_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shape_style: Option<ShapeStyle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text_position: Option<TextPosition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text_style: Option<TextStyle>,
    #[serde(rename = "type")]
    pub(crate) kind: Type,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) x: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) y: Option<i64>,
}

/// A border.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Border {
    pub(crate) color: String,
    pub(crate) width: i64,
}

/// How much is cut off at each edge; absent is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Clip {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bottom: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) left: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) right: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) top: Option<i64>,
}

/// Fill, corners, opacity.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShapeStyle {
    pub(crate) background_color: String,
    #[serde(serialize_with = "number")]
    pub(crate) corner_radius: f64,
    #[serde(serialize_with = "number")]
    pub(crate) opacity: f64,
}

/// Where a text stands in its wireframe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TextPosition {
    pub(crate) alignment: TextAlignment,
    pub(crate) padding: Padding,
}

/// Alignment along both axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TextAlignment {
    pub(crate) horizontal: &'static str,
    pub(crate) vertical: &'static str,
}

/// Free space around a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Padding {
    pub(crate) bottom: i64,
    pub(crate) left: i64,
    pub(crate) right: i64,
    pub(crate) top: i64,
}

/// Font and ink.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct TextStyle {
    pub(crate) color: String,
    pub(crate) family: &'static str,
    pub(crate) size: i64,
}

/// Whole numbers are written without a point, as Apple's encoder does.
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

impl Wireframe {
    /// The fields in which this wireframe differs from `old`, which has the
    /// same id; `None` where its type changed.
    pub(crate) fn changes_from(&self, old: &Self) -> Option<Self> {
        fn new<T: Clone + PartialEq>(new: &Option<T>, old: &Option<T>) -> Option<T> {
            if new == old { None } else { new.clone() }
        }
        (self.kind == old.kind).then(|| Self {
            border: new(&self.border, &old.border),
            clip: clip_change(self.clip, old.clip),
            height: new(&self.height, &old.height),
            id: self.id,
            is_empty: new(&self.is_empty, &old.is_empty),
            label: None,
            mime_type: new(&self.mime_type, &old.mime_type),
            resource_id: new(&self.resource_id, &old.resource_id),
            shape_style: new(&self.shape_style, &old.shape_style),
            text: new(&self.text, &old.text),
            text_position: new(&self.text_position, &old.text_position),
            text_style: new(&self.text_style, &old.text_style),
            kind: self.kind,
            width: new(&self.width, &old.width),
            x: new(&self.x, &old.x),
            y: new(&self.y, &old.y),
        })
    }

    /// This wireframe after `update`, as the player has it.
    #[cfg(test)]
    pub(crate) fn updated(mut self, update: &Self) -> Self {
        fn put<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
            if from.is_some() {
                to.clone_from(from);
            }
        }
        put(&mut self.border, &update.border);
        put(&mut self.clip, &update.clip);
        put(&mut self.height, &update.height);
        put(&mut self.resource_id, &update.resource_id);
        put(&mut self.shape_style, &update.shape_style);
        put(&mut self.text, &update.text);
        put(&mut self.text_position, &update.text_position);
        put(&mut self.text_style, &update.text_style);
        put(&mut self.width, &update.width);
        put(&mut self.x, &update.x);
        put(&mut self.y, &update.y);
        self
    }
}

/// A clip that ends is sent as zeros, because absent means unchanged.
fn clip_change(new: Option<Clip>, old: Option<Clip>) -> Option<Clip> {
    if new == old {
        return None;
    }
    let (new, old) = (new.unwrap_or_default(), old.unwrap_or_default());
    let edge = |new: Option<i64>, old: Option<i64>| new.or(old.map(|_| 0));
    Some(Clip {
        bottom: edge(new.bottom, old.bottom),
        left: edge(new.left, old.left),
        right: edge(new.right, old.right),
        top: edge(new.top, old.top),
    })
}
