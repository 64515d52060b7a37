//! Files, streams and servers that are not what they seem.

mod common;

use common::{arg, complaint, printed, run, testdata, viewreel};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::JoinHandle;
use tempfile::TempDir;
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter, reel};
use viewreel_model::record::{Body, State};
use viewreel_model::{SegmentId, Snapshot, StateId};
use viewreel_testkit::samples::tree_named;

fn header(seq: u32, start_ms: u64, wall_ms: i64) -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(u128::from(seq) + 1),
        seq,
        start_ms,
        wall_ms,
        replay: ReplayId::new("device", "session").unwrap(),
        ..SegmentHeader::default()
    }
}

fn segment(header: &SegmentHeader, bodies: &[Body]) -> Vec<u8> {
    let (mut writer, mut bytes) = SegmentWriter::begin(header);
    for body in bodies {
        writer.push(header.start_ms, body).unwrap();
    }
    bytes.extend(writer.seal());
    bytes
}

fn opening(tree: Snapshot) -> [Body; 2] {
    [Body::State(State::default()), Body::Keyframe { state: StateId(0), tree }]
}

fn file(dir: &TempDir, bytes: &[u8]) -> std::path::PathBuf {
    let path = dir.path().join("x.reel");
    std::fs::write(&path, bytes).unwrap();
    path
}

fn screen() -> std::path::PathBuf {
    testdata("trees/shirates_KeyboardScreen.xml")
}

/// Arguments that record one screen.
fn record<'a>(input: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["record", arg(input), "--from", "xcuitest"], more].concat()
}

#[test]
fn times_that_no_clock_shows_are_printed_and_crash_nothing() {
    let dir = TempDir::new().unwrap();
    let times = [(0, i64::MIN), (u64::MAX, i64::MAX), (1, i64::MAX), (u64::MAX, i64::MIN)];
    let segments: Vec<Vec<u8>> = (u32::MAX - 3..=u32::MAX)
        .zip(times)
        .map(|(seq, (start_ms, wall_ms))| {
            segment(&header(seq, start_ms, wall_ms), &opening(Snapshot::default()))
        })
        .collect();
    let path = file(&dir, &reel::write(&segments).unwrap());
    for at in ["0", "1", "1e300"] {
        printed(&["inspect", arg(&path), "--at", at]);
    }
    printed(&["inspect", arg(&path), "--json"]);
}

#[test]
fn control_characters_of_a_replay_never_reach_the_terminal() {
    let dir = TempDir::new().unwrap();
    let tree = tree_named("\u{1b}[2J\nfake \u{9b}line");
    let state = State { screen: "\u{1b}[31mred".into(), ..State::default() };
    let keyframe = Body::Keyframe { state: StateId(0), tree };
    let bytes = segment(&header(0, 0, 0), &[Body::State(state), keyframe]);
    let shown = printed(&["inspect", arg(&file(&dir, &bytes))]);
    assert!(shown.contains("fake") && shown.contains("red"), "{shown}");
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown}");
    assert!(!shown.contains("\nfake"), "{shown}");
}

#[test]
fn a_segment_that_does_not_begin_with_state_and_keyframe_is_damaged() {
    let dir = TempDir::new().unwrap();
    let [state, keyframe] = opening(Snapshot::default());
    let event = Body::Event("event".into());
    for bodies in [&[event.clone()][..], &[state.clone(), event], &[keyframe], &[state], &[]] {
        let path = file(&dir, &segment(&header(0, 0, 0), bodies));
        assert!(complaint(&["verify", arg(&path)], 1).contains("is damaged in 1 place"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("x.reel");
    let input = screen();
    printed(&record(&input, &["-o", arg(&path)]));
    for args in [&["inspect", arg(&path), "--json"][..], &["verify", arg(&path)]] {
        let mut command = viewreel();
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn times_to_inspect_are_numbers_from_zero_on() {
    let dir = TempDir::new().unwrap();
    let path = file(&dir, &segment(&header(0, 0, 0), &opening(Snapshot::default())));
    for at in ["NaN", "inf", "-1", "soon"] {
        assert!(complaint(&["inspect", arg(&path), "--at", at], 2).contains("from 0 on"), "{at}");
    }
}

#[test]
fn an_address_that_cannot_work_is_wrong_usage_and_says_why() {
    let input = screen();
    let send =
        |url: &str, key: &str| complaint(&record(&input, &["--server", url, "--api-key", key]), 2);
    assert!(send("127.0.0.1:7180", "vrw_x").contains("begins with http://"));
    assert!(send("https://replays.example", "vrw_x").contains("plain http only"));
    assert!(send("http://", "vrw_x").contains("begins with http://"));
    let error = send("http://127.0.0.1:1", "two words");
    assert!(error.contains("a write key is one word") && !error.contains("two"), "{error}");
}

/// A server that answers every request with the same bytes, until it is dropped.
struct Stranger {
    addr: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Stranger {
    fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&is_over);
        let serve = move || {
            let streams = listener.incoming().map_while(Result::ok);
            streams.take_while(|_| !stop.load(Relaxed)).for_each(|stream| reply(&stream, answer));
        };
        Self { addr, is_over, thread: Some(std::thread::spawn(serve)) }
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        self.is_over.store(true, Relaxed);
        TcpStream::connect(self.addr).unwrap();
        self.thread.take().unwrap().join().unwrap();
    }
}

/// Reads a whole request, so that the answer is not lost with the connection.
fn reply(mut stream: &TcpStream, answer: &str) {
    let mut from = BufReader::new(stream);
    let mut length = 0;
    let mut line = String::new();
    while from.read_line(&mut line).unwrap() > 2 {
        let value = line.to_lowercase().strip_prefix("content-length:").map(str::to_owned);
        length = value.map_or(length, |value| value.trim().parse().unwrap());
        line.clear();
    }
    from.read_exact(&mut vec![0; length]).unwrap();
    stream.write_all(answer.as_bytes()).unwrap();
}

#[test]
fn a_server_of_another_kind_is_told_from_ours_and_the_command_ends() {
    let input = screen();
    let answers = [
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 16\r\n\r\n{\"outcomes\": []}",
        "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 301 Moved\r\nLocation: /x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    ];
    for answer in answers {
        let server = Stranger::start(answer);
        let url = format!("http://{}/", server.addr);
        let error = complaint(&record(&input, &["--server", &url, "--api-key", "vrw_x"]), 1);
        assert!(error.contains("is it the address of a Viewreel server?"), "{answer}: {error}");
    }
}

#[test]
fn an_output_is_whole_or_not_there() {
    let dir = TempDir::new().unwrap();
    let input = screen();
    let missing = dir.path().join("missing").join("x.reel");
    let error = complaint(&record(&input, &["-o", arg(&missing)]), 1);
    assert!(error.contains("there is no directory"), "{error}");
    let path = dir.path().join("x.reel");
    std::fs::write(&path, "what was there before").unwrap();
    printed(&record(&input, &["-o", arg(&path)]));
    assert!(reel::is_reel(&std::fs::read(&path).unwrap()));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else is left");
    assert_eq!(run(&record(&input, &["-o", arg(dir.path())])).status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn an_output_has_the_permissions_of_any_new_file_and_devices_stay_devices() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let dir = TempDir::new().unwrap();
    let input = screen();
    let (path, plain) = (dir.path().join("x.reel"), dir.path().join("plain"));
    printed(&record(&input, &["-o", arg(&path)]));
    std::fs::write(&plain, "").unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&plain));
    let bytes = run(&record(&input, &["-o", "/dev/stdout"])).stdout;
    assert!(reel::is_reel(&bytes));
    let null = std::fs::metadata("/dev/null").unwrap().file_type();
    assert!(null.is_char_device());
}
