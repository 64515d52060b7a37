//! What is promised of the whole session.

use crate::{SessionSummary, play_shop, play_shop_with_seed, script};
use std::collections::{BTreeMap, BTreeSet};
use viewreel_capture::{CaptureDecoder, Input, InputSink, Platform};
use viewreel_model::content::LaidLine;
use viewreel_model::node::Row;
use viewreel_model::raw::Privacy;
use viewreel_model::{Affine, Kind, MaskAction, RawSnapshot, Rect};
use viewreel_seams::Now;
use viewreel_text::Inter;

const START: Now = Now { mono_ms: 5_000, wall_ms: 1_760_000_000_000 };

/// Gives every capture, decoded, to `look`.
struct Looker<F: FnMut(Now, &dyn RawSnapshot)> {
    decoder: CaptureDecoder,
    look: F,
}

impl<F: FnMut(Now, &dyn RawSnapshot)> InputSink for Looker<F> {
    fn input(&mut self, now: Now, input: Input<'_>) {
        if let Input::Capture(buffer) = input {
            let raw = self.decoder.decode(buffer).expect("every capture is well formed");
            (self.look)(now, &raw);
        }
    }
}

fn look_at_all(look: impl FnMut(Now, &dyn RawSnapshot)) -> SessionSummary {
    play_shop(&mut Looker { decoder: CaptureDecoder::new(), look }, START)
}

fn rows(raw: &dyn RawSnapshot) -> impl Iterator<Item = (Row, Privacy)> {
    (0..raw.len()).filter_map(|index| Some((raw.row(index)?, raw.privacy(index))))
}

/// Everything that a sink hears, as one line each.
#[derive(Default)]
struct Protocol(Vec<String>);

impl InputSink for Protocol {
    fn input(&mut self, now: Now, input: Input<'_>) {
        let said = match input {
            Input::Capture(buffer) => {
                let mut decoder = CaptureDecoder::new();
                let raw = decoder.decode(buffer).expect("every capture is well formed");
                let rows: Vec<_> = rows(&raw).collect();
                let texts: Vec<_> = (0..raw.len()).map(|node| raw.text(node)).collect();
                format!("{rows:?} {texts:?} {:?} {:?}", raw.parents(), raw.windows())
            }
            other => format!("{other:?}"),
        };
        self.0.push(format!("{now:?} {said}"));
    }
}

fn protocol(seed: u64) -> Vec<String> {
    let mut protocol = Protocol::default();
    play_shop_with_seed(&mut protocol, START, seed);
    protocol.0
}

#[test]
fn the_same_seed_plays_the_same_session() {
    let (first, second) = (protocol(3), protocol(3));
    assert_eq!(first.len(), second.len());
    assert!(first == second);
}

#[test]
fn another_seed_moves_the_fingers_and_sees_the_same_screens() {
    let (first, second) = (protocol(3), protocol(4));
    assert!(first != second);
    let visit = [
        "Log In",
        "Products",
        "Product Detail",
        "Products",
        "Checkout",
        "Order Confirmed",
        "Products",
        "Product Detail",
        "Products",
    ];
    assert_eq!(screens(&first), visit);
    assert_eq!(screens(&second), visit);
}

/// The names of the screens, in order of their visits.
fn screens(protocol: &[String]) -> Vec<&str> {
    let quoted = protocol.iter().filter_map(|line| Some(line.split_once(" Screen(\"")?.1));
    quoted.map(|name| name.trim_end_matches("\")")).collect()
}

#[test]
fn the_session_is_long_and_its_captures_are_of_a_real_size() {
    let summary = look_at_all(|_, _| {});
    assert!(summary.duration_ms >= 75_000, "{summary:?}");
    assert!(summary.captures > 300 && summary.touches > 300, "{summary:?}");
    assert!((120..320).contains(&summary.max_nodes), "{summary:?}");
}

#[test]
fn time_never_goes_back_and_starts_with_the_start() {
    let mut last = None;
    look_at_all(|now, _| {
        assert!(last.is_none_or(|last: Now| last.mono_ms <= now.mono_ms));
        assert_eq!(now.mono_ms - START.mono_ms, (now.wall_ms - START.wall_ms).unsigned_abs());
        if last.is_none() {
            assert_eq!(now, START);
        }
        last = Some(now);
    });
}

#[test]
fn there_are_ten_captures_a_second_while_something_moves_and_none_while_nothing_does() {
    let mut times = Vec::new();
    look_at_all(|now, _| times.push(now.mono_ms));
    let gaps: Vec<u64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.iter().filter(|&&gap| gap == 100).count() > 250);
    assert!(gaps.iter().any(|&gap| gap > 1_000));
    assert!(gaps.iter().filter(|&&gap| gap < 100).count() < 8);
}

#[test]
fn every_capture_is_whole() {
    look_at_all(|_, raw| {
        assert_eq!(raw.cut_nodes(), 0);
        let mut ids = BTreeSet::new();
        for (row, privacy) in rows(raw) {
            assert!(privacy.id.0 != 0 && ids.insert(privacy.id), "an id stands for two views");
            assert_ne!(row.semantics.kind, Kind::Unknown);
            let Rect { origin, size } = row.geometry.bounds;
            assert!(origin.x.is_finite() && origin.y.is_finite());
            assert!(size.width >= 0.0 && size.height >= 0.0 && size.width < 5_000.0);
        }
    });
}

#[test]
fn an_id_never_stands_for_another_kind_of_view() {
    let mut seen = BTreeMap::new();
    let mut gone = BTreeSet::new();
    look_at_all(|_, raw| {
        for (row, privacy) in rows(raw) {
            let class = raw.string(row.semantics.class_chain).to_owned();
            let known =
                seen.entry(privacy.id).or_insert_with(|| (row.semantics.kind, class.clone()));
            assert_eq!(*known, (row.semantics.kind, class));
            gone.insert(privacy.id);
        }
    });
    assert!(gone.len() > 500, "{}", gone.len());
}

#[test]
fn rows_are_recycled_under_their_own_ids() {
    let mut items: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    look_at_all(|_, raw| {
        for (row, privacy) in rows(raw).filter(|(row, _)| row.semantics.kind == Kind::Cell) {
            items.entry(privacy.id).or_default().insert(row.generation);
        }
        names.extend((0..raw.len()).map(|node| raw.text(node).to_owned()));
    });
    assert!((12..=16).contains(&items.len()), "{} row views", items.len());
    assert!(items.values().filter(|generations| generations.len() > 2).count() >= 10);
    let products = crate::catalog::products();
    assert!(products.iter().filter(|product| names.contains(product.name)).count() >= 25);
}

/// The lines of a node, in its bounds space.
fn lines(raw: &dyn RawSnapshot, node: usize) -> Vec<LaidLine> {
    let mut lines = Inter.lay_out(&raw.text_ask(node)).expect("it answers at once");
    let left = raw.content(node).text.frame.origin.x;
    lines.iter_mut().for_each(|line| line.baseline.x += left);
    lines
}

#[test]
fn lines_of_text_lie_inside_their_views() {
    look_at_all(|_, raw| {
        for (node, (row, _)) in rows(raw).enumerate() {
            let size = row.geometry.size();
            for line in lines(raw, node) {
                let text = &line.text;
                let end = line.baseline.x + line.width;
                assert!(
                    line.baseline.x >= -0.5 && end <= size.width + 0.5,
                    "{text} {end} {size:?}"
                );
                let (top, bottom) = (line.baseline.y - row.text.size, line.baseline.y);
                assert!(
                    top > -row.text.size * 0.4 && bottom <= size.height + 1.0,
                    "{text} {size:?}"
                );
            }
        }
    });
}

/// The frame of every node on the screen, in points.
fn screen_frames(raw: &dyn RawSnapshot) -> Vec<Rect> {
    let mut maps: Vec<Affine> = Vec::new();
    let geometry: Vec<_> = (0..raw.len()).map(|node| raw.geometry(node)).collect();
    for (index, geometry) in geometry.iter().enumerate() {
        let parent = raw.parent(index).map_or(Affine::IDENTITY, |parent| maps[parent]);
        maps.push(parent.after(geometry.to_parent()));
    }
    maps.iter().zip(&geometry).map(|(map, geometry)| map.map_rect(geometry.bounds)).collect()
}

#[test]
fn what_stands_in_a_row_lies_inside_it() {
    look_at_all(|_, raw| {
        let frames = screen_frames(raw);
        let kinds: Vec<_> = (0..raw.len()).map(|node| raw.semantics(node).kind).collect();
        for index in (0..kinds.len()).filter(|&index| kinds[index] == Kind::Text) {
            let mut above = raw.parent(index);
            while let Some(parent) = above.filter(|&parent| kinds[parent] != Kind::Cell) {
                above = raw.parent(parent);
            }
            let Some(cell) = above else { continue };
            let (text, cell) = (frames[index], frames[cell]);
            assert!(text.origin.x >= cell.origin.x && text.origin.y >= cell.origin.y - 0.01);
            let right = |rect: Rect| rect.origin.x + rect.size.width;
            let bottom = |rect: Rect| rect.origin.y + rect.size.height;
            assert!(right(text) <= right(cell) && bottom(text) <= bottom(cell) + 0.01);
        }
    });
}

#[test]
fn there_is_plain_text_for_the_masking_to_hide() {
    let mut is_shown = false;
    let mut was_secure = BTreeSet::new();
    look_at_all(|_, raw| {
        for (node, privacy) in (0..raw.len()).map(|node| (node, raw.privacy(node))) {
            if privacy.secure {
                was_secure.insert(privacy.id);
            }
            if raw.text(node) == script::PASSWORD {
                assert!(!privacy.secure && was_secure.contains(&privacy.id));
                is_shown = true;
            }
        }
    });
    assert!(is_shown);
}

#[test]
fn the_app_asks_for_every_kind_of_override() {
    let mut asked = BTreeSet::new();
    look_at_all(|_, raw| {
        asked.extend((0..raw.len()).filter_map(|node| raw.privacy(node).override_action));
    });
    let all = BTreeSet::from([MaskAction::Keep, MaskAction::Mask, MaskAction::Replace]);
    assert_eq!(asked, all);
}

#[test]
fn the_keyboard_and_the_alert_have_windows_of_their_own() {
    let mut levels = BTreeSet::new();
    look_at_all(|_, raw| {
        levels.extend(raw.windows().iter().map(|window| window.level as u32));
    });
    assert_eq!(levels, BTreeSet::from([0, 2_000, 10_000_000]));
}
