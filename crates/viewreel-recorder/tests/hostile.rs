//! Whatever a host says, and on how small a stack, nothing panics, what is spooled
//! can be played, and the recorder goes on.

mod common;

use common::{Phone, START_WALL_MS, capture, labelled, played, segments};
use viewreel_capture::layout::{NO_PARENT, Rows, StrRef};
use viewreel_capture::{CaptureBuffer, Input, InputSink, PictureAnswer, Platform, View};
use viewreel_model::content::{EncodedPicture, LaidLine, Picture, PictureAsk, TextAsk};
use viewreel_model::record::{Body, GapReason, Keyboard, LogLevel, Touch, TouchPhase};
use viewreel_model::viewport::{SceneId, Viewport};
use viewreel_model::{CaptureId, Color, Insets, Kind, MaskLevel, Point, Rect, Size};
use viewreel_seams::Now;

/// Bytes of the stack of a thread that is not the main one, on iOS.
const STACK_BYTES: usize = 512 << 10;

/// Bytes of a long string.
const LONG_BYTES: usize = 10 << 20;

/// When the recorder must have come to itself, in milliseconds.
const LATER_MS: u64 = 100_000;

/// On a small stack: tells the recorder these things, and then what can be told again.
fn survives(tell: impl FnOnce(&mut Phone) + Send + 'static) {
    let run = move || {
        let mut phone = Phone::new();
        capture(&mut phone, 0, "before");
        tell(&mut phone);
        capture(&mut phone, LATER_MS, "afterwards");
        phone.input(LATER_MS, Input::Event("End"));
        phone.flush();
        assert_eq!(last_text(&phone), "afterwards");
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(run);
    thread.expect("there is a thread").join().expect("nothing panics");
}

/// The label's text at the end of the latest segment.
fn last_text(phone: &Phone) -> String {
    let latest = segments(phone).into_iter().max_by_key(|(header, _)| header.seq);
    let (_, records) = latest.expect("something was recorded");
    let playhead = played(records, u64::MAX);
    let tree = playhead.tree().expect("there is a keyframe").snapshot();
    let line = tree.columns().lines.first().expect("there is a label");
    tree.columns().strings.get(line.text).to_owned()
}

/// Gives the recorder the buffer of a label after each of these changes.
fn survives_rows<const N: usize>(changes: [fn(&mut Rows); N]) {
    survives(move |phone| {
        for (ms, change) in (1..).zip(changes) {
            let mut buffer = labelled("secret");
            change(buffer.rows_mut());
            phone.input(ms, Input::Capture(&buffer));
            phone.input(
                ms,
                Input::Touch {
                    view: CaptureId(1),
                    touch: finger(TouchPhase::Down, Point::new(30.0, 70.0)),
                },
            );
        }
    });
}

fn finger(phase: TouchPhase, at: Point) -> Touch {
    Touch { pointer: 0, phase, at, is_masked: false }
}

/// Views of a kind, each inside the one before.
fn nested(kind: Kind, views: u64) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    (1..=views).for_each(|id| buffer.open(&View { id: CaptureId(id), kind, ..View::default() }));
    (0..views).for_each(|_| buffer.close());
    buffer
}

#[test]
fn the_deepest_trees_fit_on_a_small_stack() {
    survives(|phone| {
        for (ms, kind) in (1..).zip([Kind::View, Kind::TextInput, Kind::Scroll, Kind::Unknown]) {
            for views in [256, 257, 258, 100_000] {
                phone.input(ms, Input::Capture(&nested(kind, views)));
                phone.input(
                    ms,
                    Input::Touch {
                        view: CaptureId(1),
                        touch: finger(TouchPhase::Down, Point::ZERO),
                    },
                );
            }
        }
    });
}

#[test]
fn strings_of_ten_megabytes_are_cut() {
    for unit in ["x", "4", "joe@example.com ", "€", " "] {
        survives(move |phone| {
            let long = unit.repeat(LONG_BYTES / unit.len());
            phone.input(1, Input::Log { level: LogLevel::Error, message: &long });
            phone.input(2, Input::Event(&long));
            phone.input(3, Input::Screen(&long));
            let mut buffer = labelled("short");
            let string = buffer.add_string_bytes(long.as_bytes());
            let rows = buffer.rows_mut();
            rows.nodes[1].text = string;
            // What was recognised in a view stays masked in that view.
            rows.nodes[1].capture_id = 99;
            (rows.nodes[0].identifier, rows.nodes[1].class_chain) = (string, string);
            phone.input(4, Input::Capture(&buffer));
            let viewport = Viewport { text_size: long, ..Viewport::default() };
            phone.input(5, Input::Viewport(viewport));
        });
    }
}

#[test]
fn what_is_no_number_has_a_place() {
    survives(|phone| {
        for (ms, bad) in (1..).zip([f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, 1e-45]) {
            let mut buffer = labelled("placed");
            let rows = buffer.rows_mut();
            rows.windows[0].level = bad;
            for node in &mut rows.nodes {
                (node.bounds, node.position, node.anchor) = ([bad; 4], [bad; 2], [bad; 2]);
                (node.transform, node.z, node.text_size) = ([bad; 6], bad, bad);
                (node.text_frame, node.picture_scale) = ([bad; 4], bad);
            }
            phone.input(ms, Input::Capture(&buffer));
            for phase in [TouchPhase::Down, TouchPhase::Move, TouchPhase::Up] {
                phone.input(
                    ms,
                    Input::Touch { view: CaptureId(1), touch: finger(phase, Point::new(bad, bad)) },
                );
            }
            let frame = Rect::new(bad, bad, bad, bad);
            phone.input(ms, Input::Keyboard(Keyboard { is_visible: true, frame }));
            let safe_area = Insets { top: bad, left: bad, bottom: bad, right: bad };
            let size = Size::new(bad, bad);
            let viewport = Viewport { size, scale: bad, safe_area, ..Viewport::default() };
            phone.input(ms, Input::Viewport(viewport));
        }
    });
}

#[test]
fn clocks_that_jump_stop_no_recording() {
    survives(|phone| {
        let start = phone.now(0);
        let walls = [i64::MIN, -1, 0, START_WALL_MS - 86_400_000, START_WALL_MS, i64::MAX];
        for (n, wall_ms) in walls.into_iter().enumerate() {
            for mono_ms in [0, start.mono_ms, start.mono_ms + 50_000] {
                let now = Now { mono_ms, wall_ms };
                phone.recorder.input(now, Input::Capture(&labelled(&format!("jump {n}"))));
                phone.recorder.input(now, Input::Event("Jumped"));
                phone.recorder.tick(now);
                phone.recorder.flush(now);
            }
        }
        let gap = Input::Gap { reason: GapReason::Disabled, duration_ms: u64::MAX };
        phone.input(60_000, gap);
    });
}

#[test]
fn a_clock_that_has_run_out_ends_no_process() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "before");
    let end = Now { mono_ms: u64::MAX, wall_ms: i64::MAX };
    phone.recorder.input(end, Input::Capture(&labelled("at the end")));
    phone.recorder.tick(end);
    phone.recorder.flush(end);
    phone.recorder.flush(phone.now(0));
    let records = segments(&phone).into_iter().flat_map(|(_, records)| records);
    assert!(records.count() > 0);
}

#[test]
fn buffers_that_were_cut_are_rejected_or_masked() {
    survives_rows([
        |rows| rows.nodes.clear(),
        |rows| rows.nodes.truncate(1),
        |rows| rows.heap.clear(),
        |rows| rows.heap.truncate(3),
        |rows| rows.windows.clear(),
        |rows| rows.windows.push(rows.windows[0]),
        |rows| rows.nodes[1].text.start = u32::MAX,
        |rows| rows.nodes[1].text.len = u32::MAX,
        |rows| rows.nodes[1].text = StrRef { start: u32::MAX, len: u32::MAX },
        |rows| rows.heap.fill(0xed),
    ]);
}

#[test]
fn parents_that_are_no_parents_are_rejected() {
    survives_rows([
        |rows| rows.nodes[0].parent = 0,
        |rows| rows.nodes[0].parent = 1,
        |rows| rows.nodes[1].parent = 1,
        |rows| rows.nodes[1].parent = 7,
        |rows| rows.nodes[1].parent = NO_PARENT,
        |rows| rows.nodes[1].parent = NO_PARENT - 1,
        |rows| rows.windows[0].root = 1,
        |rows| rows.windows[0].root = NO_PARENT,
    ]);
}

/// No number of a view's is used twice within a tree, whatever the host says.
#[test]
fn ids_that_come_twice_are_of_two_views() {
    survives(|phone| {
        for (ms, id) in (1..).zip([0, 1, u64::MAX]) {
            let mut buffer = nested(Kind::View, 40);
            buffer.rows_mut().nodes.iter_mut().for_each(|node| node.capture_id = id);
            phone.input(ms, Input::Capture(&buffer));
            phone.flush();
        }
        phone.input(4, Input::Event("Afterwards"));
        let records = segments(phone).into_iter().flat_map(|(_, records)| records);
        let trees = records.filter_map(|record| match record.body {
            Body::Keyframe { tree, .. } => Some(tree),
            _ => None,
        });
        for tree in trees {
            let ids: std::collections::HashSet<_> = tree.ids().iter().collect();
            assert_eq!(ids.len(), tree.len());
        }
    });
}

/// A platform that answers anything.
struct Liar(u32);

impl Platform for Liar {
    fn lay_out(&mut self, _ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
        self.0 += 1;
        let bad = [f32::NAN, f32::INFINITY, f32::MIN, -1e30][self.0 as usize % 4];
        let text = ["x".repeat(9_000), "\u{0}\n".repeat(3), String::new()];
        let line = |text: &String| LaidLine {
            text: text.clone(),
            baseline: Point::new(bad, -bad),
            width: bad,
        };
        let lines = text.iter().map(line).collect::<Vec<_>>();
        let many = lines.iter().cycle().take(3_000).cloned();
        (!self.0.is_multiple_of(3)).then(|| many.collect())
    }

    fn picture(&mut self, _ask: &PictureAsk) -> PictureAnswer {
        self.0 += 1;
        let bytes = vec![0x89; [0, 8, 600_000][self.0 as usize % 3]];
        let encoded = EncodedPicture { width_px: 0, height_px: u16::MAX, bytes };
        PictureAnswer::Ready(Picture { average: Color(self.0), encoded: Some(encoded) })
    }
}

#[test]
fn a_platform_that_answers_anything_is_survived() {
    let mut phone = Phone::with(MaskLevel::Light, Box::new(Liar(0)));
    for ms in 0..12 {
        let mut buffer = labelled(&format!("text {ms}"));
        buffer.rows_mut().nodes[0].picture = ms;
        phone.input(ms * 100, Input::Capture(&buffer));
    }
    phone.flush();
    let records = segments(&phone).into_iter().flat_map(|(_, records)| records);
    assert!(records.count() > 2);
    assert_eq!(phone.recorder.counters().captures_rejected, 0);
}
