//! Starts, stops and restarts on one data directory.

mod common;

use common::{TestServer, bind, words};
use std::io::{Read, Write};
use std::net::TcpStream;
use viewreel_server::ServerError;
use viewreel_store::StoreError;
use viewreel_testkit::segments::segment;

#[test]
fn what_was_acknowledged_and_the_key_are_there_after_a_restart() {
    let first = TestServer::start();
    let key = first.key.clone();
    assert_eq!(words(&first.upload(&segment("s", 1, 0))), ["stored"]);
    let second = TestServer::start_in(first.stop());
    assert_eq!(second.key, key);
    assert_eq!(words(&second.upload(&segment("s", 1, 0))), ["duplicate"]);
    let path = format!("/api/v1/replays/device/s/segments/{:016x}{:016x}", 1, 0);
    assert_eq!(second.get(&path).body, segment("s", 1, 0));
}

#[test]
fn a_second_server_on_one_directory_is_refused_with_its_name() {
    let server = TestServer::start();
    let refused = bind(server.data.path()).expect_err("the directory is in use");
    assert!(matches!(refused, ServerError::Store(StoreError::Locked { .. })), "{refused}");
    let directory = server.data.path().display().to_string();
    assert!(refused.to_string().contains(&directory), "{refused}");
}

#[test]
fn a_taken_port_is_refused_with_its_address() {
    let server = TestServer::start();
    let data = tempfile::tempdir().expect("a directory");
    let mut config = common::config(data.path());
    config.listen = server.address;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let refused = runtime.block_on(viewreel_server::Server::bind(config)).expect_err("taken");
    assert!(matches!(refused, ServerError::Listen { .. }), "{refused}");
    assert!(refused.to_string().contains(&server.address.to_string()), "{refused}");
}

#[test]
fn damage_on_disk_is_told_and_no_other_bytes_are_served() {
    let server = TestServer::start();
    server.upload(&segment("s", 1, 0));
    let mut open = vec![server.data.path().join("objects")];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                std::fs::write(path, vec![0; segment("s", 1, 0).len()]).expect("written");
            }
        }
    }
    let path = format!("/api/v1/replays/device/s/segments/{:016x}{:016x}", 1, 0);
    assert_eq!(server.get(&path).error(), (500, "segment_damaged".into()));
}

#[test]
fn a_stop_does_not_wait_for_connections_that_say_nothing() {
    let server = TestServer::start();
    let mut idle = TcpStream::connect(server.address).expect("a connection");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("written");
    let mut first = [0; 15];
    idle.read_exact(&mut first).expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    server.stop();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).expect("the server closed the connection");
}
