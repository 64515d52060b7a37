//! A forest of linked nodes, in which placing and removing is cheap.

use crate::error::ApplyError;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use viewreel_model::diff::Placement;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES};
use viewreel_model::{NodeId, Snapshot};

/// Where a node is kept; the slots of removed nodes are used again.
pub(crate) type Slot = usize;

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
    /// Hashed quickly, and yet with a seed that strangers do not know.
    by_id: HashMap<NodeId, Slot, RandomState>,
}

impl Forest {
    /// The forest in which the node with index `i` of a snapshot has slot `i`.
    /// O(n).
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let mut forest = Self::default();
        forest.slots.reserve_exact(snapshot.len());
        forest.by_id.reserve(snapshot.len());
        for (at, &id) in snapshot.ids().iter().enumerate() {
            let parent = snapshot.columns().parent(at);
            let slot = forest.create(id);
            let last = forest.ends(parent).last;
            forest.attach(slot, parent, last);
        }
        forest
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
        let parent = placement.parent.map(|id| self.find(id)).transpose()?;
        let after = placement.after.map(|id| self.find(id)).transpose()?;
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
        Ok(slot)
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
        self.detach(root);
        let subtree: Vec<Slot> = self.walk_from(Some(root)).collect();
        for &slot in &subtree {
            self.by_id.remove(&self.id(slot));
        }
        self.free.extend(&subtree);
        Ok(subtree)
    }

    fn links(&self, slot: Slot) -> Links {
        self.slots.get(slot).copied().unwrap_or_default()
    }

    fn edit(&mut self, slot: Slot, edit: impl FnOnce(&mut Links)) {
        if let Some(links) = self.slots.get_mut(slot) {
            edit(links);
        }
    }

    /// The children of a node, or the roots of the forest.
    fn ends(&mut self, parent: Option<Slot>) -> &mut Ends {
        let links = parent.and_then(|parent| self.slots.get_mut(parent));
        links.map_or(&mut self.roots, |links| &mut links.children)
    }

    fn create(&mut self, id: NodeId) -> Slot {
        let slot = self.free.pop().unwrap_or(self.slots.len());
        if slot == self.slots.len() {
            self.slots.push(Links::default());
        }
        self.edit(slot, |links| *links = Links { id, ..Links::default() });
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
