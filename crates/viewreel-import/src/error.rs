//! What can be wrong with a file.

use crate::input::MAX_INPUT_BYTES;

/// Why a file cannot be imported. Lines and columns count from 1, columns in
/// characters. No variant carries text of the file, but for the name of a
/// field that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than [`MAX_INPUT_BYTES`] after inflating.
    #[error("the file is larger than {MAX_INPUT_BYTES} bytes after inflating; split it")]
    TooLarge,
    /// The file begins like gzip and cannot be inflated to its end.
    #[error("the gzip data is truncated or damaged; compress the file again")]
    Gzip,
    /// The file is not text.
    #[error("byte {offset} is not UTF-8; convert the file to UTF-8")]
    NotUtf8 {
        /// Bytes before it, after inflating.
        offset: usize,
    },
    /// The file is not well-formed XML.
    #[error("line {line}, column {column}: {problem}")]
    Xml {
        /// Line of the problem.
        line: usize,
        /// Column of the problem.
        column: usize,
        /// What is wrong.
        problem: &'static str,
    },
    /// The XML is something else than XCUITest's page source.
    #[error("line {line}, column {column}: {hint}")]
    NotXcuiTest {
        /// Line of the element.
        line: usize,
        /// Column of the element.
        column: usize,
        /// What it seems to be, and what to do.
        hint: &'static str,
    },
    /// A line is not the JSON that its format asks for.
    #[error("line {line}, column {column}: {problem}")]
    Json {
        /// Line of the problem.
        line: usize,
        /// Column of the problem.
        column: usize,
        /// What is wrong.
        problem: String,
    },
    /// A line is well-formed and says something impossible.
    #[error("line {line}: {problem}")]
    Line {
        /// The line.
        line: usize,
        /// What is wrong, and what to do.
        problem: &'static str,
    },
    /// A node says something impossible.
    #[error("line {line}, node {node}: {problem}")]
    Node {
        /// The line.
        line: usize,
        /// Index of the node in its tree, from 0.
        node: usize,
        /// What is wrong, and what to do.
        problem: &'static str,
    },
}
