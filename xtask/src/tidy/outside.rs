//! Which crates from outside run inside other people's apps.

use std::collections::{BTreeMap, VecDeque};

use super::finding::Finding;
use super::repo::Graph;
use super::rooms;

/// Async runtimes, HTTP and TLS, and JSON: none of them may be in an app
/// because of us.
const FORBIDDEN: &[&str] = &[
    "async-std",
    "attohttpc",
    "aws-lc-sys",
    "axum",
    "curl",
    "h2",
    "http",
    "hyper",
    "isahc",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "reqwest",
    "ring",
    "rustls",
    "serde_json",
    "smol",
    "socket2",
    "surf",
    "tokio",
    "ureq",
];

/// A crate that needs one of these to be built compiles C or C++.
const C_BUILDERS: &[&str] = &["bindgen", "cc", "cmake", "nasm-rs", "pkg-config", "vcpkg"];

/// Looks at everything that a device crate needs, tests left out.
pub(crate) fn check(graph: &Graph) -> Vec<Finding> {
    let ours = graph.iter().filter(|(_, krate)| !krate.is_outside);
    let device = ours.filter(|(_, krate)| is_on_device(&krate.name));
    device.flat_map(|(key, _)| check_room(graph, key)).collect()
}

fn is_on_device(name: &str) -> bool {
    rooms::find(name).is_some_and(rooms::Room::is_on_device)
}

fn check_room(graph: &Graph, start: &str) -> Vec<Finding> {
    let room = &graph[start].name;
    let manifest = format!("crates/{room}/Cargo.toml");
    let paths = paths_from(graph, start);
    let wrong = paths.iter().filter_map(|(key, path)| Some((reason(graph, key)?, path)));
    wrong
        .map(|(reason, path)| {
            let path = path.join(" → ");
            Finding::file(&manifest, format!("{reason}, and may not run inside apps: {path}"))
        })
        .collect()
}

fn reason(graph: &Graph, key: &str) -> Option<String> {
    let krate = &graph[key];
    let name = &krate.name;
    if FORBIDDEN.contains(&name.as_str()) {
        return Some(format!("{name} opens sockets, runs tasks or writes JSON"));
    }
    if C_BUILDERS.contains(&name.as_str()) {
        return Some(format!("{name} builds or finds C code"));
    }
    let library = krate.links.as_ref()?;
    Some(format!("{name} links the foreign library {library}"))
}

/// Every crate that `start` needs, each with a shortest path of names to it.
fn paths_from(graph: &Graph, start: &str) -> BTreeMap<String, Vec<String>> {
    let mut paths = BTreeMap::from([(start.to_owned(), vec![graph[start].name.clone()])]);
    let mut queue = VecDeque::from([start.to_owned()]);
    while let Some(key) = queue.pop_front() {
        for need in &graph[&key].needs {
            if !graph.contains_key(need) || paths.contains_key(need) {
                continue;
            }
            let step = graph[need].name.clone();
            let path = [paths[&key].clone(), vec![step]].concat();
            paths.insert(need.clone(), path);
            queue.push_back(need.clone());
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::super::repo::Crate;
    use super::*;

    fn krate(name: &str, needs: &[&str]) -> (String, Crate) {
        let krate = Crate {
            name: name.to_owned(),
            is_outside: !name.starts_with("viewreel-"),
            needs: needs.iter().map(|need| (*need).to_owned()).collect(),
            ..Crate::default()
        };
        (name.to_owned(), krate)
    }

    fn messages(graph: impl IntoIterator<Item = (String, Crate)>) -> Vec<String> {
        let findings = check(&graph.into_iter().collect());
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_runtime_two_steps_below_a_device_crate_is_found_with_its_path() {
        let found = messages([
            krate("viewreel-spool", &["helper"]),
            krate("helper", &["tokio"]),
            krate("tokio", &[]),
        ]);
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("viewreel-spool → helper → tokio"), "{}", found[0]);
    }

    #[test]
    fn a_crate_that_builds_c_is_found_under_a_device_crate() {
        let found = messages([
            krate("viewreel-format", &["zlib"]),
            krate("zlib", &["cc"]),
            krate("cc", &[]),
        ]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_crate_that_links_a_foreign_library_is_found_under_a_device_crate() {
        let (key, zlib) = krate("libz-sys", &[]);
        let zlib = Crate { links: Some("z".to_owned()), ..zlib };
        let found = messages([krate("viewreel-format", &["libz-sys"]), (key, zlib)]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_server_crate_may_need_a_runtime() {
        let found = messages([krate("viewreel-server", &["tokio"]), krate("tokio", &[])]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn crates_that_need_each_other_do_not_hold_the_check_up() {
        let found =
            messages([krate("viewreel-tree", &["a"]), krate("a", &["b"]), krate("b", &["a"])]);
        assert_eq!(found, Vec::<String>::new());
    }
}
