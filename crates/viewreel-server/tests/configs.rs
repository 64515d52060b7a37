//! Recorders are told what their project asks of them.

mod common;

use common::{Answer, TestServer, agent, answer};
use serde_json::json;
use viewreel_control::ProjectConfig;
use viewreel_format::RemoteConfig;
use viewreel_model::MaskLevel;

const PATH: &str = "/api/v1/config";

fn config(level: MaskLevel) -> RemoteConfig {
    RemoteConfig { mask_level: Some(level), ..RemoteConfig::default() }
}

/// A server whose project has this config.
fn server_with(config: &RemoteConfig) -> TestServer {
    let server = TestServer::start();
    kept(&server).set(config).expect("kept");
    server
}

fn kept(server: &TestServer) -> ProjectConfig {
    ProjectConfig::in_directory(server.data.path())
}

/// What an app gets that says these things beside its key.
fn get_with(server: &TestServer, headers: &[(&str, &str)]) -> Answer {
    let request = agent().get(server.url(PATH));
    let request = request.header("Authorization", format!("Bearer {}", server.key));
    let said = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    answer(said.call())
}

#[test]
fn recorders_get_the_record_and_people_its_twin() {
    let conservative = config(MaskLevel::Conservative);
    let server = server_with(&conservative);
    for accept in ["application/octet-stream", "*/*"] {
        let record = get_with(&server, &[("Accept", accept)]);
        assert_eq!(record.status, 200);
        assert_eq!(record.header("content-type"), "application/octet-stream");
        assert_eq!(RemoteConfig::decode(&record.body).as_ref(), Ok(&conservative));
    }
    let twin = get_with(&server, &[("Accept", "text/html, application/json;q=0.9")]);
    assert_eq!(twin.header("content-type"), "application/json");
    assert_eq!(twin.json(), json!({"mask_level": "conservative"}));
    assert_eq!(twin.header("vary"), "Accept, Authorization");
    assert_eq!(twin.header("cache-control"), "private, no-cache");
}

#[test]
fn what_a_recorder_has_is_not_sent_again() {
    let server = server_with(&config(MaskLevel::Conservative));
    let first = get_with(&server, &[]);
    let tag = first.header("etag");
    let same = get_with(&server, &[("If-None-Match", tag)]);
    assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, tag));
    assert_eq!(same.header("vary"), first.header("vary"));
    let twin = get_with(&server, &[("If-None-Match", tag), ("Accept", "application/json")]);
    assert_eq!(twin.status, 200, "the twin is another body");
    kept(&server).set(&config(MaskLevel::Light)).expect("kept");
    let changed = get_with(&server, &[("If-None-Match", tag)]);
    assert_eq!(RemoteConfig::decode(&changed.body), Ok(config(MaskLevel::Light)));
}

#[test]
fn a_config_that_is_changed_under_the_server_is_told_at_once() {
    let server = TestServer::start();
    assert_eq!(get_with(&server, &[]).error(), (404, "config_not_found".into()));
    kept(&server).set(&config(MaskLevel::Medium)).expect("kept");
    assert_eq!(get_with(&server, &[]).status, 200);
    kept(&server).clear().expect("cleared");
    assert_eq!(get_with(&server, &[]).error(), (404, "config_not_found".into()));
}

#[test]
fn a_config_that_can_not_be_read_is_neither_a_config_nor_none() {
    let server = server_with(&config(MaskLevel::Medium));
    std::fs::write(kept(&server).path(), b"VRCF").expect("written");
    assert_eq!(get_with(&server, &[]).error(), (500, "config_damaged".into()));
}

#[test]
fn only_who_has_the_write_key_is_told() {
    let server = server_with(&config(MaskLevel::Medium));
    assert_eq!(server.get(PATH).error(), (401, "unauthorized".into()));
    let wrong = server.get_with(PATH, "Authorization", "Bearer vrw_wrong");
    assert_eq!(wrong.error(), (401, "unauthorized".into()));
    assert_eq!(wrong.header("www-authenticate"), "Bearer");
}

#[test]
fn a_phone_may_call_the_server_by_another_name() {
    let server = server_with(&config(MaskLevel::Medium));
    assert_eq!(get_with(&server, &[("Host", "replay.example.com")]).status, 200);
}
