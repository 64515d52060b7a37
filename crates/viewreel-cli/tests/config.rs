//! `viewreel config`, beside a server that runs.

mod common;

use common::{Server, arg, complaint, printed, viewreel};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

fn config(data: &Path, args: &[&str]) -> String {
    printed(&[&["config"], args, &["--data", arg(data)]].concat())
}

fn refused(data: &Path, args: &[&str]) -> String {
    complaint(&[&["config"], args, &["--data", arg(data)]].concat(), 1)
}

/// What apps of the server are told.
fn told(server: &Server, data: &Path) -> serde_json::Value {
    let key = std::fs::read_to_string(data.join("default-write-key")).unwrap();
    let mut response = ureq::get(format!("{}/api/v1/config", server.url))
        .header("Authorization", format!("Bearer {}", key.trim()))
        .header("Accept", "application/json")
        .call()
        .expect("there is a config");
    response.body_mut().read_json().unwrap()
}

#[test]
fn a_config_is_set_shown_and_cleared_while_the_server_runs() {
    let data = TempDir::new().unwrap();
    let server = Server::serve(data.path());
    assert!(refused(data.path(), &["show"]).contains("has no config"));
    let file = data.path().join("config.json");
    std::fs::write(&file, r#"{"sample_rate": 0.1, "mask_level": "conservative"}"#).unwrap();
    assert!(config(data.path(), &["set", arg(&file)]).contains("has this config now"));
    let json = serde_json::json!({"sample_rate": 0.1, "mask_level": "conservative"});
    assert_eq!(told(&server, data.path()), json);
    let shown = config(data.path(), &["show"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), json);
    assert!(config(data.path(), &["clear"]).contains("no config any more"));
    assert!(config(data.path(), &["clear"]).contains("had no config"));
}

#[test]
fn a_config_comes_from_standard_input() {
    let data = TempDir::new().unwrap();
    let _server = Server::serve(data.path());
    let mut set = viewreel()
        .args(["config", "set", "-", "--data", arg(data.path())])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    set.stdin.take().unwrap().write_all(br#"{"capture": false}"#).unwrap();
    assert!(set.wait().unwrap().success());
    assert_eq!(config(data.path(), &["show"]), "{\n  \"capture\": false\n}\n");
}

#[test]
fn what_is_no_config_changes_nothing_and_says_what_to_do() {
    let data = TempDir::new().unwrap();
    let _server = Server::serve(data.path());
    let file = data.path().join("config.json");
    let cases = [
        (r#"{"mask": "light"}"#, "unknown field `mask`, expected one of `capture`"),
        (r#"{"mask_level": "all"}"#, "expected one of `light`, `medium`, `conservative` at line 1"),
        (r#"{"overrides": [{"action": "mask", "steps": []}]}"#, "a selector that says which view"),
        ("mask_level: light", "expected value at line 1"),
    ];
    for (text, expected) in cases {
        std::fs::write(&file, text).unwrap();
        let error = refused(data.path(), &["set", arg(&file)]);
        assert!(error.contains(expected), "{text}: {error}");
    }
    assert!(refused(data.path(), &["set", "/nowhere.json"]).contains("cannot read /nowhere.json"));
    assert!(refused(data.path(), &["show"]).contains("has no config"));
    let nowhere = data.path().join("nowhere");
    assert!(refused(&nowhere, &["show"]).contains("name it with --data"));
}
