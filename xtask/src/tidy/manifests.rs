//! What every `Cargo.toml` of ours takes from the workspace.

use toml::{Table, Value};

use super::finding::Finding;
use super::repo::Repo;

/// Package fields that have one value for the whole workspace.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// Tables of dependencies.
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Reads the manifest of every member.
pub(crate) fn check(repo: &Repo) -> Vec<Finding> {
    let manifests = repo.members.iter().map(|member| member.manifest.as_str());
    manifests.flat_map(|path| check_text(path, repo.text(path).unwrap_or_default())).collect()
}

fn check_text(path: &str, text: &str) -> Vec<Finding> {
    match text.parse::<Table>() {
        Ok(table) => check_table(&table).into_iter().map(|m| Finding::file(path, m)).collect(),
        Err(error) => vec![Finding::file(path, format!("is no TOML: {}", error.message()))],
    }
}

fn check_table(manifest: &Table) -> Vec<String> {
    let mut messages = Vec::new();
    messages.extend(fields(manifest));
    messages.extend(description(manifest));
    messages.extend(lints(manifest));
    messages.extend(dependencies(manifest));
    messages
}

fn package<'a>(manifest: &'a Table, field: &str) -> Option<&'a Value> {
    manifest.get("package")?.get(field)
}

fn is_inherited(value: Option<&Value>) -> bool {
    value.and_then(|value| value.get("workspace")) == Some(&Value::Boolean(true))
}

fn fields(manifest: &Table) -> Vec<String> {
    let own = INHERITED.iter().filter(|field| !is_inherited(package(manifest, field)));
    own.map(|field| format!("write `{field}.workspace = true` under [package]")).collect()
}

fn description(manifest: &Table) -> Option<String> {
    let description = package(manifest, "description").and_then(Value::as_str);
    let is_there = description.is_some_and(|text| !text.trim().is_empty());
    (!is_there).then(|| "add a `description` that says in one sentence what it is".to_owned())
}

fn lints(manifest: &Table) -> Option<String> {
    let message = "write `workspace = true` under [lints]".to_owned();
    (!is_inherited(manifest.get("lints"))).then_some(message)
}

fn dependencies(manifest: &Table) -> Vec<String> {
    let tables = DEPENDENCIES.iter().filter_map(|name| manifest.get(*name)?.as_table());
    let own = tables.flatten().filter(|(_, value)| !is_inherited(Some(value)) && !is_self(value));
    let message = |name| {
        format!(
            "`{name}` has its version here: declare it under [workspace.dependencies] in the root Cargo.toml and write `{name}.workspace = true`"
        )
    };
    own.map(|(name, _)| message(name)).collect()
}

/// A crate turns on its own features for its tests by naming itself.
fn is_self(value: &Value) -> bool {
    value.get("path").and_then(Value::as_str) == Some(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [package]
        name = "a"
        description = "A."
        version.workspace = true
        edition.workspace = true
        rust-version.workspace = true
        license.workspace = true
        publish.workspace = true
        [lints]
        workspace = true
        [dependencies]
        b.workspace = true
        c = { workspace = true, features = ["d"] }
        [dev-dependencies]
        a = { path = ".", features = ["testing"] }
    "#;

    fn found(from: &str, to: &str) -> usize {
        assert!(GOOD.contains(from));
        check_text("Cargo.toml", &GOOD.replace(from, to)).len()
    }

    #[test]
    fn a_manifest_that_takes_all_from_the_workspace_is_fine() {
        assert_eq!(check_text("Cargo.toml", GOOD), []);
    }

    #[test]
    fn a_field_of_its_own_is_found() {
        assert_eq!(found("edition.workspace = true", "edition = \"2021\""), 1);
        assert_eq!(found("publish.workspace = true", ""), 1);
    }

    #[test]
    fn a_missing_description_is_found() {
        assert_eq!(found("description = \"A.\"", ""), 1);
        assert_eq!(found("\"A.\"", "\"\""), 1);
    }

    #[test]
    fn lints_of_its_own_are_found() {
        assert_eq!(found("[lints]", "[lints.rust]"), 1);
    }

    #[test]
    fn a_version_of_its_own_is_found() {
        assert_eq!(found("b.workspace = true", "b = \"1\""), 1);
    }

    #[test]
    fn a_manifest_that_is_no_toml_is_found() {
        assert_eq!(found("[package]", "[package"), 1);
    }
}
