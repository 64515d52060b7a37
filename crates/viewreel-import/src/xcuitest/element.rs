//! One element of a page source, as it stands there.

use super::types::Type;
use viewreel_model::node::{Control, control};
use viewreel_model::{Kind, Rect};

/// An element with what is read of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Index of its parent.
    pub parent: Option<usize>,
    /// Index of the element after its subtree.
    pub end: usize,
    /// Its type without prefix, or `Unknown`.
    pub type_name: &'static str,
    /// UIKit classes of its type.
    pub classes: &'static str,
    /// Its kind by its type.
    pub kind: Kind,
    /// In points of the screen.
    pub frame: Rect,
    /// Upper left corner of its parent, in points of the screen.
    pub parent_origin: viewreel_model::Point,
    /// Accessibility label.
    pub label: String,
    /// Accessibility value.
    pub value: String,
    /// Prompt of an empty field.
    pub placeholder: String,
    /// Identifier or label.
    pub name: String,
    /// `visible`, true where it is not said.
    pub is_visible: bool,
    /// `enabled`, true where it is not said.
    pub is_enabled: bool,
    /// `selected`.
    pub is_selected: bool,
    /// `focused`.
    pub is_focused: bool,
    /// Whether it is drawn: see [`super`].
    pub is_hidden: bool,
    /// Children of the kind button, for segments and tabs.
    pub buttons: u16,
    /// Index of the selected one among them.
    pub selected_button: u16,
}

impl Element {
    /// An element of that type with nothing else said.
    pub(crate) fn new(known: Type, parent: Option<usize>) -> Self {
        Self {
            parent,
            type_name: known.name,
            classes: known.classes,
            kind: known.kind,
            is_visible: true,
            is_enabled: true,
            ..Self::default()
        }
    }

    /// Whether it has no children; `index` is its own.
    pub(crate) fn is_leaf(&self, index: usize) -> bool {
        self.end == index + 1
    }

    /// The element type and the UIKit classes that mostly stand behind it.
    pub(crate) fn class_chain(&self) -> String {
        format!("XCUIElementType{}:{}", self.type_name, self.classes)
    }

    /// Whether it is a scroll indicator: accessibility gives it a value in per
    /// cent, as no other plain view has.
    pub(crate) fn is_scroll_indicator(&self) -> bool {
        self.kind == Kind::View && percent(&self.value).is_some()
    }

    /// Its state as a control.
    pub(crate) fn control(&self) -> Control {
        let is_on = self.is_selected || (self.kind == Kind::Switch && is_on(&self.value));
        let is_tappable = self.is_enabled && (is_tapped(self.kind) || self.kind.is_input_control());
        let flags = [
            (control::DISABLED, !self.is_enabled),
            (control::ON, is_on),
            (control::FOCUSED, self.is_focused),
            (control::TAPPABLE, is_tappable),
        ];
        let flags = flags.iter().filter(|(_, is_set)| *is_set).fold(0, |all, (bit, _)| all | bit);
        let (index, count) = self.position();
        Control { flags, value: self.share(), index, count }
    }

    fn share(&self) -> f32 {
        let has_share = matches!(self.kind, Kind::Slider | Kind::Progress | Kind::Stepper);
        if has_share { share(&self.value) } else { 0.0 }
    }

    fn position(&self) -> (u16, u16) {
        match self.kind {
            Kind::PageControl => page(&self.value),
            Kind::Segmented | Kind::TabBar => (self.selected_button, self.buttons),
            _ => (0, 0),
        }
    }
}

fn is_tapped(kind: Kind) -> bool {
    matches!(kind, Kind::Button | Kind::Cell | Kind::TextInput | Kind::SearchBar)
}

/// Whether the value of a switch means on.
fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// `50%` → 0.5.
fn percent(value: &str) -> Option<f32> {
    let digits = value.trim().strip_suffix('%')?.trim_end();
    digits.replace(',', ".").parse::<f32>().ok().map(|percent| percent / 100.0)
}

/// The value of a slider or progress bar, 0 … 1.
fn share(value: &str) -> f32 {
    percent(value).or_else(|| value.trim().parse().ok()).unwrap_or(0.0)
}

/// "page 2 of 5" → (1, 5): the two numbers, whatever the words between them.
fn page(value: &str) -> (u16, u16) {
    let mut numbers = value
        .split(|char: char| !char.is_ascii_digit())
        .filter_map(|digits| digits.parse::<u16>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(page), Some(count)) if (1..=count).contains(&page) => (page - 1, count),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_sliders_are_shares() {
        assert_eq!(
            [share("50%"), share("0.25"), share("12,5 %"), share("x")],
            [0.5, 0.25, 0.125, 0.0]
        );
    }

    #[test]
    fn pages_are_read_in_any_language() {
        assert_eq!(page("page 2 of 5"), (1, 5));
        assert_eq!(page("Seite 5 von 5"), (4, 5));
        assert_eq!([page("7 of 5"), page("0 of 5"), page("99999 of 5"), page("")], [(0, 0); 4]);
    }

    #[test]
    fn a_switch_is_on_by_its_value_and_a_button_by_its_selection() {
        let on = |type_name: &str, value: &str, is_selected| {
            let element = Element::new(super::super::types::of(type_name), None);
            let element = Element { value: value.to_owned(), is_selected, ..element };
            element.control().flags & control::ON != 0
        };
        assert!(on("Switch", "1", false) && on("Button", "", true));
        assert!(!on("Switch", "0", false) && !on("Button", "1", false));
    }
}
