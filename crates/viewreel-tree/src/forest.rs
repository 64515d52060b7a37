//! A forest of linked nodes, in which placing and removing is cheap.

use crate::tree::ApplyError;
use std::collections::HashMap;
use viewreel_model::diff::Placement;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES};
use viewreel_model::{NodeId, Snapshot};

type Slot = usize;

/// One node with its links.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    id: NodeId,
    parent: Option<Slot>,
    first: Option<Slot>,
    last: Option<Slot>,
    prev: Option<Slot>,
    next: Option<Slot>,
}

/// The nodes of a snapshot by slot. Slot 0 is a root above all windows; the
/// node with index `i` of the snapshot has slot `i + 1`, new ones follow.
#[derive(Debug, Default)]
pub(crate) struct Forest {
    slots: Vec<Links>,
    by_id: HashMap<NodeId, Slot>,
}

const TOP: Slot = 0;

impl Forest {
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let mut forest = Self { slots: vec![Links::default()], by_id: HashMap::new() };
        for (at, &id) in snapshot.ids().iter().enumerate() {
            let slot = forest.create(id);
            let parent = snapshot.columns().parent(at).map_or(TOP, |parent| parent + 1);
            let last = forest.links(parent).last;
            forest.attach(slot, parent, last);
        }
        forest
    }

    fn links(&self, slot: Slot) -> Links {
        self.slots.get(slot).copied().unwrap_or_default()
    }

    fn edit(&mut self, slot: Option<Slot>, edit: impl FnOnce(&mut Links)) {
        if let Some(links) = slot.and_then(|slot| self.slots.get_mut(slot)) {
            edit(links);
        }
    }

    fn create(&mut self, id: NodeId) -> Slot {
        let slot = self.slots.len();
        self.slots.push(Links { id, ..Links::default() });
        self.by_id.insert(id, slot);
        slot
    }

    fn find(&self, id: NodeId) -> Result<Slot, ApplyError> {
        self.by_id.get(&id).copied().ok_or(ApplyError::UnknownNode(id))
    }

    /// The slot of a node as an index of the snapshot that the forest was made
    /// of; new nodes have indices behind it.
    pub(crate) fn index_of(&self, id: NodeId) -> Result<usize, ApplyError> {
        self.find(id).map(|slot| slot - 1)
    }

    /// Number of nodes, removed ones included.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - 1
    }

    pub(crate) fn place(&mut self, placement: &Placement) -> Result<(), ApplyError> {
        let parent = placement.parent.map_or(Ok(TOP), |id| self.find(id))?;
        let slot = match self.by_id.get(&placement.node) {
            Some(&slot) => {
                self.check_no_cycle(slot, parent)?;
                self.detach(slot);
                slot
            }
            None if self.len() >= 2 * MAX_NODES => return Err(ApplyError::TooManyNodes),
            None => self.create(placement.node),
        };
        let after = placement.after.map(|id| self.find(id)).transpose()?;
        if after.is_some_and(|sibling| self.links(sibling).parent != Some(parent)) {
            return Err(ApplyError::NotASibling(placement.node));
        }
        self.attach(slot, parent, after);
        Ok(())
    }

    /// Parents are in their final place when a placement names them, so a chain
    /// longer than the depth limit is an error, and the walk is bounded.
    fn check_no_cycle(&self, slot: Slot, parent: Slot) -> Result<(), ApplyError> {
        let mut ancestor = Some(parent);
        for _ in 0..=MAX_DEPTH + 1 {
            match ancestor {
                None => return Ok(()),
                Some(at) if at == slot => {
                    return Err(ApplyError::ParentInsideNode(self.links(slot).id));
                }
                Some(at) => ancestor = self.links(at).parent,
            }
        }
        Err(ApplyError::TooDeep)
    }

    fn attach(&mut self, slot: Slot, parent: Slot, after: Option<Slot>) {
        let next = match after {
            Some(sibling) => self.links(sibling).next,
            None => self.links(parent).first,
        };
        self.edit(Some(slot), |links| {
            links.parent = Some(parent);
            links.prev = after;
            links.next = next;
        });
        match after {
            Some(_) => self.edit(after, |links| links.next = Some(slot)),
            None => self.edit(Some(parent), |links| links.first = Some(slot)),
        }
        match next {
            Some(_) => self.edit(next, |links| links.prev = Some(slot)),
            None => self.edit(Some(parent), |links| links.last = Some(slot)),
        }
    }

    fn detach(&mut self, slot: Slot) {
        let Links { parent, prev, next, .. } = self.links(slot);
        match prev {
            Some(_) => self.edit(prev, |links| links.next = next),
            None => self.edit(parent, |links| links.first = next),
        }
        match next {
            Some(_) => self.edit(next, |links| links.prev = prev),
            None => self.edit(parent, |links| links.last = prev),
        }
        self.edit(Some(slot), |links| {
            links.parent = None;
            links.prev = None;
            links.next = None;
        });
    }

    /// Takes a node and its subtree out of the forest; none of them is known
    /// from then on. O(nodes of the subtree).
    pub(crate) fn remove(&mut self, id: NodeId) -> Result<(), ApplyError> {
        let slot = self.find(id)?;
        self.detach(slot);
        let mut next = Some(slot);
        while let Some(slot) = next {
            let links = self.links(slot);
            self.by_id.remove(&links.id);
            next = links.first.or_else(|| self.next_up(slot, &mut 0));
        }
        Ok(())
    }

    /// Every node in pre-order: (index, id, index of the parent).
    ///
    /// # Errors
    /// Where the forest is larger or deeper than the limits.
    pub(crate) fn flatten(&self) -> Result<Vec<(usize, NodeId, Option<usize>)>, ApplyError> {
        let mut order = Vec::with_capacity(self.len());
        let mut depth = 0;
        let mut next = self.links(TOP).first;
        while let Some(slot) = next {
            let links = self.links(slot);
            let parent = links.parent.filter(|&parent| parent != TOP).map(|parent| parent - 1);
            order.push((slot - 1, links.id, parent));
            if order.len() > MAX_NODES {
                return Err(ApplyError::TooManyNodes);
            }
            next = match links.first {
                Some(_) => {
                    depth += 1;
                    links.first
                }
                None => self.next_up(slot, &mut depth),
            };
            if depth > MAX_DEPTH {
                return Err(ApplyError::TooDeep);
            }
        }
        Ok(order)
    }

    /// The node that follows the subtree of `slot`.
    fn next_up(&self, slot: Slot, depth: &mut usize) -> Option<Slot> {
        let mut at = Some(slot);
        while let Some(slot) = at {
            let links = self.links(slot);
            if links.next.is_some() {
                return links.next;
            }
            *depth = depth.saturating_sub(1);
            at = links.parent;
        }
        None
    }
}
