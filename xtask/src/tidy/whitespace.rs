//! Blanks that nobody sees and diffs show.

use super::finding::Finding;
use super::repo::File;

/// Data and other people's texts, kept byte for byte.
const VERBATIM: [&str; 4] = ["testdata/", "assets/", "bench/wire/testdata/", "fuzz/corpus/"];

/// Written by tools.
const GENERATED: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Looks at every line of every text file.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let ours = files.iter().filter(|file| !is_verbatim(&file.path));
    ours.flat_map(check_file).collect()
}

fn is_verbatim(path: &str) -> bool {
    VERBATIM.iter().any(|folder| path.starts_with(folder))
        || GENERATED.iter().any(|name| path.ends_with(name))
}

fn check_file(file: &File) -> Vec<Finding> {
    let text = file.text();
    let lines = text.split_terminator('\n').enumerate();
    let mut findings: Vec<_> =
        lines.filter_map(|(index, line)| check_line(&file.path, index + 1, line)).collect();
    findings.extend(check_end(&file.path, text));
    findings
}

fn check_line(path: &str, number: usize, line: &str) -> Option<Finding> {
    let message = if line.ends_with('\r') {
        "line ends with a carriage return: save the file with Unix line ends"
    } else if line.ends_with([' ', '\t']) {
        "blanks at the end of the line: delete them"
    } else if line.contains('\t') && !may_hold_tabs(path) {
        "a tab: indent with spaces"
    } else {
        return None;
    };
    Some(Finding::line(path, number, message))
}

/// Make knows its recipes by their tabs.
fn may_hold_tabs(path: &str) -> bool {
    path.ends_with("Makefile") || path.ends_with(".mk")
}

fn check_end(path: &str, text: &str) -> Option<Finding> {
    let message = if text.is_empty() {
        return None;
    } else if !text.ends_with('\n') {
        "the last line is not ended: add a line feed"
    } else if text.ends_with("\n\n") {
        "blank lines at the end: delete them"
    } else {
        return None;
    };
    Some(Finding::line(path, text.lines().count(), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<usize> {
        let file = File { path: path.to_owned(), text: Some(text.to_owned()) };
        check(&[file]).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn blanks_at_the_end_of_a_line_are_found() {
        assert_eq!(found("a.md", "one\ntwo \nthree\t\n"), [2, 3]);
    }

    #[test]
    fn tabs_are_found_outside_of_makefiles() {
        assert_eq!(found("a.rs", "\tone\n"), [1]);
        assert_eq!(found("Makefile", "\tone\n"), Vec::<usize>::new());
    }

    #[test]
    fn foreign_line_ends_are_found() {
        assert_eq!(found("a.rs", "one\r\ntwo\n"), [1]);
    }

    #[test]
    fn a_missing_or_doubled_line_end_is_found() {
        assert_eq!(found("a.rs", "one\ntwo"), [2]);
        assert_eq!(found("a.rs", "one\n\n"), [2]);
        assert_eq!(found("a.rs", ""), Vec::<usize>::new());
    }

    #[test]
    fn test_data_and_lock_files_are_left_alone() {
        assert_eq!(found("testdata/trees/a.xml", "one "), Vec::<usize>::new());
        assert_eq!(found("web/package-lock.json", "one "), Vec::<usize>::new());
    }
}
