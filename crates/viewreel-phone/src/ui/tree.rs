//! The tree that retains the views of all windows.

use crate::look::SCREEN;
use crate::ui::label::Label;
use crate::ui::view::View;
use taffy::prelude::{Style, TaffyTree};
use viewreel_model::{CaptureId, Point, Rect, Size};

/// A handle to a view of a [`Ui`]. It outlives its view without danger: a
/// destroyed view is simply not found.
pub(crate) type ViewId = taffy::NodeId;

/// A window: a root view and its place in front of or behind others.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) root: ViewId,
    /// Drawing order; UIKit's numbers.
    pub(crate) level: f32,
}

/// All views of the app, attached to a window or kept for later.
pub(crate) struct Ui {
    pub(super) tree: TaffyTree<View>,
    pub(super) windows: Vec<Window>,
    /// Views that scroll and that still exist.
    pub(super) scrollers: Vec<ViewId>,
    /// In points.
    pub(super) screen: Size,
    last_id: u64,
    has_changed: bool,
    pub(super) needs_layout: bool,
}

impl Ui {
    pub(crate) fn new() -> Self {
        let mut tree = TaffyTree::new();
        tree.disable_rounding();
        Self {
            tree,
            windows: Vec::new(),
            scrollers: Vec::new(),
            screen: SCREEN,
            last_id: 0,
            has_changed: false,
            needs_layout: false,
        }
    }

    /// Gives the screen another size, in points.
    pub(crate) fn set_screen(&mut self, size: Size) {
        self.screen = size;
        self.relaid();
    }

    /// Makes a view object that stands in no window yet.
    pub(crate) fn create(&mut self, style: Style, mut view: View) -> ViewId {
        self.last_id += 1;
        view.id = CaptureId(self.last_id);
        let scrolls = view.scroller.is_some();
        let node = self.tree.new_leaf_with_context(style, view).expect("taffy takes every leaf");
        if scrolls {
            self.scrollers.push(node);
        }
        node
    }

    /// Makes a view object and puts it in front of the other children of `parent`.
    pub(crate) fn add(&mut self, parent: ViewId, style: Style, view: View) -> ViewId {
        let node = self.create(style, view);
        self.attach(parent, node);
        node
    }

    /// Puts a view that has no parent in front of the other children of `parent`.
    pub(crate) fn attach(&mut self, parent: ViewId, node: ViewId) {
        self.tree.add_child(parent, node).expect("the parent is alive");
        self.relaid();
    }

    /// Puts a view that has no parent behind the other children of `parent`.
    pub(crate) fn attach_behind(&mut self, parent: ViewId, node: ViewId) {
        self.tree.insert_child_at_index(parent, 0, node).expect("the parent is alive");
        self.relaid();
    }

    /// Takes a view out of the tree; it stays alive with its subtree.
    pub(crate) fn detach(&mut self, node: ViewId) {
        if let Some(parent) = self.parent(node) {
            self.tree.remove_child(parent, node).expect("a parent has its child");
            self.relaid();
        }
    }

    /// Destroys a view with its subtree. The ids are not used again.
    pub(crate) fn destroy(&mut self, node: ViewId) {
        self.detach(node);
        for child in self.children(node) {
            self.destroy(child);
        }
        if self.tree.get_node_context(node).is_some() {
            self.tree.remove(node).expect("the view is alive");
        }
        self.scrollers.retain(|&other| other != node);
    }

    /// Opens a window with that root view.
    pub(crate) fn open_window(&mut self, root: ViewId, level: f32) {
        self.windows.push(Window { root, level });
        self.relaid();
    }

    /// Closes the window with that root view and destroys its views.
    pub(crate) fn close_window(&mut self, root: ViewId) {
        self.windows.retain(|window| window.root != root);
        self.destroy(root);
        self.relaid();
    }

    /// The view, where it is alive.
    pub(crate) fn get(&self, node: ViewId) -> Option<&View> {
        self.tree.get_node_context(node)
    }

    /// The view.
    ///
    /// # Panics
    /// Where it was destroyed: the app has kept a handle too long.
    pub(crate) fn view(&self, node: ViewId) -> &View {
        self.get(node).expect("the view is alive")
    }

    /// Changes a view in ways that do not move others. Nothing happens to a
    /// view that was destroyed, so that animations may end late.
    pub(crate) fn edit(&mut self, node: ViewId, change: impl FnOnce(&mut View)) {
        if let Some(view) = self.tree.get_node_context_mut(node) {
            change(view);
            self.has_changed = true;
        }
    }

    /// Replaces the text of a view.
    pub(crate) fn say(&mut self, node: ViewId, text: &str) {
        let is_same = self.view(node).label.as_ref().is_some_and(|label| label.text == text);
        if is_same {
            return;
        }
        self.edit(node, |view| {
            if let Some(label) = &mut view.label {
                label.say(text);
            }
        });
        self.tree.mark_dirty(node).expect("the view is alive");
        self.relaid();
    }

    /// Changes how the text of a view is set.
    pub(crate) fn relabel(&mut self, node: ViewId, change: impl FnOnce(&mut Label)) {
        self.edit(node, |view| {
            if let Some(label) = &mut view.label {
                change(label);
            }
        });
        self.tree.mark_dirty(node).expect("the view is alive");
        self.relaid();
    }

    /// Turns secure entry of a field on or off.
    pub(crate) fn secure(&mut self, node: ViewId, is_secure: bool) {
        self.edit(node, |view| {
            view.was_secure |= view.secure;
            view.secure = is_secure;
        });
        self.relaid();
    }

    /// Changes the style that a view is laid out by.
    pub(crate) fn restyle(&mut self, node: ViewId, change: impl FnOnce(Style) -> Style) {
        let style = self.tree.style(node).expect("the view is alive").clone();
        self.tree.set_style(node, change(style)).expect("the view is alive");
        self.relaid();
    }

    pub(crate) fn parent(&self, node: ViewId) -> Option<ViewId> {
        self.get(node)?;
        self.tree.parent(node)
    }

    pub(crate) fn children(&self, node: ViewId) -> Vec<ViewId> {
        if self.get(node).is_none() {
            return Vec::new();
        }
        self.tree.children(node).expect("the view is alive")
    }

    /// Whether anything that a capture shows has changed since this was asked
    /// last.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.has_changed)
    }

    /// The windows, frontmost first; later ones are in front where levels tie.
    pub(super) fn front_to_back(&self) -> Vec<Window> {
        let mut windows: Vec<_> = self.windows.iter().rev().copied().collect();
        windows.sort_by(|a, b| b.level.total_cmp(&a.level));
        windows
    }

    /// The view with that identifier in any window, frontmost window first.
    pub(crate) fn find(&self, identifier: &str) -> Option<ViewId> {
        self.front_to_back().iter().find_map(|window| self.find_below(window.root, identifier))
    }

    fn find_below(&self, node: ViewId, identifier: &str) -> Option<ViewId> {
        if self.view(node).identifier == identifier {
            return Some(node);
        }
        self.children(node).into_iter().find_map(|child| self.find_below(child, identifier))
    }

    /// Where a view lies, in points of the screen; rotations are left out.
    pub(crate) fn screen_frame(&self, node: ViewId) -> Rect {
        let view = self.view(node);
        let mut origin = placed(view);
        let mut above = self.parent(node);
        while let Some(parent) = above {
            let view = self.view(parent);
            let (at, scroll) = (placed(view), view.scroll_offset());
            origin = Point::new(origin.x + at.x - scroll.x, origin.y + at.y - scroll.y);
            above = self.parent(parent);
        }
        Rect { origin, size: view.frame.size }
    }

    /// The view that a finger at that point of the screen touches: the deepest
    /// one of the frontmost window that has something there.
    pub(crate) fn hit(&self, at: Point) -> Option<ViewId> {
        self.front_to_back().iter().find_map(|window| {
            let hit = self.hit_below(window.root, at)?;
            let is_glass = hit == window.root && self.view(hit).appearance.background.is_clear();
            (!is_glass).then_some(hit)
        })
    }

    fn hit_below(&self, node: ViewId, at: Point) -> Option<ViewId> {
        let view = self.view(node);
        let origin = placed(view);
        let local = Point::new(at.x - origin.x, at.y - origin.y);
        let is_inside = Rect { origin: Point::ZERO, size: view.frame.size }.contains(local);
        if !is_inside || view.appearance.hidden || view.appearance.alpha == 0 {
            return None;
        }
        let scroll = view.scroll_offset();
        let within = Point::new(local.x + scroll.x, local.y + scroll.y);
        let children = self.children(node);
        children.into_iter().rev().find_map(|child| self.hit_below(child, within)).or(Some(node))
    }

    /// The nearest of a view and its ancestors for which `is_it` holds.
    pub(crate) fn nearest(&self, node: ViewId, is_it: impl Fn(&View) -> bool) -> Option<ViewId> {
        let mut next = Some(node);
        while let Some(node) = next {
            if is_it(self.view(node)) {
                return Some(node);
            }
            next = self.parent(node);
        }
        None
    }

    fn relaid(&mut self) {
        self.needs_layout = true;
        self.has_changed = true;
    }
}

/// The upper left corner of a view, in points of the parent's bounds space.
fn placed(view: &View) -> Point {
    Point::new(view.frame.origin.x + view.shift.x, view.frame.origin.y + view.shift.y)
}
