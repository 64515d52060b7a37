//! A tree as a list in pre-order, where each node names its parent.

use viewreel_capture::CaptureBuffer;

/// Opens every node in order and closes it when its subtree is over. Takes
/// lists of any depth. `parents` must be in pre-order; see [`first_stray`].
pub(crate) fn fill(
    buffer: &mut CaptureBuffer,
    parents: impl IntoIterator<Item = Option<usize>>,
    mut open: impl FnMut(&mut CaptureBuffer, usize),
) {
    let mut path: Vec<usize> = Vec::new();
    for (index, parent) in parents.into_iter().enumerate() {
        while path.last().copied() != parent && !path.is_empty() {
            path.pop();
            buffer.close();
        }
        open(buffer, index);
        path.push(index);
    }
    path.iter().for_each(|_| buffer.close());
}

/// The first node whose parent is not on the path that leads to the node
/// before it, so that the list is no pre-order. O(nodes).
pub(crate) fn first_stray(parents: impl IntoIterator<Item = Option<usize>>) -> Option<usize> {
    let mut path: Vec<usize> = Vec::new();
    for (index, parent) in parents.into_iter().enumerate() {
        while path.last().copied() != parent && path.pop().is_some() {}
        if path.last().copied() != parent {
            return Some(index);
        }
        path.push(index);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forests_in_pre_order_have_no_stray() {
        let parents = [None, Some(0), Some(1), Some(0), None, Some(4)];
        assert_eq!(first_stray(parents), None);
    }

    #[test]
    fn a_child_of_a_closed_node_is_a_stray() {
        assert_eq!(first_stray([None, Some(0), Some(0), Some(1)]), Some(3));
        assert_eq!(first_stray([Some(0)]), Some(0));
        assert_eq!(first_stray([None, Some(7)]), Some(1));
    }
}
