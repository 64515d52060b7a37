//! The path-key matcher: who is who between two dumps.
//!
//! A dump has no stable ids, so each tree is compared with the one before, from
//! the roots down. Only children of matched parents are compared, and only
//! with nodes of the same class and resource id:
//!
//! 1. children with the same content (class, id and text of the whole subtree)
//!    are the same, in order: rows keep their ids when their list scrolls;
//! 2. of the rest, the first of a class and resource id is the first again,
//!    the second the second, and so on: a label keeps its id when its text
//!    changes.
//!
//! What stays over is new. A row that was matched by the second rule shows
//! other content in an old view, as a recycling list does it, and so gets the
//! next *generation*; true index paths are not in a dump.
//!
//! Ids count from 1 and are never used again. An app that goes from one
//! activity to another shows other views, so nothing is matched across. O(n log n).

use super::tree::Tree;
use std::collections::{BTreeMap, VecDeque};
use viewreel_model::CaptureId;

/// Identity of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    pub id: CaptureId,
    pub generation: u32,
}

/// What is remembered of a node of the tree before.
#[derive(Clone, Debug)]
struct Known {
    key: u64,
    content: u64,
    children: Vec<usize>,
    identity: Identity,
}

/// Gives ids to the nodes of one tree after the other.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    activity: String,
    roots: Vec<usize>,
    known: Vec<Known>,
    last_id: u64,
}

impl Matcher {
    /// The identities of the nodes of the next tree, in its order.
    pub(crate) fn identify(&mut self, tree: &Tree) -> Vec<Identity> {
        let (mut known, roots) = read(tree);
        if self.activity == tree.activity {
            let pairs = match_children(&self.known, &self.roots, &known, &roots);
            self.match_down(pairs, &mut known, tree);
        }
        self.number(&mut known);
        tree.activity.clone_into(&mut self.activity);
        self.roots = roots;
        self.known = known;
        self.known.iter().map(|node| node.identity).collect()
    }

    /// Hands identities down from matched parents to matched children.
    fn match_down(&self, mut pairs: Vec<Pair>, new: &mut [Known], tree: &Tree) {
        while let Some(pair) = pairs.pop() {
            let (Some(old), Some(is_row)) =
                (self.known.get(pair.old), tree.nodes.get(pair.new).map(|node| node.is_row))
            else {
                continue;
            };
            let is_reused = is_row && !pair.is_same_content;
            let generation = old.identity.generation.wrapping_add(u32::from(is_reused));
            let children = new.get(pair.new).map(|node| node.children.clone()).unwrap_or_default();
            if let Some(node) = new.get_mut(pair.new) {
                node.identity = Identity { generation, ..old.identity };
            }
            pairs.extend(match_children(&self.known, &old.children, new, &children));
        }
    }

    /// Gives new ids to the nodes that were matched with none.
    fn number(&mut self, nodes: &mut [Known]) {
        for node in nodes.iter_mut().filter(|node| node.identity.id == CaptureId(0)) {
            self.last_id += 1;
            node.identity = Identity { id: CaptureId(self.last_id), generation: 0 };
        }
    }
}

/// A node of the old tree that is a node of the new one.
#[derive(Clone, Copy, Debug)]
struct Pair {
    old: usize,
    new: usize,
    is_same_content: bool,
}

/// Matches two lists of siblings by content, then by key.
fn match_children(old: &[Known], olds: &[usize], new: &[Known], news: &[usize]) -> Vec<Pair> {
    let by_content = |node: &Known| (node.key, node.content);
    let (mut pairs, olds, news) = match_by(old, olds, new, news, by_content, true);
    let (rest, _, _) = match_by(old, &olds, new, &news, |node| (node.key, 0), false);
    pairs.extend(rest);
    pairs
}

/// Pairs the first of each mark with the first, the second with the second;
/// returns what stays over on both sides in its order.
fn match_by(
    old: &[Known],
    olds: &[usize],
    new: &[Known],
    news: &[usize],
    mark: impl Fn(&Known) -> (u64, u64),
    is_same_content: bool,
) -> (Vec<Pair>, Vec<usize>, Vec<usize>) {
    let mut waiting: BTreeMap<(u64, u64), VecDeque<usize>> = BTreeMap::new();
    for &index in olds {
        if let Some(node) = old.get(index) {
            waiting.entry(mark(node)).or_default().push_back(index);
        }
    }
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    for &index in news {
        let queue = new.get(index).and_then(|node| waiting.get_mut(&mark(node)));
        match queue.and_then(VecDeque::pop_front) {
            Some(partner) => pairs.push(Pair { old: partner, new: index, is_same_content }),
            None => left.push(index),
        }
    }
    let mut over: Vec<usize> = waiting.into_values().flatten().collect();
    over.sort_unstable();
    (pairs, over, left)
}

/// Keys, contents and children of all nodes, and the roots.
fn read(tree: &Tree) -> (Vec<Known>, Vec<usize>) {
    let mut known: Vec<Known> = tree
        .nodes
        .iter()
        .map(|node| {
            let key = hash(hash(START, node.class.as_bytes()), node.resource_id.as_bytes());
            let content = hash(key, node.text.as_bytes());
            Known { key, content, children: Vec::new(), identity: Identity::default() }
        })
        .collect();
    let mut roots = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        match node.parent.and_then(|parent| known.get_mut(parent)) {
            Some(parent) => parent.children.push(index),
            None => roots.push(index),
        }
    }
    // Children come after their parents, so going back sees them first.
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let content = known.get(index).map_or(0, |node| node.content);
        if let Some(parent) = node.parent.and_then(|parent| known.get_mut(parent)) {
            parent.content = hash(parent.content, &content.to_le_bytes());
        }
    }
    (known, roots)
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a with a mark at the end, so that two strings never run together.
fn hash(state: u64, bytes: &[u8]) -> u64 {
    let step = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    step(bytes.iter().fold(state, |state, &byte| step(state, byte)), 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::trace::line::Line;

    /// A list with one row for each text, each row a layout with a label.
    fn list(rows: &[&str]) -> Tree {
        let row = |(i, text): (usize, &&str)| {
            let row = r#"{"p":0,"c":"android.widget.FrameLayout","b":[0,0,9,9]}"#;
            let parent = 1 + 2 * i;
            format!(
                r#"{row},{{"p":{parent},"c":"android.widget.TextView","b":[0,0,9,9],"T":"{text}"}}"#
            )
        };
        let rows: Vec<_> = rows.iter().enumerate().map(row).collect();
        let list = r#"{"p":-1,"c":"android.widget.ListView","b":[0,0,9,9]}"#;
        let nodes = std::iter::once(list.to_owned()).chain(rows).collect::<Vec<_>>().join(",");
        read_tree(&format!(r#"{{"k":"tree","t":0,"n":0,"activity":"a","nodes":[{nodes}]}}"#))
    }

    fn read_tree(text: &str) -> Tree {
        let line: Line = json::parse(text, 1).unwrap();
        Tree::read(line, 1).unwrap()
    }

    /// Texts of the rows of a list, and the ids and generations that they get.
    type Step<'a> = (&'a [&'a str], &'a [(u64, u32)]);

    fn check(steps: &[Step<'_>]) {
        let mut matcher = Matcher::default();
        for (rows, expected) in steps {
            let identities = matcher.identify(&list(rows));
            let rows: Vec<_> =
                identities[1..].iter().step_by(2).map(|i| (i.id.0, i.generation)).collect();
            assert_eq!(rows, *expected);
        }
    }

    #[test]
    fn the_same_tree_again_keeps_all_ids() {
        check(&[(&["a", "b"], &[(2, 0), (4, 0)]), (&["a", "b"], &[(2, 0), (4, 0)])]);
    }

    #[test]
    fn rows_keep_their_ids_when_the_list_scrolls_and_the_first_is_recycled() {
        let first: Step<'_> = (&["a", "b", "c"], &[(2, 0), (4, 0), (6, 0)]);
        check(&[first, (&["b", "c", "d"], &[(4, 0), (6, 0), (2, 1)])]);
    }

    #[test]
    fn a_row_that_comes_in_is_new_and_others_keep_their_ids() {
        check(&[(&["a", "c"], &[(2, 0), (4, 0)]), (&["a", "b", "c"], &[(2, 0), (6, 0), (4, 0)])]);
    }

    #[test]
    fn a_label_keeps_its_id_and_generation_when_its_text_changes() {
        let label = |text: &str| {
            let node =
                format!(r#"{{"p":-1,"c":"android.widget.TextView","b":[0,0,9,9],"T":"{text}"}}"#);
            read_tree(&format!(r#"{{"k":"tree","t":0,"n":0,"activity":"a","nodes":[{node}]}}"#))
        };
        let mut matcher = Matcher::default();
        let before = matcher.identify(&label("1"));
        assert_eq!(matcher.identify(&label("2")), before);
    }

    #[test]
    fn nothing_is_matched_between_two_activities() {
        let mut matcher = Matcher::default();
        matcher.identify(&list(&["a"]));
        let other = Tree { activity: "b".to_owned(), ..list(&["a"]) };
        assert_eq!(matcher.identify(&other)[0].id, CaptureId(4));
    }
}
