//! Licences and bans, by the lists of `deny.toml`.
//!
//! `cargo deny` reads the same lists and looks deeper, where it is installed.
//! This check needs nothing but the lock files, so it runs everywhere.

use std::collections::BTreeSet;

use serde_json::Value;
use spdx::{Expression, ParseMode};
use toml::Table;

use super::finding::Finding;
use super::repo::{Crate, Graph, Repo};

const POLICY: &str = "deny.toml";
const CARGO_LOCK: &str = "Cargo.lock";
const NPM_LOCK: &str = "web/package-lock.json";

/// What `deny.toml` allows and bans.
#[derive(Debug, Default)]
struct Policy {
    allowed: BTreeSet<String>,
    /// Crate and licence, where one crate alone may have a licence.
    exceptions: BTreeSet<(String, String)>,
    banned: BTreeSet<String>,
}

/// Compares every crate, and every npm package that is shipped, with the lists.
pub(crate) fn check(repo: &Repo) -> Vec<Finding> {
    let text = repo.text(POLICY).unwrap_or_default();
    match text.parse::<Table>() {
        Ok(table) => check_all(repo, &Policy::read(&table)),
        Err(error) => vec![Finding::file(POLICY, format!("is no TOML: {}", error.message()))],
    }
}

fn check_all(repo: &Repo, policy: &Policy) -> Vec<Finding> {
    let crates = crate_messages(&repo.graph, policy);
    let packages = npm_messages(repo.text(NPM_LOCK).unwrap_or_default(), policy);
    let crates = crates.into_iter().map(|message| Finding::file(CARGO_LOCK, message));
    crates.chain(packages.into_iter().map(|message| Finding::file(NPM_LOCK, message))).collect()
}

fn crate_messages(graph: &Graph, policy: &Policy) -> Vec<String> {
    let outside = graph.values().filter(|krate| krate.is_outside);
    outside.filter_map(|krate| policy.objection(krate)).collect()
}

fn npm_messages(lock: &str, policy: &Policy) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).unwrap_or_default();
    let packages = lock.get("packages").and_then(Value::as_object);
    let shipped =
        packages.into_iter().flatten().filter(|(path, package)| is_shipped(path, package));
    shipped
        .filter_map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            policy.licence_objection(name, package.get("license").and_then(Value::as_str))
        })
        .collect()
}

/// Whether a package from outside becomes part of the web app; the others
/// only build or test it.
fn is_shipped(path: &str, package: &Value) -> bool {
    let is_true = |field: &str| package.get(field).and_then(Value::as_bool).unwrap_or(false);
    path.contains("node_modules/") && !["dev", "devOptional", "link"].into_iter().any(is_true)
}

impl Policy {
    fn read(table: &Table) -> Self {
        let licences = table.get("licenses");
        let exceptions = list(licences, "exceptions").iter().flat_map(exception).collect();
        let banned = list(table.get("bans"), "deny").iter().filter_map(banned).collect();
        Self { allowed: strings(list(licences, "allow")).collect(), exceptions, banned }
    }

    fn objection(&self, krate: &Crate) -> Option<String> {
        if self.banned.contains(&krate.name) {
            return Some(format!("{} is banned by {POLICY}: do without it", krate.name));
        }
        self.licence_objection(&krate.name, krate.licence.as_deref())
    }

    fn licence_objection(&self, name: &str, licence: Option<&str>) -> Option<String> {
        let licence = licence.unwrap_or("no licence");
        let message = format!(
            "{name} has {licence}, which {POLICY} does not allow: \
             do without it, or allow the licence in a commit that says why"
        );
        (!self.allows(name, licence)).then_some(message)
    }

    fn allows(&self, name: &str, licence: &str) -> bool {
        let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
            return false;
        };
        expression.evaluate(|requirement| {
            let licence = requirement.to_string();
            let pair = (name.to_owned(), licence.clone());
            self.allowed.contains(&licence) || self.exceptions.contains(&pair)
        })
    }
}

fn list<'a>(table: Option<&'a toml::Value>, field: &str) -> &'a [toml::Value] {
    let value = table.and_then(|table| table.get(field));
    value.and_then(toml::Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings(values: &[toml::Value]) -> impl Iterator<Item = String> {
    values.iter().filter_map(toml::Value::as_str).map(str::to_owned)
}

fn crate_name(value: &toml::Value) -> Option<&str> {
    value.get("crate").or_else(|| value.get("name")).and_then(toml::Value::as_str)
}

fn exception(value: &toml::Value) -> Vec<(String, String)> {
    let name = crate_name(value).unwrap_or_default();
    strings(list(Some(value), "allow")).map(|licence| (name.to_owned(), licence)).collect()
}

fn banned(value: &toml::Value) -> Option<String> {
    crate_name(value).or_else(|| value.as_str()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "odd", allow = ["MPL-2.0"] }]
        [bans]
        deny = [{ crate = "openssl-sys" }]
    "#;

    fn policy() -> Policy {
        Policy::read(&LISTS.parse().expect("the example is TOML"))
    }

    fn objection(name: &str, licence: Option<&str>) -> bool {
        let krate = Crate {
            name: name.to_owned(),
            licence: licence.map(str::to_owned),
            is_outside: true,
            ..Crate::default()
        };
        !crate_messages(&Graph::from([(name.to_owned(), krate)]), &policy()).is_empty()
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_found() {
        assert!(objection("a", Some("GPL-3.0-only")));
        assert!(objection("a", Some("MIT AND GPL-3.0-only")));
    }

    #[test]
    fn a_missing_or_unreadable_licence_is_found() {
        assert!(objection("a", None));
        assert!(objection("a", Some("as you like")));
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        assert!(!objection("a", Some("MIT OR GPL-3.0-only")));
        assert!(!objection("a", Some("MIT/Apache-2.0")));
    }

    #[test]
    fn an_exception_holds_for_its_crate_alone() {
        assert!(!objection("odd", Some("MPL-2.0")));
        assert!(objection("even", Some("MPL-2.0")));
    }

    #[test]
    fn a_banned_crate_is_found_whatever_its_licence() {
        assert!(objection("openssl-sys", Some("MIT")));
    }

    #[test]
    fn shipped_npm_packages_are_held_to_the_same_list() {
        let lock = |extra: &str| {
            format!(r#"{{"packages": {{"node_modules/a": {{"license": "MPL-2.0"{extra}}}}}}}"#)
        };
        assert_eq!(npm_messages(&lock(""), &policy()).len(), 1);
        assert_eq!(npm_messages(&lock(r#", "dev": true"#), &policy()).len(), 0);
        let none = r#"{"packages": {"": {}, "node_modules/b": {}}}"#;
        assert_eq!(npm_messages(none, &policy()).len(), 1);
    }
}
