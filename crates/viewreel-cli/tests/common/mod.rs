//! Running the real `viewreel` command.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The command, ready to be given arguments.
pub(crate) fn viewreel() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_viewreel"));
    command
        .env_remove("VIEWREEL_API_KEY")
        .env_remove("VIEWREEL_DATA")
        .env_remove("VIEWREEL_LISTEN");
    command
}

/// Runs the command to its end.
pub(crate) fn run(args: &[&str]) -> Output {
    viewreel().args(args).output().expect("the command runs")
}

/// What a run printed to standard output, where it ended well.
pub(crate) fn printed(args: &[&str]) -> String {
    let output = run(args);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).expect("the command prints UTF-8")
}

/// What a run complained about, where it ended with this exit code. One line.
pub(crate) fn complaint(args: &[&str], exit_code: i32) -> String {
    let output = run(args);
    let errors = String::from_utf8(output.stderr).expect("the command prints UTF-8");
    assert_eq!(output.status.code(), Some(exit_code), "{args:?}: {errors}");
    if exit_code == 1 {
        assert_eq!(errors.trim_end().lines().count(), 1, "{errors}");
    }
    errors
}

/// A file of the repository's test data.
pub(crate) fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)
}

/// A path as an argument.
pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().expect("test paths are UTF-8")
}

/// A server process that is gone when the test is over.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts `viewreel` with these arguments and waits for the line that has
    /// the address in it.
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::start_in(&std::env::temp_dir(), args)
    }

    /// As [`Server::start`], with another directory for temporary files.
    pub(crate) fn start_in(temporary: &Path, args: &[&str]) -> Self {
        let mut command = viewreel();
        command.env("TMPDIR", temporary);
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
        let mut child = command.spawn().expect("the command runs");
        let stdout = child.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(stdout).lines();
        let url = lines.by_ref().map_while(Result::ok).find_map(|line| address(&line));
        // The rest is read so that the process never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url: url.expect("the server prints its address") }
    }

    pub(crate) fn serve(data: &Path) -> Self {
        Self::start(&["serve", "--data", arg(data), "--listen", "127.0.0.1:0"])
    }

    /// Kill -9: no goodbye.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the process is there");
        self.child.wait().expect("the process ends");
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the process to end by itself and gives its exit code.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().expect("the process ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address in «Viewreel serves http://… from …» or «Watch them at http://…».
fn address(line: &str) -> Option<String> {
    let is_ready = line.contains("serves http://") || line.contains("Watch them at");
    let at = line.find("http://").filter(|_| is_ready)?;
    let url = line[at..].split_whitespace().next()?;
    Some(url.trim_end_matches('/').to_owned())
}

/// GET of a path of a server.
pub(crate) fn get(server: &Server, path: &str) -> Vec<u8> {
    let mut response =
        ureq::get(format!("{}{path}", server.url)).call().expect("the server answers");
    response.body_mut().read_to_vec().expect("the body arrives")
}

pub(crate) fn get_json(server: &Server, path: &str) -> serde_json::Value {
    serde_json::from_slice(&get(server, path)).expect("the body is JSON")
}
