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
use std::collections::BTreeMap;
use tree::Tree;
use viewreel_capture::Input;
use viewreel_model::record::Lifecycle;

/// From the end of a gesture to a tree that was seen again, in milliseconds.
pub const SETTLE_MS: u64 = 300;

/// Most nodes of all steps of one trace together: a short line can show a
/// large tree again, so the size of the file does not bound them.
pub const MAX_STEP_NODES: usize = 50_000_000;

/// Tells the feed a trace, step by step.
pub(crate) fn import(text: &str, feed: &mut Feed<'_>) -> Result<(), ImportError> {
    walk(text, feed, MAX_STEP_NODES)
}

fn walk(text: &str, feed: &mut Feed<'_>, max_step_nodes: usize) -> Result<(), ImportError> {
    let mut walk = Walk { max_step_nodes, ..Walk::default() };
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
    /// Every tree seen so far, by its number in the file.
    trees: BTreeMap<u64, Tree>,
    /// Nodes of all steps so far.
    step_nodes: usize,
    max_step_nodes: usize,
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
        let problem = "a tree needs its number `n`";
        let n = line.n.ok_or(ImportError::Line { line: number, problem })?;
        self.trees.insert(n, Tree::read(line, number)?);
        self.step(n, number, feed)
    }

    fn event(
        &mut self,
        line: &Line,
        number: usize,
        feed: &mut Feed<'_>,
    ) -> Result<(), ImportError> {
        self.act(line, feed);
        let Some(then) = line.then else { return Ok(()) };
        feed.advance_to(feed.at_ms().saturating_add(SETTLE_MS));
        self.step(then, number, feed)
    }

    /// A tree is on the screen, for the first time or again.
    fn step(&mut self, n: u64, line: usize, feed: &mut Feed<'_>) -> Result<(), ImportError> {
        let problem = "`then` names a tree that no earlier line has";
        let tree = self.trees.get(&n).ok_or(ImportError::Line { line, problem })?;
        self.step_nodes = self.step_nodes.saturating_add(tree.nodes.len());
        if self.step_nodes > self.max_step_nodes {
            let problem = "the steps have too many nodes together; split the trace";
            return Err(ImportError::Line { line, problem });
        }
        if let Some(viewport) = self.screen.grow_to(tree) {
            feed.send(Input::Viewport(viewport));
        }
        if self.lifecycle != Some(Lifecycle::Active) {
            self.lifecycle = Some(Lifecycle::Active);
            feed.send(Input::Lifecycle(Lifecycle::Active));
        }
        if self.activity != tree.activity {
            tree.activity.clone_into(&mut self.activity);
            feed.send(Input::ScreenTitle(tree.screen_name()));
        }
        let identities = self.matcher.identify(tree);
        let looks = look::Looks { tree, screen: &self.screen };
        feed.capture(tree.nodes.len(), |buffer| looks.fill(buffer, &identities));
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use viewreel_capture::InputSink;
    use viewreel_seams::Now;

    struct Nobody;

    impl InputSink for Nobody {
        fn input(&mut self, _: Now, _: Input<'_>) {}
    }

    #[test]
    fn a_large_tree_is_not_shown_again_without_end() {
        let root = r#"{"p":-1,"c":"android.view.View","b":[0,0,1080,2280]}"#;
        let tree = format!(r#"{{"k":"tree","t":0,"n":0,"nodes":[{root},{root},{root}]}}"#);
        let again = r#"{"k":"event","t":1,"type":"intent","then":0}"#;
        let lines = format!("{tree}\n{}", [again; 9].join("\n"));
        let of = |most| {
            let mut sink = Nobody;
            let mut feed = Feed::new(&mut sink, Now::default());
            let result = walk(&lines, &mut feed, most).map_err(|error| error.to_string());
            (result, feed.finish().trees)
        };
        let error = "line 4: the steps have too many nodes together; split the trace";
        assert_eq!(of(11), (Err(error.to_owned()), 3));
        assert_eq!(of(30), (Ok(()), 10));
    }
}
