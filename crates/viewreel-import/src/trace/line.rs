//! One line of a trace, as it stands there.

use serde::Deserialize;

/// A line. One record for both sorts, told apart by `k`: an enum by tag would
/// be read twice and lose the columns of its errors.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Line {
    /// Which sort.
    pub k: Sort,
    /// Milliseconds.
    pub t: u64,
    /// Number of the tree, for `then`.
    pub n: Option<u64>,
    /// Package and class of the activity.
    #[serde(default)]
    pub activity: String,
    /// In pre-order.
    #[serde(default)]
    pub nodes: Vec<NodeLine>,
    /// `touch`, `long_touch`, `scroll`, `key`, `set_text`, `intent`, `kill_app`.
    #[serde(default, rename = "type")]
    pub kind: String,
    /// In pixels.
    pub x: Option<f32>,
    /// In pixels.
    pub y: Option<f32>,
    /// Where to scroll to: `UP`, `DOWN`, `LEFT`, `RIGHT`.
    pub direction: Option<String>,
    /// Of a long touch, in milliseconds.
    pub duration: Option<u64>,
    /// Name of a key.
    pub name: Option<String>,
    /// What was touched.
    pub target: Option<Target>,
    /// The tree that was seen again afterwards.
    pub then: Option<u64>,
}

/// The sorts of lines.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sort {
    /// A tree that was seen.
    Tree,
    /// Something that the robot did.
    Event,
}

/// A node of a tree. A key that is absent or null means empty.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct NodeLine {
    /// Index of the parent, -1 for a root.
    pub p: i64,
    /// Class.
    pub c: String,
    /// Resource id.
    #[serde(default)]
    pub r: Option<String>,
    /// Left, top, right, bottom, in pixels of the screen.
    pub b: [f32; 4],
    /// Text.
    #[serde(default, rename = "T")]
    pub text: Option<String>,
    /// Flags.
    #[serde(default)]
    pub f: String,
}

/// The view that was touched.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Target {
    /// Left, top, right, bottom, in pixels.
    pub b: [f32; 4],
}

impl Line {
    /// The name of the key, where it is one that Android names: never a letter
    /// that somebody typed.
    pub(crate) fn key_name(&self) -> &str {
        const NAMED: [&str; 9] = [
            "BACK",
            "HOME",
            "MENU",
            "POWER",
            "ENTER",
            "SEARCH",
            "APP_SWITCH",
            "VOLUME_UP",
            "VOLUME_DOWN",
        ];
        let name = self.name.as_deref().unwrap_or("");
        NAMED.into_iter().find(|named| *named == name).unwrap_or("other")
    }
}
