//! Which keys a keyboard has, where they lie and what they type.

use viewreel_model::Rect;

/// Height of a keyboard without the space of the home indicator, in points.
const KEYS_HEIGHT: f32 = 224.0;
/// Height of one key, in points.
const KEY_HEIGHT: f32 = 43.0;
/// From one row of keys to the next, in points.
const ROW_PITCH: f32 = 54.0;
/// Free space at the left and right edge, in points.
const EDGE: f32 = 3.0;
/// Free space between two keys, in points.
const KEY_GAP: f32 = 6.0;

/// The height of every keyboard, in points.
pub(crate) const KEYBOARD_HEIGHT: f32 = 8.0 + KEYS_HEIGHT + 60.0;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Press {
    /// Types a character.
    Type(char),
    /// Takes the last character away.
    Delete,
    /// Changes to the other layer.
    Switch(Layer),
    /// Closes the keyboard.
    Done,
    /// Upper case; this keyboard only shows the key.
    Shift,
}

/// Which characters the keys show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    Letters,
    Signs,
    /// Large digits only.
    Pad,
}

/// One key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) press: Press,
    /// In points of the keyboard.
    pub(crate) frame: Rect,
}

impl Key {
    /// What stands on it.
    pub(crate) fn face(&self) -> String {
        match self.press {
            Press::Type(' ') => "space".to_owned(),
            Press::Type(letter) => letter.to_string(),
            Press::Delete => "del".to_owned(),
            Press::Switch(Layer::Signs) => "123".to_owned(),
            Press::Switch(_) => "ABC".to_owned(),
            Press::Done => "done".to_owned(),
            Press::Shift => "shift".to_owned(),
        }
    }

    /// Whether it is one of the white keys.
    pub(crate) fn is_letter(&self) -> bool {
        matches!(self.press, Press::Type(_))
    }
}

/// The keys of a layer, row by row, on a keyboard of `width` points.
pub(crate) fn keys(layer: Layer, width: f32) -> Vec<Key> {
    match layer {
        Layer::Letters => board(width, ["qwertyuiop", "asdfghjkl", "zxcvbnm"], Layer::Signs),
        Layer::Signs => board(width, ["1234567890", "-/:;()£&@", ".,?!'_+"], Layer::Letters),
        Layer::Pad => pad(width),
    }
}

fn board(width: f32, letters: [&str; 3], other: Layer) -> Vec<Key> {
    let unit = (width - 2.0 * EDGE) / 10.0;
    let mut keys = Vec::new();
    for (row, letters) in letters.iter().enumerate() {
        let indent = EDGE + (10.0 - letters.chars().count() as f32) / 2.0 * unit;
        for (column, letter) in letters.chars().enumerate() {
            keys.push(key(Press::Type(letter), indent + column as f32 * unit, unit, row));
        }
    }
    keys.push(key(Press::Shift, EDGE, 1.3 * unit, 2));
    keys.push(key(Press::Delete, EDGE + 8.7 * unit, 1.3 * unit, 2));
    keys.push(key(Press::Switch(other), EDGE, 1.8 * unit, 3));
    keys.push(key(Press::Type('@'), EDGE + 1.8 * unit, unit, 3));
    keys.push(key(Press::Type(' '), EDGE + 2.8 * unit, 4.0 * unit, 3));
    keys.push(key(Press::Type('.'), EDGE + 6.8 * unit, unit, 3));
    keys.push(key(Press::Done, EDGE + 7.8 * unit, 2.2 * unit, 3));
    keys
}

fn pad(width: f32) -> Vec<Key> {
    let unit = (width - 2.0 * EDGE) / 3.0;
    let digit = |(index, digit): (usize, char)| {
        key(Press::Type(digit), EDGE + (index % 3) as f32 * unit, unit, index / 3)
    };
    let mut keys: Vec<_> = "123456789".chars().enumerate().map(digit).collect();
    keys.push(key(Press::Done, EDGE, unit, 3));
    keys.push(key(Press::Type('0'), EDGE + unit, unit, 3));
    keys.push(key(Press::Delete, EDGE + 2.0 * unit, unit, 3));
    keys
}

fn key(press: Press, x: f32, width: f32, row: usize) -> Key {
    let top = 8.0 + row as f32 * ROW_PITCH;
    Key { press, frame: Rect::new(x + KEY_GAP / 2.0, top, width - KEY_GAP, KEY_HEIGHT) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lie_on_the_keyboard_and_never_on_each_other() {
        for layer in [Layer::Letters, Layer::Signs, Layer::Pad] {
            let keys = keys(layer, 393.0);
            let board = Rect::new(0.0, 0.0, 393.0, KEYBOARD_HEIGHT);
            for (index, key) in keys.iter().enumerate() {
                assert!(board.contains(key.frame.origin), "{key:?}");
                assert!(key.frame.origin.x + key.frame.size.width <= 393.0, "{key:?}");
                let others = keys.iter().skip(index + 1);
                assert!(others.clone().all(|other| !other.frame.intersects(key.frame)), "{key:?}");
            }
        }
    }
}
