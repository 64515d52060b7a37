//! Which names are identifiers.

use super::element::Element;
use std::collections::BTreeSet;
use viewreel_model::Kind;

/// Everything that a source shows or says to people. A `name` among it may be
/// a label in disguise, and so is no identifier: identifiers are never masked.
pub(crate) struct Names<'a>(BTreeSet<&'a str>);

impl<'a> Names<'a> {
    /// The labels, values and placeholders of all elements.
    pub(crate) fn of(elements: &'a [Element]) -> Self {
        let texts = |element: &'a Element| [&element.label, &element.value, &element.placeholder];
        Self(elements.iter().flat_map(texts).map(|text| text.trim()).collect())
    }

    /// The accessibility identifier of an element, else empty.
    pub(crate) fn identifier<'e>(&self, element: &'e Element) -> &'e str {
        // The name of a navigation bar is its title, even if no label says so.
        let is_title = element.kind == Kind::NavigationBar;
        let is_shown = self.0.contains(element.name.trim());
        if is_title || is_shown { "" } else { &element.name }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::page;
    use super::*;

    /// The identifier of the last element of a window with these children.
    fn check(children: &str, expected: &str) {
        let text = format!("<XCUIElementTypeWindow>{children}</XCUIElementTypeWindow>");
        let elements = page(&text).unwrap().elements;
        assert_eq!(Names::of(&elements).identifier(elements.last().unwrap()), expected);
    }

    #[test]
    fn a_name_of_its_own_is_an_identifier() {
        check(r#"<XCUIElementTypeButton name="pay.now" label="Pay"/>"#, "pay.now");
        check(r#"<XCUIElementTypeImage name="icon"/>"#, "icon");
    }

    #[test]
    fn a_name_that_repeats_what_the_element_says_is_none() {
        check(r#"<XCUIElementTypeButton name="Pay" label="Pay"/>"#, "");
        check(r#"<XCUIElementTypeTextField name="4242" value="4242" label="Card"/>"#, "");
        check(r#"<XCUIElementTypeTextField name="Card" placeholderValue=" Card"/>"#, "");
    }

    #[test]
    fn a_name_that_repeats_what_another_element_says_is_none() {
        let cell = r#"<XCUIElementTypeStaticText label="Jane Roe"/><XCUIElementTypeCell name="Jane Roe"/>"#;
        check(cell, "");
    }

    #[test]
    fn the_title_of_a_navigation_bar_is_none() {
        check(r#"<XCUIElementTypeNavigationBar name="Chat with Jane"/>"#, "");
    }
}
