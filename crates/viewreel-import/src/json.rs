//! Lines of JSON, and errors about them that tell no content.

use crate::ImportError;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Longest name of an unknown field that an error repeats, in characters.
const MAX_NAMED: usize = 40;

/// Reads one line. `line` counts from 1.
///
/// # Errors
/// [`ImportError::Json`] where it is not what `T` asks for.
pub(crate) fn parse<T: DeserializeOwned>(text: &str, line: usize) -> Result<T, ImportError> {
    serde_json::from_str(text).map_err(|error| ImportError::Json {
        line,
        column: error.column().max(1),
        problem: describe(&error),
    })
}

/// The lines that are not blank, with their numbers from 1.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, l)| !l.trim().is_empty())
}

fn describe(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "the JSON ends too early; is the file truncated?".to_owned(),
        Category::Data => describe_data(&error.to_string()),
        // The messages of a syntax error are fixed words without content.
        Category::Syntax | Category::Io => without_position(&error.to_string()).to_owned(),
    }
}

/// A message about a value, without the value. The words behind the last
/// "expected" and the names of fields are ours; an unknown field's is the file's.
fn describe_data(message: &str) -> String {
    let message = without_position(message);
    if let Some(name) = message.strip_prefix("unknown field `") {
        let name: String =
            name.split('`').next().unwrap_or("").escape_debug().take(MAX_NAMED).collect();
        return format!("there is no field `{name}` here");
    }
    if message.starts_with("missing field `") || message.starts_with("duplicate field `") {
        return message.to_owned();
    }
    match message.rfind(", expected ") {
        Some(at) => format!("a value is wrong{}", message.get(at..).unwrap_or("")),
        None => "a value is wrong".to_owned(),
    }
}

fn without_position(message: &str) -> &str {
    message.rfind(" at line ").and_then(|at| message.get(..at)).unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Line {
        size: u32,
        word: Option<Word>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Word {
        Keep,
        Mask,
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(parse::<Line>(text, 3).unwrap_err().to_string(), expected);
    }

    #[test]
    fn an_unknown_field_is_named() {
        check(r#"{"size":1,"wrod":2}"#, "line 3, column 16: there is no field `wrod` here");
    }

    #[test]
    fn a_wrong_value_is_never_repeated() {
        check(
            r#"{"size":"secret, expected x"}"#,
            "line 3, column 28: a value is wrong, expected u32",
        );
        let expected = "line 3, column 25: a value is wrong, expected `keep` or `mask`";
        check(r#"{"size":1,"word":"secret"}"#, expected);
    }

    #[test]
    fn broken_json_is_told_with_its_place() {
        check(r#"{"size":1"#, "line 3, column 9: the JSON ends too early; is the file truncated?");
        check(r#"{"size":NaN}"#, "line 3, column 9: expected value");
        check("{}", "line 3, column 2: missing field `size`");
    }
}
