//! From XML to elements in document order.

use super::element::Element;
use super::types;
use crate::ImportError;
use crate::input::position;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};
use viewreel_model::{Kind, Point, Rect};

const PREFIX: &str = "XCUIElementType";
const ANDROID: &str =
    "this is a UIAutomator dump of Android; only XCUITest page source can be imported";
const FOREIGN: &str = "this is no XCUITest page source; ask the driver for it with GET /source";

/// Most elements of one page source: a hundred times what the limits of a tree
/// leave over.
const MAX_ELEMENTS: usize = 1_000_000;

/// The elements of a page source in pre-order, and the application's frame.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub elements: Vec<Element>,
    pub application: Option<Rect>,
}

/// Reads a page source. Nesting of any depth is taken.
///
/// # Errors
/// [`ImportError::Xml`], [`ImportError::NotXcuiTest`].
pub(crate) fn page(text: &str) -> Result<Page, ImportError> {
    let mut parser = Parser { text, page: Page::default(), open: Vec::new() };
    let mut reader = Reader::from_str(text);
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event.map_err(|error| parser.broken(&reader, &error))? {
            Event::Start(tag) => parser.start(&tag, end.saturating_sub(tag.len() + 2))?,
            Event::Empty(tag) => {
                parser.start(&tag, end.saturating_sub(tag.len() + 3))?;
                parser.end();
            }
            Event::End(_) => parser.end(),
            Event::Eof => break,
            _ => {}
        }
    }
    parser.finish()
}

/// What was opened and not closed yet.
enum Open {
    /// An element, by its index.
    Element(usize),
    /// An application that becomes an element unless a window comes first.
    Application(Box<Element>),
    /// Something that is no element: the wrapper, an application with windows.
    Wrapper,
}

struct Parser<'a> {
    text: &'a str,
    page: Page,
    open: Vec<Open>,
}

impl Parser<'_> {
    fn problem(&self, offset: usize, problem: &'static str) -> ImportError {
        let (line, column) = position(self.text, offset);
        ImportError::Xml { line, column, problem }
    }

    fn broken(&self, reader: &Reader<&[u8]>, error: &Error) -> ImportError {
        let problem = match error {
            Error::Syntax(_) => "the markup is not closed; is the file truncated?",
            Error::IllFormed(_) => "start and end tags do not match; is the file truncated?",
            Error::Encoding(_) => "the text is not UTF-8; convert the file to UTF-8",
            _ => "the XML is malformed",
        };
        self.problem(usize::try_from(reader.error_position()).unwrap_or(usize::MAX), problem)
    }

    /// `offset` is where the tag begins.
    fn start(&mut self, tag: &BytesStart<'_>, offset: usize) -> Result<(), ImportError> {
        let name = tag.local_name();
        let name = std::str::from_utf8(name.as_ref()).unwrap_or("");
        let Some(type_name) = name.strip_prefix(PREFIX) else {
            return self.start_foreign(name, offset);
        };
        if self.page.elements.len() >= MAX_ELEMENTS {
            return Err(self.problem(offset, "there are more than a million elements"));
        }
        let mut element = Element::new(types::of(type_name), None);
        self.read_attributes(tag, offset, &mut element)?;
        if type_name == "Application" && self.is_at_top() {
            self.page.application = self.page.application.or(Some(element.frame));
            self.open.push(Open::Application(Box::new(element)));
            return Ok(());
        }
        self.settle_application(type_name == "Window");
        let index = self.push(element);
        self.open.push(Open::Element(index));
        Ok(())
    }

    /// Outermost tags of other names are wrappers; anything else is not what
    /// we read.
    fn start_foreign(&mut self, name: &str, offset: usize) -> Result<(), ImportError> {
        if self.is_at_top() && name != "hierarchy" {
            self.open.push(Open::Wrapper);
            return Ok(());
        }
        let hint = if name == "hierarchy" { ANDROID } else { FOREIGN };
        let (line, column) = position(self.text, offset);
        Err(ImportError::NotXcuiTest { line, column, hint })
    }

    fn is_at_top(&self) -> bool {
        self.open.iter().all(|open| matches!(open, Open::Wrapper))
    }

    /// Decides at its first child whether an application is a node.
    fn settle_application(&mut self, child_is_window: bool) {
        match self.open.pop() {
            Some(Open::Application(_)) if child_is_window => self.open.push(Open::Wrapper),
            Some(Open::Application(application)) => {
                let index = self.push(*application);
                self.open.push(Open::Element(index));
            }
            Some(open) => self.open.push(open),
            None => {}
        }
    }

    fn push(&mut self, mut element: Element) -> usize {
        let index = self.page.elements.len();
        element.parent = match self.open.last() {
            Some(Open::Element(parent)) => Some(*parent),
            _ => None,
        };
        if let Some(parent) = element.parent.and_then(|parent| self.page.elements.get_mut(parent)) {
            element.parent_origin = parent.frame.origin;
            element.is_hidden = is_hidden(&element, parent);
            if element.kind == Kind::Button {
                if element.is_selected {
                    parent.selected_button = parent.buttons;
                }
                parent.buttons = parent.buttons.saturating_add(1);
            }
        }
        self.page.elements.push(element);
        index
    }

    fn end(&mut self) {
        self.settle_childless();
        if let Some(Open::Element(index)) = self.open.pop() {
            let end = self.page.elements.len();
            if let Some(element) = self.page.elements.get_mut(index) {
                element.end = end;
            }
        }
    }

    /// An application that ends without children is a node by itself.
    fn settle_childless(&mut self) {
        if matches!(self.open.last(), Some(Open::Application(_))) {
            self.settle_application(false);
        }
    }

    fn finish(self) -> Result<Page, ImportError> {
        if !self.open.is_empty() {
            let end = self.text.len();
            return Err(self.problem(end, "the file ends inside an element; is it truncated?"));
        }
        if self.page.elements.is_empty() {
            return Err(ImportError::NotXcuiTest { line: 1, column: 1, hint: FOREIGN });
        }
        Ok(self.page)
    }

    fn read_attributes(
        &self,
        tag: &BytesStart<'_>,
        offset: usize,
        element: &mut Element,
    ) -> Result<(), ImportError> {
        let bad = |problem| self.problem(offset, problem);
        // Without the check for doubled names, which takes quadratic time.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| bad("an attribute is malformed"))?;
            let value = attribute.unescape_value();
            let value =
                value.map_err(|_| bad("an attribute holds an entity that XML does not have"))?;
            set(element, attribute.key.local_name().as_ref(), &value)
                .map_err(|()| bad("x, y, width and height must be numbers"))?;
        }
        Ok(())
    }
}

/// See "Visibility" in [`super`].
fn is_hidden(element: &Element, parent: &Element) -> bool {
    let is_arrow = element.kind == Kind::Button && !element.is_enabled;
    let is_decoration = element.kind == Kind::Image || is_arrow;
    let is_drawn = is_decoration && parent.is_visible && lies_in(element.frame, parent.frame);
    !element.is_visible && !is_drawn
}

fn lies_in(inner: Rect, outer: Rect) -> bool {
    let far =
        |rect: Rect| Point::new(rect.origin.x + rect.size.width, rect.origin.y + rect.size.height);
    let (a, b) = (far(inner), far(outer));
    inner.origin.x >= outer.origin.x && inner.origin.y >= outer.origin.y && a.x <= b.x && a.y <= b.y
}

fn set(element: &mut Element, key: &[u8], value: &str) -> Result<(), ()> {
    match key {
        b"x" => element.frame.origin.x = number(value)?,
        b"y" => element.frame.origin.y = number(value)?,
        b"width" => element.frame.size.width = number(value)?.max(0.0),
        b"height" => element.frame.size.height = number(value)?.max(0.0),
        b"label" => value.clone_into(&mut element.label),
        b"value" => value.clone_into(&mut element.value),
        b"placeholderValue" => value.clone_into(&mut element.placeholder),
        b"name" => value.clone_into(&mut element.name),
        b"visible" => element.is_visible = value != "false",
        b"enabled" => element.is_enabled = value != "false",
        b"selected" => element.is_selected = value == "true",
        b"focused" => element.is_focused = value == "true",
        _ => {}
    }
    Ok(())
}

fn number(value: &str) -> Result<f32, ()> {
    let number: f32 = value.trim().parse().map_err(|_| ())?;
    Ok(if number.is_finite() { number } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&'static str, Option<usize>)> {
        page(text).unwrap().elements.iter().map(|e| (e.type_name, e.parent)).collect()
    }

    fn fails(text: &str) -> String {
        page(text).unwrap_err().to_string()
    }

    #[test]
    fn an_application_with_windows_is_no_node() {
        let text = "<AppiumAUT><XCUIElementTypeApplication><XCUIElementTypeWindow/>\
            <XCUIElementTypeWindow/></XCUIElementTypeApplication></AppiumAUT>";
        assert_eq!(names(text), [("Window", None), ("Window", None)]);
    }

    #[test]
    fn an_application_without_windows_is_a_node() {
        let text =
            "<XCUIElementTypeApplication><XCUIElementTypeCell/></XCUIElementTypeApplication>";
        assert_eq!(names(text), [("Application", None), ("Cell", Some(0))]);
        assert_eq!(names("<XCUIElementTypeApplication/>"), [("Application", None)]);
    }

    #[test]
    fn what_is_not_closed_is_an_error_with_its_place() {
        let expected = "the file ends inside an element; is it truncated?";
        assert_eq!(fails("<XCUIElementTypeWindow>\n "), format!("line 2, column 2: {expected}"));
        assert!(fails("<XCUIElementTypeWindow>\n<XCUI").contains("line 2, column 1: the markup"));
        assert!(fails("<XCUIElementTypeWindow></b>").contains("tags do not match"));
    }

    #[test]
    fn other_documents_are_refused_with_a_hint() {
        assert_eq!(fails("<a>\n<hierarchy/></a>"), format!("line 2, column 1: {ANDROID}"));
        assert_eq!(fails("<html/>"), format!("line 1, column 1: {FOREIGN}"));
        assert_eq!(fails("just words"), format!("line 1, column 1: {FOREIGN}"));
        assert!(
            fails("<XCUIElementTypeWindow><secret/></XCUIElementTypeWindow>").ends_with(FOREIGN)
        );
    }

    #[test]
    fn numbers_that_are_not_finite_are_zero_and_words_are_an_error() {
        let width = |value: &str| {
            page(&format!("<XCUIElementTypeOther width=\"{value}\"/>"))
                .map(|page| page.elements[0].frame.size.width)
        };
        assert_eq!(width("12.5"), Ok(12.5));
        for odd in ["NaN", "inf", "-5", "1e99"] {
            assert_eq!(width(odd), Ok(0.0), "{odd}");
        }
        let error = width("wide").unwrap_err().to_string();
        assert_eq!(error, "line 1, column 1: x, y, width and height must be numbers");
    }

    #[test]
    fn entities_are_those_of_xml_and_no_others() {
        let text = "<XCUIElementTypeOther label=\"a &amp; b\"/>";
        assert_eq!(page(text).unwrap().elements[0].label, "a & b");
        assert!(fails("<XCUIElementTypeOther label=\"&lol;\"/>").contains("entity"));
    }

    #[test]
    fn decoration_inside_something_visible_is_drawn() {
        let hidden = |child: &str| {
            let text = format!(
                "<XCUIElementTypeCell width=\"90\" height=\"40\">\
                 <XCUIElementType{child} visible=\"false\"/></XCUIElementTypeCell>"
            );
            page(&text).unwrap().elements[1].is_hidden
        };
        assert!(!hidden("Image x=\"1\" width=\"9\" height=\"9\""));
        assert!(!hidden("Button enabled=\"false\" width=\"9\" height=\"9\""));
        assert!(hidden("Image x=\"85\" width=\"9\" height=\"9\""));
        assert!(hidden("StaticText width=\"9\" height=\"9\""));
    }
}
