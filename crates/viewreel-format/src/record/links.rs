//! Where placed nodes go, told by the node before them.

use crate::bytes::{Reader, Writer, unzigzag, zigzag};
use crate::error::FormatError;
use viewreel_model::NodeId;
use viewreel_model::columns::NO_PARENT;
use viewreel_model::diff::Placement;
use viewreel_model::limits::MAX_DEPTH;

/// Parent and sibling are named.
const EXPLICIT: u32 = 0;
/// The first child of the node before.
const FIRST_CHILD: u32 = 1;
/// Directly behind the node before; larger numbers: behind one of its holders.
const BEHIND: u32 = 2;

/// Writes the links of a keyframe's nodes, by their parents in pre-order.
pub(crate) fn write_keyframe(out: &mut Writer, parents: &[u32]) {
    for (before, &parent) in parents.iter().skip(1).enumerate() {
        if parent as usize == before {
            out.uv(u64::from(FIRST_CHILD));
        } else {
            out.uv(u64::from(BEHIND) + climb(parents, before, parent));
        }
    }
}

/// How many steps above node `from` its ancestor stands that has that parent.
fn climb(parents: &[u32], from: usize, parent: u32) -> u64 {
    let parent_of = |at: usize| parents.get(at).copied().unwrap_or(NO_PARENT);
    let (mut at, mut steps) = (from, 0);
    while parent_of(at) != parent && parent_of(at) != NO_PARENT {
        at = parent_of(at) as usize;
        steps += 1;
    }
    steps
}

/// Where a placed node is at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    /// Its parent is named.
    Named,
    /// Below its *holder*: that placed node of the table.
    Inside(u32),
    /// Beside a node whose parent is named: that placed node of the table.
    Beside(u32),
}

/// What a link says.
struct Link {
    home: Home,
    /// The placed node directly before, `None` for the first place and where it
    /// is named.
    behind: Option<usize>,
}

/// The links of the placed nodes of one table. Refilled in place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    homes: Vec<Home>,
    /// Of a keyframe: how many ancestors each node has.
    depths: Vec<u32>,
}

impl Links {
    /// The holder of a placed node; in a keyframe, its parent.
    pub(crate) fn holder(&self, at: usize) -> Option<u32> {
        match self.homes.get(at)? {
            Home::Inside(holder) => Some(*holder),
            Home::Named | Home::Beside(_) => None,
        }
    }

    /// The home of a node directly behind node `at`.
    fn home_behind(&self, at: usize) -> Home {
        match self.homes.get(at) {
            Some(Home::Named) | None => Home::Beside(at as u32),
            Some(home) => *home,
        }
    }

    /// The node that many holders above another one.
    fn climb(&self, from: usize, steps: u32) -> Option<usize> {
        let mut at = from;
        for _ in 0..steps {
            at = self.holder(at)? as usize;
        }
        Some(at)
    }

    /// Writes the links of a diff's placements.
    pub(crate) fn write_diff(&mut self, out: &mut Writer, placements: &[Placement]) {
        self.homes.clear();
        for (at, placement) in placements.iter().enumerate() {
            let (link, home) = self.find(placements, at, placement);
            out.uv(u64::from(link));
            self.homes.push(home);
        }
        for placement in self.named(placements) {
            write_relative(out, placement.parent, placement.node);
        }
        for placement in self.named(placements) {
            write_relative(out, placement.after, placement.node);
        }
    }

    fn named<'a>(&'a self, placements: &'a [Placement]) -> impl Iterator<Item = &'a Placement> {
        let all = placements.iter().zip(&self.homes);
        all.filter(|(_, home)| **home == Home::Named).map(|(placement, _)| placement)
    }

    fn find(&self, placements: &[Placement], at: usize, wanted: &Placement) -> (u32, Home) {
        let mut link = FIRST_CHILD;
        let mut next = at.checked_sub(1);
        while let Some((index, before)) = next.and_then(|at| Some((at, placements.get(at)?))) {
            if link == FIRST_CHILD && wanted.parent == Some(before.node) && wanted.after.is_none() {
                return (link, Home::Inside(index as u32));
            }
            link += 1;
            if wanted.after == Some(before.node) && wanted.parent == before.parent {
                return (link, self.home_behind(index));
            }
            next = self.holder(index).map(|holder| holder as usize);
        }
        (EXPLICIT, Home::Named)
    }

    /// Reads the links of a keyframe of `count` nodes.
    pub(crate) fn read_keyframe(
        &mut self,
        from: &mut Reader<'_>,
        count: usize,
    ) -> Result<(), FormatError> {
        self.homes.clear();
        self.depths.clear();
        for at in 0..count {
            let start = from.offset();
            let home = match at {
                0 => Home::Named,
                _ => self.read_link(from, at)?.home,
            };
            if home == Home::Named && at > 0 {
                return Err(from.expected_at(start, "a link to the node before"));
            }
            self.homes.push(home);
            let depth = self.depth_of(at);
            if depth as usize > MAX_DEPTH {
                return Err(from.over_at(start, "levels of nesting", MAX_DEPTH));
            }
            self.depths.push(depth);
        }
        Ok(())
    }

    fn depth_of(&self, at: usize) -> u32 {
        let above = self.holder(at).and_then(|holder| self.depths.get(holder as usize));
        above.map_or(0, |depth| depth + 1)
    }

    /// Reads the link of node `at`, which is the next one.
    fn read_link(&self, from: &mut Reader<'_>, at: usize) -> Result<Link, FormatError> {
        let start = from.offset();
        let link = from.uv32("a link")?;
        let error = from.expected_at(start, "a link within the table");
        if link == EXPLICIT {
            return Ok(Link { home: Home::Named, behind: None });
        }
        let before = at.checked_sub(1).ok_or(error)?;
        if link == FIRST_CHILD {
            return Ok(Link { home: Home::Inside(before as u32), behind: None });
        }
        let behind = self.climb(before, link - BEHIND).ok_or(error)?;
        Ok(Link { home: self.home_behind(behind), behind: Some(behind) })
    }

    /// Reads the links of a diff that places `nodes`; fills `placements`.
    pub(crate) fn read_diff(
        &mut self,
        from: &mut Reader<'_>,
        nodes: &[NodeId],
        placements: &mut Vec<Placement>,
    ) -> Result<(), FormatError> {
        self.homes.clear();
        let node_at = |at: usize| nodes.get(at).copied();
        for (at, &node) in nodes.iter().enumerate() {
            let Link { home, behind } = self.read_link(from, at)?;
            self.homes.push(home);
            let parent = self.holder(at).and_then(|holder| node_at(holder as usize));
            placements.push(Placement { node, parent, after: behind.and_then(node_at) });
        }
        self.read_named(from, placements, |placement, parent| placement.parent = parent)?;
        self.read_named(from, placements, |placement, after| placement.after = after)?;
        self.settle(placements);
        Ok(())
    }

    /// Reads a column that has an entry for each named home.
    fn read_named(
        &self,
        from: &mut Reader<'_>,
        placements: &mut [Placement],
        set: impl Fn(&mut Placement, Option<NodeId>),
    ) -> Result<(), FormatError> {
        let all = placements.iter_mut().zip(&self.homes);
        for (placement, _) in all.filter(|(_, home)| **home == Home::Named) {
            let id = read_relative(from, placement.node)?;
            set(placement, id);
        }
        Ok(())
    }

    /// Gives every node beside one whose parent is named that parent.
    fn settle(&self, placements: &mut [Placement]) {
        for (at, home) in self.homes.iter().enumerate() {
            let Home::Beside(named) = home else { continue };
            let parent = placements.get(*named as usize).and_then(|named| named.parent);
            if let Some(placement) = placements.get_mut(at) {
                placement.parent = parent;
            }
        }
    }
}

/// Writes an optional node, relative to another one.
fn write_relative(out: &mut Writer, id: Option<NodeId>, to: NodeId) {
    match id {
        None => out.uv(0),
        Some(id) => out.uv(1 + zigzag(i64::from(id.0) - i64::from(to.0))),
    }
}

/// Reads an optional node, relative to another one.
fn read_relative(from: &mut Reader<'_>, to: NodeId) -> Result<Option<NodeId>, FormatError> {
    from.map("a node or none", Reader::uv, |value| match value.checked_sub(1) {
        None => Some(None),
        Some(zigzagged) => {
            let id = i64::from(to.0).checked_add(unzigzag(zigzagged))?;
            u32::try_from(id).ok().filter(|&id| id > 0).map(|id| Some(NodeId(id)))
        }
    })
}
