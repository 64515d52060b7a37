//! A forest of linked nodes, in which placing and removing is cheap.

use crate::error::ApplyError;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use viewreel_model::NodeId;
use viewreel_model::diff::Placement;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES};

/// Where a node is kept; the slots of removed nodes are used again.
pub(crate) type Slot = u32;

/// Ancestors of the node placed last among which a node is looked for before all
/// nodes are: the next one is mostly placed beside or below one of them.
const NEAR: usize = 4;

/// The first and the last of some siblings.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    first: Option<Slot>,
    last: Option<Slot>,
}

/// One node with its links.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    id: NodeId,
    parent: Option<Slot>,
    prev: Option<Slot>,
    next: Option<Slot>,
    children: Ends,
}

/// Which nodes there are and how they hang together.
///
/// How deep a node may lie is checked for the nodes that are placed. What moves
/// along with one of them may come to lie deeper, and again with the next diff,
/// so the only bound on the depth of a whole forest is its number of nodes.
/// Nothing here or above recurses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    slots: Vec<Links>,
    free: Vec<Slot>,
    roots: Ends,
    /// The node that was placed last, while nothing was removed since.
    placed: Option<Slot>,
    /// Hashed quickly, and yet with a seed that strangers do not know.
    by_id: HashMap<NodeId, Slot, RandomState>,
}

impl Forest {
    /// The forest of these nodes in pre-order, each with the index of its parent;
    /// the node with index `i` has slot `i`. O(n).
    pub(crate) fn of(nodes: impl ExactSizeIterator<Item = (NodeId, Option<Slot>)>) -> Self {
        let mut forest = Self::default();
        forest.slots.reserve_exact(nodes.len());
        forest.by_id.reserve(nodes.len());
        for (id, parent) in nodes {
            let slot = forest.create(id);
            let last = forest.ends(parent).last;
            forest.attach(slot, parent, last);
        }
        forest
    }

    /// The forest in which these nodes, which are all of them in pre-order, have
    /// their index as slot. O(n).
    pub(crate) fn renumbered(&self, slots: &[Slot]) -> Self {
        let mut indices = vec![0; self.slots.len()];
        for (index, &slot) in (0..).zip(slots) {
            put(&mut indices, slot, index);
        }
        let index = |slot: Slot| indices.get(slot as usize).copied();
        let parent = |slot| self.parent(slot).and_then(index);
        Self::of(slots.iter().map(|&slot| (self.id(slot), parent(slot))))
    }

    /// Becomes a copy of another forest in the memory that is there. O(n).
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.slots.clone_from(&other.slots);
        self.free.clone_from(&other.free);
        self.by_id.clone_from(&other.by_id);
        (self.roots, self.placed) = (other.roots, other.placed);
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Number of slots, free ones included.
    pub(crate) fn slots(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn find(&self, id: NodeId) -> Result<Slot, ApplyError> {
        self.by_id.get(&id).copied().ok_or(ApplyError::UnknownNode(id))
    }

    pub(crate) fn id(&self, slot: Slot) -> NodeId {
        self.links(slot).id
    }

    pub(crate) fn parent(&self, slot: Slot) -> Option<Slot> {
        self.links(slot).parent
    }

    /// The node and the siblings that follow it.
    pub(crate) fn siblings_from(&self, slot: Slot) -> impl Iterator<Item = Slot> {
        std::iter::successors(Some(slot), |&slot| self.links(slot).next)
    }

    /// All nodes in pre-order. O(n) for all of them.
    pub(crate) fn walk(&self) -> impl Iterator<Item = Slot> {
        self.walk_from(self.roots.first)
    }

    /// The nodes from `start` on, in pre-order, to the end of the forest or of a
    /// subtree that is detached.
    fn walk_from(&self, start: Option<Slot>) -> impl Iterator<Item = Slot> {
        std::iter::successors(start, |&slot| {
            self.links(slot).children.first.or_else(|| self.after_subtree(slot))
        })
    }

    fn after_subtree(&self, slot: Slot) -> Option<Slot> {
        let mut at = slot;
        while self.links(at).next.is_none() {
            at = self.links(at).parent?;
        }
        self.links(at).next
    }

    /// Puts a node where a diff says; one that is not known is created. Counts
    /// the ancestors that are visited in `work`. O(depth).
    ///
    /// # Errors
    /// Where parent or sibling are not there or not where they should be, and
    /// beyond the limits.
    pub(crate) fn place(
        &mut self,
        placement: &Placement,
        work: &mut usize,
    ) -> Result<Slot, ApplyError> {
        let parent = placement.parent.map(|id| self.find_near(id)).transpose()?;
        let after = placement.after.map(|id| self.find_near(id)).transpose()?;
        let known = self.by_id.get(&placement.node).copied();
        *work += self.check_ancestors(placement.node, known, parent)?;
        let slot = match known {
            Some(slot) => self.detach(slot),
            None if self.len() >= 2 * MAX_NODES => return Err(ApplyError::TooManyNodes),
            None => self.create(placement.node),
        };
        if after.is_some_and(|sibling| sibling == slot || self.parent(sibling) != parent) {
            return Err(ApplyError::NotASibling(placement.node));
        }
        self.attach(slot, parent, after);
        self.placed = Some(slot);
        Ok(slot)
    }

    /// As [`Forest::find`], quicker for what is above the node placed last.
    fn find_near(&self, id: NodeId) -> Result<Slot, ApplyError> {
        let mut near = std::iter::successors(self.placed, |&slot| self.parent(slot)).take(NEAR);
        near.find(|&slot| self.id(slot) == id).map_or_else(|| self.find(id), Ok)
    }

    /// Checks that node `id` can be below `parent` and gives the number of its
    /// ancestors. Parents are in their final place when a placement names them,
    /// so a chain longer than the depth limit is an error, and the walk is bounded.
    fn check_ancestors(
        &self,
        id: NodeId,
        slot: Option<Slot>,
        parent: Option<Slot>,
    ) -> Result<usize, ApplyError> {
        let mut depth = 0;
        for ancestor in std::iter::successors(parent, |&at| self.parent(at)) {
            depth += 1;
            if Some(ancestor) == slot {
                return Err(ApplyError::ParentInsideNode(id));
            }
            if depth > MAX_DEPTH {
                return Err(ApplyError::TooDeep);
            }
        }
        Ok(depth)
    }

    /// Takes a node and its subtree out of the forest; none of them is known
    /// from then on. Gives their slots. O(nodes of the subtree).
    pub(crate) fn remove(&mut self, id: NodeId) -> Result<Vec<Slot>, ApplyError> {
        let root = self.find(id)?;
        self.placed = None;
        self.detach(root);
        let subtree: Vec<Slot> = self.walk_from(Some(root)).collect();
        for &slot in &subtree {
            self.by_id.remove(&self.id(slot));
        }
        self.free.extend(&subtree);
        Ok(subtree)
    }

    fn links(&self, slot: Slot) -> Links {
        self.slots.get(slot as usize).copied().unwrap_or_default()
    }

    fn edit(&mut self, slot: Slot, edit: impl FnOnce(&mut Links)) {
        if let Some(links) = self.slots.get_mut(slot as usize) {
            edit(links);
        }
    }

    /// The children of a node, or the roots of the forest.
    fn ends(&mut self, parent: Option<Slot>) -> &mut Ends {
        let links = parent.and_then(|parent| self.slots.get_mut(parent as usize));
        links.map_or(&mut self.roots, |links| &mut links.children)
    }

    fn create(&mut self, id: NodeId) -> Slot {
        let links = Links { id, ..Links::default() };
        let slot = self.free.pop().unwrap_or(self.slots.len() as Slot);
        match self.slots.get_mut(slot as usize) {
            Some(free) => *free = links,
            None => self.slots.push(links),
        }
        self.by_id.insert(id, slot);
        slot
    }

    fn attach(&mut self, slot: Slot, parent: Option<Slot>, prev: Option<Slot>) {
        let next = match prev {
            Some(prev) => self.links(prev).next,
            None => self.ends(parent).first,
        };
        self.edit(slot, |links| *links = Links { parent, prev, next, ..*links });
        self.link_neighbours(parent, (prev, Some(slot)), (next, Some(slot)));
    }

    fn detach(&mut self, slot: Slot) -> Slot {
        let Links { parent, prev, next, .. } = self.links(slot);
        self.link_neighbours(parent, (prev, next), (next, prev));
        self.edit(slot, |links| *links = Links { parent: None, prev: None, next: None, ..*links });
        slot
    }

    /// Sets what follows the sibling `left.0` (or begins the list where there is
    /// none) and what is before the sibling `right.0` (or ends the list).
    fn link_neighbours(
        &mut self,
        parent: Option<Slot>,
        left: (Option<Slot>, Option<Slot>),
        right: (Option<Slot>, Option<Slot>),
    ) {
        match left.0 {
            Some(sibling) => self.edit(sibling, |links| links.next = left.1),
            None => self.ends(parent).first = left.1,
        }
        match right.0 {
            Some(sibling) => self.edit(sibling, |links| links.prev = right.1),
            None => self.ends(parent).last = right.1,
        }
    }
}

/// Sets the entry of a slot.
pub(crate) fn put(entries: &mut [u32], slot: Slot, entry: u32) {
    if let Some(place) = entries.get_mut(slot as usize) {
        *place = entry;
    }
}
