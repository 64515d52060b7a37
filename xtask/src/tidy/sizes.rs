//! How long files, functions and the architecture page may be.

use super::finding::Finding;
use super::repo::File;
use super::rust_file::RustFile;

/// Lines of a Rust file, tests left out.
const MAX_RUST_FILE_LINES: usize = 600;

/// Lines of a Rust function, from its signature to its closing brace.
const MAX_FUNCTION_LINES: usize = 80;

/// Lines of a TypeScript file, test files left out.
const MAX_TYPESCRIPT_FILE_LINES: usize = 400;

/// Lines of a Swift file, test files left out.
const MAX_SWIFT_FILE_LINES: usize = 300;

/// The page that a newcomer reads first, and how many words they bear.
const ARCHITECTURE: (&str, usize) = ("docs/ARCHITECTURE.md", 1_500);

/// Measures one Rust file and its functions.
pub(crate) fn check_rust(path: &str, text: &str, rust: &RustFile, is_test: bool) -> Vec<Finding> {
    let lines = text.lines().count().saturating_sub(rust.test_lines);
    let file = if is_test { None } else { too_long(path, lines, MAX_RUST_FILE_LINES) };
    let functions = rust.functions.iter().filter(|function| function.lines > MAX_FUNCTION_LINES);
    let functions = functions.map(|function| {
        let (name, lines) = (&function.name, function.lines);
        let message = format!(
            "`{name}` has {lines} lines, at most {MAX_FUNCTION_LINES}: \
             name its steps and give each a function"
        );
        Finding::line(path, function.line, message)
    });
    file.into_iter().chain(functions).collect()
}

/// Measures the files that are not Rust.
pub(crate) fn check_others(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        findings.extend(script(file));
        findings.extend(words(file));
    }
    findings
}

fn script(file: &File) -> Option<Finding> {
    let cap = if file.has_extension(&["ts", "tsx", "mts", "js", "mjs"]) {
        MAX_TYPESCRIPT_FILE_LINES
    } else if file.has_extension(&["swift"]) {
        MAX_SWIFT_FILE_LINES
    } else {
        return None;
    };
    let lines = file.text().lines().count();
    (!file.is_test()).then(|| too_long(&file.path, lines, cap)).flatten()
}

fn too_long(path: &str, lines: usize, cap: usize) -> Option<Finding> {
    let message = format!("{lines} lines, at most {cap}: split it by its nouns, one noun per file");
    (lines > cap).then(|| Finding::file(path, message))
}

fn words(file: &File) -> Option<Finding> {
    let (path, cap) = ARCHITECTURE;
    let words = file.text().split_whitespace().count();
    let message = format!("{words} words, at most {cap}: move detail to docs/adr or crate docs");
    (file.path == path && words > cap).then(|| Finding::file(path, message))
}

#[cfg(test)]
mod tests {
    use super::super::rust_file;
    use super::*;

    fn rust(text: &str) -> Vec<Finding> {
        let parsed = rust_file::parse(text).expect("the example is Rust");
        check_rust("a.rs", text, &parsed, false)
    }

    fn other(path: &str, text: String) -> usize {
        let (path, text) = (path.to_owned(), Some(text));
        check_others(&[File { path, text }]).len()
    }

    #[test]
    fn a_rust_file_of_601_lines_is_found() {
        assert_eq!(rust(&"//\n".repeat(600)).len(), 0);
        assert_eq!(rust(&"//\n".repeat(601)).len(), 1);
    }

    #[test]
    fn tests_do_not_count() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "//\n".repeat(100));
        assert_eq!(rust(&format!("{}{tests}", "//\n".repeat(600))).len(), 0);
    }

    #[test]
    fn a_function_of_81_lines_is_found_where_it_begins() {
        let function = |inner| format!("//\nfn a() {{\n{}}}\n", "//\n".repeat(inner));
        assert_eq!(rust(&function(78)), []);
        assert_eq!(rust(&function(79))[0].line, 2);
    }

    #[test]
    fn a_typescript_file_of_401_lines_is_found_but_not_a_test() {
        assert_eq!(other("web/player/src/a.ts", "\n".repeat(401)), 1);
        assert_eq!(other("web/player/src/a.test.ts", "\n".repeat(401)), 0);
        assert_eq!(other("web/tests/a.ts", "\n".repeat(401)), 0);
    }

    #[test]
    fn a_swift_file_of_301_lines_is_found() {
        assert_eq!(other("swift/Sources/A.swift", "\n".repeat(301)), 1);
    }

    #[test]
    fn an_architecture_page_of_1501_words_is_found() {
        assert_eq!(other("docs/ARCHITECTURE.md", "word ".repeat(1_500)), 0);
        assert_eq!(other("docs/ARCHITECTURE.md", "word ".repeat(1_501)), 1);
    }
}
