//! A tree of a trace, checked and ready to be shown more than once.

use super::classes;
use super::line::{Line, NodeLine};
use crate::{ImportError, preorder};
use viewreel_model::Kind;

/// A node, with what is needed of it.
pub(crate) struct Node {
    pub parent: Option<usize>,
    pub class: String,
    pub resource_id: String,
    /// Left, top, right, bottom, in pixels of the screen.
    pub edges: [f32; 4],
    pub text: String,
    pub flags: String,
    pub kind: Kind,
    pub is_hidden: bool,
    /// Direct child of a list: a row.
    pub is_row: bool,
}

impl Node {
    /// Whether a flag is set; see [`super`].
    pub(crate) fn is(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

/// A tree in pre-order.
pub(crate) struct Tree {
    pub activity: String,
    pub nodes: Vec<Node>,
}

impl Tree {
    /// Checks a line and decides kinds and visibility. O(nodes).
    ///
    /// # Errors
    /// [`ImportError::Node`] where the nodes are no tree in pre-order,
    /// [`ImportError::Line`] where there are none.
    pub(crate) fn read(line: Line, number: usize) -> Result<Self, ImportError> {
        let mut nodes: Vec<Node> = line.nodes.into_iter().map(Node::from).collect();
        if nodes.is_empty() {
            return Err(ImportError::Line { line: number, problem: "the tree has no nodes" });
        }
        if let Some(node) = preorder::first_stray(nodes.iter().map(|node| node.parent)) {
            let problem = "`p` must be -1 or an ancestor of the node before, in pre-order";
            return Err(ImportError::Node { line: number, node, problem });
        }
        mark_rows(&mut nodes);
        mark_hidden(&mut nodes);
        Ok(Self { activity: line.activity, nodes })
    }

    /// The activity's class without its package: a name for the screen.
    pub(crate) fn screen_name(&self) -> &str {
        self.activity.rsplit(['.', '/']).next().unwrap_or(&self.activity)
    }
}

impl From<NodeLine> for Node {
    fn from(line: NodeLine) -> Self {
        let text = line.text.unwrap_or_default();
        let kind = kind(&line.c, &line.f, !text.is_empty(), line.b);
        Self {
            // A number beyond any index is no parent, and so found as a stray.
            parent: (line.p != -1).then(|| usize::try_from(line.p).unwrap_or(usize::MAX)),
            class: line.c,
            resource_id: line.r.unwrap_or_default(),
            edges: line.b,
            text,
            flags: line.f,
            kind,
            is_hidden: false,
            is_row: false,
        }
    }
}

fn kind(class: &str, flags: &str, has_text: bool, [left, top, right, bottom]: [f32; 4]) -> Kind {
    let known = classes::kind(class);
    let is_square = ((right - left) - (bottom - top)).abs() < (bottom - top) * 0.2;
    match known {
        Some(Kind::SearchBar) => Kind::SearchBar,
        _ if flags.contains('x') || flags.contains('p') => Kind::TextInput,
        Some(Kind::Progress) if is_square => Kind::Activity,
        Some(Kind::View) | None if has_text => Kind::Text,
        Some(kind) => kind,
        None => Kind::View,
    }
}

/// Children of lists are rows, and plain ones among them cells.
fn mark_rows(nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        let parent = nodes.get(index).and_then(|node| node.parent);
        let is_row =
            parent.and_then(|parent| nodes.get(parent)).is_some_and(|p| p.kind == Kind::List);
        if let Some(node) = nodes.get_mut(index).filter(|_| is_row) {
            node.is_row = true;
            if node.kind == Kind::View {
                node.kind = Kind::Cell;
            }
        }
    }
}

/// A node is drawn where it or something inside it is visible.
fn mark_hidden(nodes: &mut [Node]) {
    let mut is_drawn: Vec<bool> = nodes.iter().map(|node| node.is('v')).collect();
    for (index, node) in nodes.iter_mut().enumerate().rev() {
        let drawn = is_drawn.get(index).copied().unwrap_or(false);
        node.is_hidden = !drawn;
        if let Some(parent) = node.parent.and_then(|parent| is_drawn.get_mut(parent)) {
            *parent |= drawn;
        }
    }
}
