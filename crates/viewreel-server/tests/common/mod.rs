//! A real server on a free loopback port, in a directory and thread of its own.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use serde_json::Value;
use std::net::SocketAddr;
use std::path::Path;
use std::thread::JoinHandle;
use tempfile::TempDir;
use tokio::sync::oneshot;
use viewreel_server::{Config, Server, ServerError};

/// A server that stops when it is dropped.
pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    pub(crate) key: String,
    pub(crate) data: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Status, headers and body of an answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// Every error has these three; gives status and code.
    pub(crate) fn error(&self) -> (u16, String) {
        let json = self.json();
        let text = |name: &str| json[name].as_str().expect("a text").to_owned();
        assert!(!text("message").is_empty() && !text("hint").is_empty(), "{json}");
        (self.status, text("code"))
    }

    /// (segment id, outcome) of every segment of an upload.
    pub(crate) fn outcomes(&self) -> Vec<(String, String)> {
        let json = self.json();
        assert_eq!(self.status, 200, "{json}");
        assert_eq!(json["missing_images"], Value::Array(Vec::new()));
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let outcomes = json["outcomes"].as_array().expect("a list").iter();
        outcomes.map(|one| (text(&one["segment_id"]), text(&one["outcome"]))).collect()
    }
}

/// The outcome words alone.
pub(crate) fn words(answer: &Answer) -> Vec<String> {
    answer.outcomes().into_iter().map(|(_, outcome)| outcome).collect()
}

pub(crate) fn config(data: &Path) -> Config {
    Config { data_dir: data.to_owned(), listen: "127.0.0.1:0".parse().expect("an address") }
}

/// Binds a server without running it.
pub(crate) fn bind(data: &Path) -> Result<Server, ServerError> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(Server::bind(config(data)))
}

impl TestServer {
    pub(crate) fn start() -> Self {
        Self::start_in(tempfile::tempdir().expect("a directory"))
    }

    pub(crate) fn start_in(data: TempDir) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (started, start) = std::sync::mpsc::sync_channel(1);
        let config = config(data.path());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(async {
                let server = Server::bind(config).await.expect("a server");
                let key = server.default_key().key.clone().expect("a key");
                started.send((server.addr(), key.as_str().to_owned())).expect("a test");
                server.run(async { drop(stopped.await) }).await;
            });
        });
        let (address, key) = start.recv().expect("a server that starts");
        Self { address, key, data, stop: Some(stop), thread: Some(thread) }
    }

    /// Stops it in order and gives the directory back.
    pub(crate) fn stop(mut self) -> TempDir {
        self.end();
        std::mem::replace(&mut self.data, tempfile::tempdir().expect("a directory"))
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            drop(stop);
            self.thread.take().expect("a thread").join().expect("no panic");
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        answer(agent().get(self.url(path)).call())
    }

    pub(crate) fn get_with(&self, path: &str, name: &str, value: &str) -> Answer {
        answer(agent().get(self.url(path)).header(name, value).call())
    }

    pub(crate) fn upload(&self, body: &[u8]) -> Answer {
        self.upload_as(&format!("Bearer {}", self.key), body)
    }

    pub(crate) fn upload_as(&self, authorization: &str, body: &[u8]) -> Answer {
        let request = agent().post(self.url("/api/v1/segments"));
        answer(request.header("Authorization", authorization).send(body))
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.end();
    }
}

pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

pub(crate) fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let (parts, mut body) = response.expect("an answer").into_parts();
    let body = body.read_to_vec().expect("a whole body");
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}
