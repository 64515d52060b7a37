//! The player treats every replay as hostile: nothing makes markup of text.

use super::finding::Finding;
use super::repo::File;

/// Names that turn a string into elements or code.
const MAKES_MARKUP: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "dangerouslySetInnerHTML",
    "createContextualFragment",
    "setHTMLUnsafe",
    "parseFromString",
    "document.write",
    "srcdoc",
    "eval(",
    "new Function(",
];

/// Reads the sources of the web app; its tests may look at what was made.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let ours = files.iter().filter(|file| file.path.starts_with("web/") && !file.is_test());
    let scripts = ours.filter(|file| file.has_extension(&["ts", "tsx", "js", "mjs"]));
    scripts.flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Finding> {
    let lines = file.text().lines().enumerate();
    lines.filter_map(|(index, line)| check_line(&file.path, index + 1, line)).collect()
}

fn check_line(path: &str, number: usize, line: &str) -> Option<Finding> {
    let name = MAKES_MARKUP.iter().find(|name| line.contains(**name))?;
    let message = format!("`{name}` makes markup or code of a string: set text, or draw it");
    Some(Finding::line(path, number, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[File { path: path.to_owned(), text: Some(text.to_owned()) }]).len()
    }

    #[test]
    fn markup_made_of_a_string_is_found() {
        assert_eq!(found("web/app/src/a.tsx", "node.innerHTML = label;\n"), 1);
        assert_eq!(found("web/player/src/a.ts", "node.textContent = label;\n"), 0);
    }

    #[test]
    fn tests_and_other_folders_are_left_alone() {
        assert_eq!(found("web/tests/browser/a.test.ts", "expect(root.innerHTML)\n"), 0);
        assert_eq!(found("docs/a.ts", "node.innerHTML\n"), 0);
    }
}
