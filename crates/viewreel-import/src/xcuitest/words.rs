//! What each element draws as text.

use super::element::Element;
use viewreel_model::Kind;
use viewreel_model::node::TextRole;

/// Highest plain view whose label is taken for drawn text, in points: larger
/// ones are regions with a spoken description.
const MAX_LABEL_HEIGHT: f32 = 200.0;

/// A text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said<'a> {
    pub text: &'a str,
    pub role: TextRole,
}

/// The texts of all elements.
pub(crate) struct Words<'a>(Vec<Option<Said<'a>>>);

impl<'a> Words<'a> {
    /// Decides for every element what it draws. O(elements).
    pub(crate) fn of(elements: &'a [Element]) -> Self {
        let mut said = vec![None; elements.len()];
        let mut has_text_inside = vec![false; elements.len()];
        for (index, element) in elements.iter().enumerate().rev() {
            let inside = has_text_inside.get(index).copied().unwrap_or(false);
            let text =
                if inside { own(element) } else { own(element).or_else(|| label(index, element)) };
            let draws = inside || text.is_some();
            if let Some(parent) = element.parent.and_then(|parent| has_text_inside.get_mut(parent))
            {
                *parent |= draws && !element.is_hidden;
            }
            if let Some(slot) = said.get_mut(index) {
                *slot = text;
            }
        }
        Self(said)
    }

    /// What the element of that index draws.
    pub(crate) fn said(&self, index: usize) -> Option<Said<'a>> {
        self.0.get(index).copied().flatten()
    }
}

fn said(text: &str, role: TextRole) -> Option<Said<'_>> {
    (!text.trim().is_empty()).then_some(Said { text, role })
}

/// The text of elements that always draw their own.
fn own(element: &Element) -> Option<Said<'_>> {
    match element.kind {
        Kind::Text => said(&element.value, TextRole::Static)
            .or_else(|| said(&element.label, TextRole::Static)),
        Kind::TextInput | Kind::SearchBar => field(element),
        Kind::Picker => said(&element.value, TextRole::Input),
        _ => None,
    }
}

/// A field shows its placeholder where it is empty, and XCUITest then often
/// gives that as the value. A text view without a value shows its label, and
/// who wrote that is unknown, so it counts as written by the user.
fn field(element: &Element) -> Option<Said<'_>> {
    let is_prompt = !element.placeholder.is_empty() && element.value == element.placeholder;
    if element.value.is_empty() || is_prompt {
        let prompt = said(&element.placeholder, TextRole::Hint);
        let is_text_view = element.type_name == "TextView";
        return prompt.or_else(|| said(&element.label, TextRole::Input).filter(|_| is_text_view));
    }
    said(&element.value, TextRole::Input)
}

/// The label of an element that draws it where nothing inside it draws text.
fn label(index: usize, element: &Element) -> Option<Said<'_>> {
    let draws = match element.kind {
        Kind::Button | Kind::Cell => true,
        Kind::View => {
            element.is_leaf(index)
                && element.frame.size.height <= MAX_LABEL_HEIGHT
                && !element.is_scroll_indicator()
        }
        _ => false,
    };
    said(&element.label, TextRole::Static).filter(|_| draws)
}

#[cfg(test)]
mod tests {
    use super::super::parse::page;
    use super::*;

    fn check(xml: &str, expected: &[Option<(&str, TextRole)>]) {
        let elements = page(xml).unwrap().elements;
        let words = Words::of(&elements);
        let said: Vec<_> =
            (0..elements.len()).map(|i| words.said(i).map(|said| (said.text, said.role))).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_row_that_repeats_its_label_draws_it_once() {
        let xml = r#"<XCUIElementTypeCell label="General, 3"><XCUIElementTypeStaticText value="General"/>
            </XCUIElementTypeCell>"#;
        check(xml, &[None, Some(("General", TextRole::Static))]);
    }

    #[test]
    fn a_button_without_text_inside_draws_its_label() {
        let xml = r#"<XCUIElementTypeButton label="Add"><XCUIElementTypeImage label="plus"/>
            </XCUIElementTypeButton>"#;
        check(xml, &[Some(("Add", TextRole::Static)), None]);
    }

    #[test]
    fn fields_draw_values_as_input_and_placeholders_as_hints() {
        let field = |attributes: &str| format!("<XCUIElementTypeTextField {attributes}/>");
        check(&field(r#"value="me" placeholderValue="Name""#), &[Some(("me", TextRole::Input))]);
        check(&field(r#"value="Name" placeholderValue="Name""#), &[Some(("Name", TextRole::Hint))]);
        check(&field(r#"label="Name""#), &[None]);
    }

    #[test]
    fn a_text_view_without_value_is_taken_for_input() {
        check(r#"<XCUIElementTypeTextView label="Note"/>"#, &[Some(("Note", TextRole::Input))]);
    }

    #[test]
    fn a_scroll_indicator_draws_nothing() {
        check(r#"<XCUIElementTypeOther label="Vertical scroll bar, 1 page" value="0%"/>"#, &[None]);
    }
}
