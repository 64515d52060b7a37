//! Traces of trees: what a test robot saw of an Android app, step by step.
//!
//! One JSON object a line, in order of time, as converted from DroidBot runs:
//!
//! - `{"k":"tree","t":ms,"n":number,"activity":…,"nodes":[…]}`, a tree. A node
//!   is `{"p":parent or -1,"c":class,"r":resource id,"b":[left,top,right,bottom]
//!   in pixels,"T":text,"D":description,"f":flags}`, in pre-order. Flags: `c`
//!   clickable, `l` long-clickable, `e` enabled, `F` focusable, `f` focused, `k`
//!   checkable, `K` checked, `s` scrollable, `S` selected, `x` editable, `p`
//!   password, `v` visible.
//! - `{"k":"event","t":ms,"type":…,"x","y","direction","target":{"b":…},"then":n}`,
//!   what the robot did; `then` says that tree `n` was seen again afterwards.
//!
//! What is guessed and decided:
//!
//! - **Identity.** A dump has no stable ids. The path-key matcher (`matcher`)
//!   gives every node an id by comparing each tree with the one before.
//! - **Points.** The shorter side of the first root is brought near 360 pt by a
//!   whole or half number of pixels per point: 1080 px → 3.0. The screen grows
//!   or turns where a later root does not fit.
//! - **Kinds** come from class names (`classes`). A class that nobody knows is a
//!   plain view, or text where it has text, or a field where it is editable.
//! - **Text** is what `T` says. `D` is spoken by screen readers and not drawn, so
//!   it is not imported. A hint of an empty field looks like its text in a
//!   dump, so it counts as written by the user.
//! - **Visibility.** A node without the flag `v` is hidden, unless something
//!   inside it is visible.
//! - **Looks.** Dumps have no colours. Light neutral ones are chosen by kind
//!   and by what reacts to touches (`look`).
//! - **Time.** Steps keep their own times, which have a resolution of one second.
//!   What falls together is spread: a gesture takes its true length, a tree that
//!   is seen again follows [`SETTLE_MS`] after it, and everything else waits for
//!   its turn. Long pauses stay as long as they were.
//! - **Gestures** (`gestures`) become touches. Keys, intents and typed texts
//!   become event markers, typed texts without their text. A killed app goes to
//!   the background until the next tree.
//!
//! Each line is read on its own: a trace is refused at the first line that is
//! malformed, and a trace without any tree is refused too.

mod classes;
mod gestures;
mod line;
mod look;
mod matcher;
mod screen;
mod tree;

use crate::feed::Feed;
use crate::{ImportError, json};
use line::{Line, Sort};
use matcher::Matcher;
use screen::Screen;
use tree::Tree;
use viewreel_capture::Input;
use viewreel_model::record::Lifecycle;

/// From the end of a gesture to a tree that was seen again, in milliseconds.
pub const SETTLE_MS: u64 = 300;

/// Most trees of one trace, so that an endless one ends with an error.
pub const MAX_TREES: usize = 100_000;

/// Tells the feed a trace, step by step.
pub(crate) fn import(text: &str, feed: &mut Feed<'_>) -> Result<(), ImportError> {
    let mut walk = Walk::default();
    let mut last = 0;
    for (number, line) in json::lines(text) {
        last = number;
        walk.line(json::parse(line, number)?, number, feed)?;
    }
    if walk.trees.is_empty() {
        return Err(ImportError::Line { line: last, problem: "the trace ends without any tree" });
    }
    Ok(())
}

/// A walk along the lines of a trace.
#[derive(Default)]
struct Walk {
    /// Every tree seen so far, with its number in the file.
    trees: Vec<(u64, Tree)>,
    matcher: Matcher,
    screen: Screen,
    activity: String,
    first_ms: Option<u64>,
    lifecycle: Option<Lifecycle>,
}

impl Walk {
    fn line(&mut self, line: Line, number: usize, feed: &mut Feed<'_>) -> Result<(), ImportError> {
        let first = *self.first_ms.get_or_insert(line.t);
        feed.advance_to(line.t.saturating_sub(first));
        match line.k {
            Sort::Tree => self.tree(line, number, feed),
            Sort::Event => self.event(&line, number, feed),
        }
    }

    fn tree(&mut self, line: Line, number: usize, feed: &mut Feed<'_>) -> Result<(), ImportError> {
        let wrong = |problem| ImportError::Line { line: number, problem };
        let n = line.n.ok_or_else(|| wrong("a tree needs its number `n`"))?;
        if self.trees.len() >= MAX_TREES {
            return Err(wrong("there are too many trees; split the trace"));
        }
        self.trees.push((n, Tree::read(line, number)?));
        self.step(self.trees.len() - 1, feed);
        Ok(())
    }

    fn event(
        &mut self,
        line: &Line,
        number: usize,
        feed: &mut Feed<'_>,
    ) -> Result<(), ImportError> {
        self.act(line, feed);
        let Some(then) = line.then else { return Ok(()) };
        let problem = "`then` names a tree that no earlier line has";
        let again = self.trees.iter().rposition(|(n, _)| *n == then);
        let again = again.ok_or(ImportError::Line { line: number, problem })?;
        feed.advance_to(feed.at_ms().saturating_add(SETTLE_MS));
        self.step(again, feed);
        Ok(())
    }

    /// A tree is on the screen, for the first time or again.
    fn step(&mut self, index: usize, feed: &mut Feed<'_>) {
        let Some((_, tree)) = self.trees.get(index) else { return };
        if let Some(viewport) = self.screen.grow_to(tree) {
            feed.send(Input::Viewport(viewport));
        }
        if self.lifecycle != Some(Lifecycle::Active) {
            self.lifecycle = Some(Lifecycle::Active);
            feed.send(Input::Lifecycle(Lifecycle::Active));
        }
        if self.activity != tree.activity {
            tree.activity.clone_into(&mut self.activity);
            feed.send(Input::Screen(tree.screen_name()));
        }
        let identities = self.matcher.identify(tree);
        let looks = look::Looks { tree, screen: &self.screen };
        feed.capture(tree.nodes.len(), |buffer| looks.fill(buffer, &identities));
    }

    /// Plays what the robot did.
    fn act(&mut self, event: &Line, feed: &mut Feed<'_>) {
        match event.kind.as_str() {
            "touch" | "long_touch" | "scroll" => gestures::play(event, &self.screen, feed),
            "set_text" => {
                gestures::play(event, &self.screen, feed);
                feed.send(Input::Event("set_text"));
            }
            "key" => feed.send(Input::Event(&format!("key {}", event.key_name()))),
            "kill_app" => self.killed(feed),
            "intent" => feed.send(Input::Event("intent")),
            _ => feed.send(Input::Event("other")),
        }
    }

    fn killed(&mut self, feed: &mut Feed<'_>) {
        feed.send(Input::Event("kill_app"));
        if self.lifecycle == Some(Lifecycle::Active) {
            self.lifecycle = Some(Lifecycle::Background);
            feed.send(Input::Lifecycle(Lifecycle::Background));
        }
    }
}
