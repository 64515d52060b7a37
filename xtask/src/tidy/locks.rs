//! The lock files: all are kept, and none names a private registry.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use toml::Table;

use super::finding::Finding;
use super::repo::Repo;

/// How Cargo writes the public registry, whatever mirror served the files.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

const CARGO_LOCKS: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];
const NPM_LOCKS: [&str; 2] = ["web/package-lock.json", "bench/wire/rrweb/package-lock.json"];

/// Reads all lock files.
pub(crate) fn check(repo: &Repo) -> Vec<Finding> {
    let cargo =
        CARGO_LOCKS.iter().flat_map(|path| with_text(path, repo.text(path), cargo_messages));
    let npm = NPM_LOCKS.iter().flat_map(|path| with_text(path, repo.text(path), npm_messages));
    cargo.chain(npm).collect()
}

fn with_text(path: &str, text: Option<&str>, read: fn(&str) -> Vec<String>) -> Vec<Finding> {
    let missing = || vec!["is missing: create it and commit it".to_owned()];
    let messages = text.map_or_else(missing, read);
    messages.into_iter().map(|message| Finding::file(path, message)).collect()
}

fn cargo_messages(text: &str) -> Vec<String> {
    let Ok(lock) = text.parse::<Table>() else {
        return vec!["is no TOML: run `cargo update --workspace`".to_owned()];
    };
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let foreign = packages.into_iter().flatten().filter_map(foreign_source);
    foreign
        .map(|name| format!("{name} does not come from crates.io: take a released version"))
        .collect()
}

fn foreign_source(package: &toml::Value) -> Option<&str> {
    let source = package.get("source")?.as_str()?;
    let name = package.get("name").and_then(toml::Value::as_str).unwrap_or("a package");
    (source != CRATES_IO).then_some(name)
}

fn npm_messages(text: &str) -> Vec<String> {
    let Ok(lock) = serde_json::from_str::<Value>(text) else {
        return vec!["is no JSON: run `npm install`".to_owned()];
    };
    let empty = Map::new();
    let packages = lock.get("packages").and_then(Value::as_object).unwrap_or(&empty);
    [npm_hosts(packages), npm_holes(packages)].concat()
}

fn npm_hosts(packages: &Map<String, Value>) -> Vec<String> {
    let hosted = packages.iter().filter(|(_, package)| has_host(package));
    let message = |name| {
        format!("{name} names a registry host: run `npm install --omit-lockfile-registry-resolved`")
    };
    hosted.map(|(name, _)| message(name)).collect()
}

/// `npm install` leaves out what a registry lacks or what another machine
/// needs, and then `npm ci` refuses the whole file.
fn npm_holes(packages: &Map<String, Value>) -> Vec<String> {
    let locked: BTreeSet<&str> = packages.keys().filter_map(|path| npm_name(path)).collect();
    let needs = packages.iter().flat_map(|(path, package)| npm_needs(path, package));
    let holes = needs.filter(|(_, needed)| !locked.contains(needed.as_str()));
    let message = |(path, needed): (&str, String)| {
        format!(
            "{path} needs {needed}, which is not locked, so `npm ci` fails: delete this file \
             and node_modules, run `npm install`, or take a version that is whole"
        )
    };
    holes.map(message).collect()
}

fn npm_name(path: &str) -> Option<&str> {
    path.rsplit_once("node_modules/").map(|(_, name)| name)
}

fn npm_needs<'a>(path: &'a str, package: &Value) -> Vec<(&'a str, String)> {
    let tables = ["dependencies", "optionalDependencies"].map(|table| package.get(table));
    let needs = tables.into_iter().flatten().filter_map(Value::as_object).flat_map(Map::keys);
    needs.map(|needed| (path, needed.clone())).collect()
}

fn has_host(package: &Value) -> bool {
    let resolved = package.get("resolved").and_then(Value::as_str);
    resolved.is_some_and(|resolved| resolved.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_lock_file_is_found() {
        assert_eq!(with_text(CARGO_LOCKS[0], None, cargo_messages).len(), 1);
    }

    #[test]
    fn a_crate_from_elsewhere_is_found() {
        let lock = |source| format!("[[package]]\nname = \"a\"\nsource = \"{source}\"\n");
        assert_eq!(cargo_messages(&lock(CRATES_IO)).len(), 0);
        assert_eq!(cargo_messages(&lock("git+https://example.org/a")).len(), 1);
        assert_eq!(cargo_messages("[[package]]\nname = \"ours\"\n").len(), 0);
    }

    #[test]
    fn an_npm_package_with_a_host_is_found() {
        let host = r#"{"packages": {"a": {"resolved": "https://example.org/a.tgz"}}}"#;
        assert_eq!(npm_messages(host).len(), 1);
        let plain = r#"{"packages": {"a": {"version": "1.0.0"}, "b": {"resolved": "../b"}}}"#;
        assert_eq!(npm_messages(plain).len(), 0);
    }

    #[test]
    fn an_npm_package_that_is_needed_and_not_locked_is_found() {
        let lock = |name| {
            format!(
                r#"{{"packages": {{
                    "node_modules/a": {{"optionalDependencies": {{"@b/c": "1"}}}},
                    "node_modules/a/node_modules/{name}": {{}}
                }}}}"#
            )
        };
        assert_eq!(npm_messages(&lock("@b/c")).len(), 0);
        assert_eq!(npm_messages(&lock("c")).len(), 1);
    }

    #[test]
    fn a_lock_file_that_cannot_be_read_is_found() {
        assert_eq!(cargo_messages("[[").len(), 1);
        assert_eq!(npm_messages("{").len(), 1);
    }
}
