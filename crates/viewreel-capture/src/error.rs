//! What can be wrong with the shape of a capture.

/// Why a capture is rejected as a whole. Numbers are row indices, never content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptureError {
    /// Views were opened and not closed.
    #[error("{count} views were opened and not closed")]
    Unclosed {
        /// How many.
        count: u32,
    },
    /// A view was closed while none was open.
    #[error("a view was closed while none was open")]
    Unopened,
    /// The parent of a node is not one of the nodes that are open before it.
    #[error("node {node} does not follow its parent in pre-order")]
    NotPreOrder {
        /// Index of the child.
        node: u32,
    },
    /// A root node belongs to no window, or its window is listed out of order.
    #[error("root node {node} has no window")]
    NoWindow {
        /// Index of the root.
        node: u32,
    },
    /// A window names a root that is no root node or is named twice.
    #[error("window {window} has no root node")]
    NoRoot {
        /// Index of the window.
        window: u32,
    },
    /// There are more regions than a buffer takes.
    #[error("there are too many regions")]
    TooManyRegions,
    /// A region names a window that is not there, so what it would mask is unknown.
    #[error("region {region} lies in no window")]
    StrayRegion {
        /// Index of the region.
        region: u32,
    },
}
