//! vtree: our own open input format of raw view trees, one JSON object a line.
//!
//! `docs/formats/vtree.md` is its specification. It is strict: what is misspelt
//! is refused with its line and its name, because a mask that is left out
//! unnoticed is a leak. It can be read only; what was recorded is written in
//! other formats, after masking.

mod line;
mod node;
mod spell;
mod text;
mod viewport;

use crate::feed::Feed;
use crate::{ImportError, json, preorder};
use line::{Entry, Header};
use node::NodeLine;
use spell::Object;
use std::collections::BTreeSet;
use viewreel_capture::Input;
use viewreel_model::raw::Region;

/// The only version that there is.
pub const VERSION: u32 = 1;

/// Tells the feed everything that a vtree file says.
pub(crate) fn import(text: &str, feed: &mut Feed<'_>) -> Result<(), ImportError> {
    let mut lines = json::lines(text);
    let Some((number, first)) = lines.next() else { return Err(ImportError::Empty) };
    header(first, number, feed)?;
    for (number, line) in lines {
        let Object(said) = json::parse(line, number)?;
        entry(said, number, feed)?;
    }
    Ok(())
}

fn wrong<T>(line: usize, problem: &'static str) -> Result<T, ImportError> {
    Err(ImportError::Line { line, problem })
}

fn header(line: &str, number: usize, feed: &mut Feed<'_>) -> Result<(), ImportError> {
    let Object(header): Object<Header> = json::parse(line, number)?;
    if header.vtree != VERSION {
        return wrong(number, "this version of vtree is unknown; version 1 can be read");
    }
    feed.send(Input::Viewport(header.viewport.into()));
    Ok(())
}

fn entry(entry: Entry, number: usize, feed: &mut Feed<'_>) -> Result<(), ImportError> {
    if entry.t < feed.at_ms() {
        return wrong(number, "`t` is before that of an earlier line; sort the lines by time");
    }
    if entry.said() != 1 {
        return wrong(
            number,
            "a line says exactly one thing beside `t`, such as `tree` or `touch`",
        );
    }
    if !entry.regions.is_empty() && entry.tree.is_none() {
        return wrong(number, "`regions` belong beside a `tree`");
    }
    feed.advance_to(entry.t);
    match entry.tree {
        Some(nodes) => tree(&nodes, &entry.regions, number, feed),
        None => {
            entry.tell(feed);
            Ok(())
        }
    }
}

fn tree(
    nodes: &[Object<NodeLine>],
    regions: &[Object<line::RegionLine>],
    number: usize,
    feed: &mut Feed<'_>,
) -> Result<(), ImportError> {
    let parents = parents(nodes, number)?;
    check_nodes(nodes, number)?;
    let windows = nodes.iter().filter(|Object(node)| node.depth == 0).count();
    if regions.iter().any(|Object(region)| region.window as usize >= windows) {
        return wrong(number, "a region names a window that the tree does not have");
    }
    feed.capture(nodes.len(), |buffer| {
        preorder::fill(buffer, parents, |buffer, index| {
            if let Some(Object(node)) = nodes.get(index) {
                node.open(buffer);
            }
        });
        regions.iter().for_each(|Object(region)| buffer.region(Region::from(region)));
    });
    Ok(())
}

/// The parent of every node by the depths: the last one before it that is one
/// level higher.
fn parents(nodes: &[Object<NodeLine>], line: usize) -> Result<Vec<Option<usize>>, ImportError> {
    let mut path: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(nodes.len());
    for (node, Object(NodeLine { depth, .. })) in nodes.iter().enumerate() {
        if *depth > path.len() {
            let problem = "`depth` is more than one deeper than the node before";
            return Err(ImportError::Node { line, node, problem });
        }
        path.truncate(*depth);
        parents.push(path.last().copied());
        path.push(node);
    }
    Ok(parents)
}

fn check_nodes(nodes: &[Object<NodeLine>], line: usize) -> Result<(), ImportError> {
    let mut ids = BTreeSet::new();
    for (index, Object(node)) in nodes.iter().enumerate() {
        let problem = if ids.insert(node.id) {
            node.problem()
        } else {
            Some("`id` stands twice in this tree")
        };
        if let Some(problem) = problem {
            return Err(ImportError::Node { line, node: index, problem });
        }
    }
    Ok(())
}
