//! Page source of XCUITest (Appium, WebDriverAgent) → one tree.
//!
//! XCUITest sees the accessibility tree: types, frames, labels and values, but
//! no colours, no fonts, no images and no view controllers. What is read and
//! what is guessed:
//!
//! - **Nodes.** Every element is a node, except the wrapper around the source
//!   and an application whose children are windows. Each window, and each
//!   element without a parent, is the root of a window of ours.
//! - **Kind and class** come from the element type (`types`); the class chain
//!   begins with the element type, so that nobody takes it for the app's class.
//! - **Identifier.** XCUITest's `name` is the accessibility identifier where
//!   there is one, else the label. It counts as an identifier only where it
//!   differs from every label, value and placeholder of the whole source, and
//!   never on a navigation bar, whose name is its title (`identifier`).
//! - **Visibility.** `visible="false"` is believed, except for pictures and
//!   disabled buttons (disclosure arrows) that lie inside a visible parent:
//!   XCUITest calls decoration invisible because nobody can tap it.
//! - **Text** is the value or the label, as fits the type. Labels of
//!   containers are drawn only where nothing inside them draws text, since
//!   accessibility repeats the words of a row on the row (`words`).
//! - **Looks** are a plain light iOS screen: white and grouped grey, hairlines,
//!   tinted buttons, pictures as grey boxes (`look`). Font sizes come from
//!   the height of the frames.
//! - **Viewport.** The size of the application, at 3 pixels per point (2 from
//!   744 pt of width on). The safe area begins under the status bar where the
//!   navigation bar does, else it is guessed from the size.
//!
//! Numbers that are missing or not finite count as 0; others that cannot be
//! read are errors. Trees over the limits of `viewreel-model` are cut by the
//! capture decoder.

mod element;
mod identifier;
mod look;
mod parse;
mod screen;
mod types;
mod words;

use crate::feed::Feed;
use crate::{ImportError, fit, preorder};
use element::Element;
use viewreel_capture::{CaptureBuffer, Input, Text, View};
use viewreel_model::record::{Keyboard, Lifecycle};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind};

/// Tells the feed the one tree of a page source.
pub(crate) fn import(text: &str, feed: &mut Feed<'_>) -> Result<(), ImportError> {
    let page = parse::page(text)?;
    let elements = &page.elements;
    let viewport = screen::viewport(&page);
    feed.send(Input::Viewport(viewport.clone()));
    feed.send(Input::Lifecycle(Lifecycle::Active));
    if let Some(frame) = screen::keyboard(elements) {
        feed.send(Input::Keyboard(Keyboard { is_visible: true, frame }));
    }
    let names = identifier::Names::of(elements);
    let words = words::Words::of(elements);
    let look = look::Look::of(elements, viewport.size);
    feed.capture(elements.len(), |buffer| {
        let parents = elements.iter().map(|element| element.parent);
        preorder::fill(buffer, parents, |buffer, index| {
            if let Some(element) = elements.get(index) {
                open(
                    buffer,
                    index,
                    element,
                    &Guesses { names: &names, words: &words, look: &look },
                );
            }
        });
    });
    Ok(())
}

/// Everything that is known beside the element itself.
struct Guesses<'a> {
    names: &'a identifier::Names<'a>,
    words: &'a words::Words<'a>,
    look: &'a look::Look,
}

fn open(buffer: &mut CaptureBuffer, index: usize, element: &Element, guesses: &Guesses<'_>) {
    if element.parent.is_none() {
        buffer.begin_window(SceneId(0), 0.0);
    }
    let paint = guesses.look.paint(index, element);
    let said = guesses.words.said(index).filter(|_| paint.kind != Kind::Symbol);
    let style = guesses.look.style(index, element);
    let chain = element.class_chain();
    buffer.open(&View {
        id: CaptureId(index as u64 + 1),
        kind: paint.kind,
        class_chain: &chain,
        identifier: guesses.names.identifier(element),
        geometry: paint.geometry,
        appearance: paint.appearance,
        text: said.map(|said| Text {
            role: said.role,
            color: guesses.look.ink(index, element, said.role),
            ..fit::fit(said.text, look::text_frame(element), &style)
        }),
        picture: paint.picture,
        control: element.control(),
        secure: element.type_name == types::SECURE,
        ..View::default()
    });
}
