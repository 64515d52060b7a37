//! Pictures, from the capture to the ack.

mod common;

use common::album::{Album, png};
use common::{Phone, next_task, segments};
use viewreel_capture::{CaptureBuffer, Input, Picture, View};
use viewreel_format::Outcome;
use viewreel_format::limits::MAX_IMAGE_BYTES;
use viewreel_model::content::PictureObject;
use viewreel_model::node::Geometry;
use viewreel_model::record::Body;
use viewreel_model::viewport::SceneId;
use viewreel_model::{
    BoundPicture, CaptureId, Color, ImageBinding, Kind, LeftOut, MaskLevel, Rect,
};
use viewreel_recorder::decision::Reason;
use viewreel_recorder::policy::{Effect, Recording};
use viewreel_recorder::{MAX_SESSION_PICTURE_BYTES, PictureResult, PictureTask, Task};

/// A screen of pictures with these objects.
fn gallery(objects: &[u64]) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    let geometry = Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0));
    buffer.begin_window(SceneId(0), 0.0);
    buffer.open(&View { id: CaptureId(1), kind: Kind::View, geometry, ..View::default() });
    for (id, object) in (2..).zip(objects) {
        let picture = Picture { object: PictureObject(*object), ..Picture::default() };
        let kind = Kind::Image;
        buffer.leaf(&View { id: CaptureId(id), kind, geometry, picture, ..View::default() });
    }
    buffer.close();
    buffer
}

fn phone(level: MaskLevel) -> (Phone, Album) {
    let album = Album::default();
    (Phone::with(level, Box::new(album.clone())), album)
}

fn show(phone: &mut Phone, ms: u64, objects: &[u64]) {
    phone.input(ms, Input::Capture(&gallery(objects)));
}

/// What each segment says of handles.
fn bindings(phone: &mut Phone) -> Vec<Vec<ImageBinding>> {
    phone.flush();
    let of = |records: Vec<viewreel_model::Record>| {
        let binding = |record: viewreel_model::Record| match record.body {
            Body::Image(binding) => Some(binding),
            _ => None,
        };
        records.into_iter().filter_map(binding).collect()
    };
    segments(phone).into_iter().map(|(_, records)| of(records)).collect()
}

fn left_out(phone: &mut Phone) -> Vec<LeftOut> {
    let all = bindings(phone).into_iter().flatten();
    let why = |binding: ImageBinding| match binding.picture {
        BoundPicture::LeftOut(why) => Some(why),
        BoundPicture::Known { .. } => None,
    };
    all.filter_map(why).collect()
}

/// The next picture to send, once the segments are.
fn next_picture(phone: &mut Phone, ms: u64) -> Option<PictureTask> {
    phone.flush();
    while let Task::Upload(task) = next_task(phone, ms) {
        common::acknowledge(phone, ms, &task);
    }
    match next_task(phone, ms) {
        Task::SendPicture(task) => Some(task),
        _ => None,
    }
}

fn answer(phone: &mut Phone, ms: u64, task: &PictureTask, result: &PictureResult) {
    let now = phone.now(ms);
    phone.recorder.report_picture(now, &task.id, result);
}

#[test]
fn a_picture_that_is_kept_is_asked_for_once_told_in_each_segment_and_sent() {
    let (mut phone, album) = phone(MaskLevel::Light);
    show(&mut phone, 0, &[7, 8]);
    show(&mut phone, 100, &[8, 7]);
    assert_eq!(album.take_asked(), [7, 8]);
    let first = bindings(&mut phone);
    show(&mut phone, 200, &[7]);
    let all = bindings(&mut phone);
    assert_eq!(first[0].len(), 2);
    assert_eq!(all[1], first[0][..1], "the second segment tells what it shows");
    assert_eq!(album.take_asked(), []);

    let task = next_picture(&mut phone, 300).expect("a picture waits");
    assert_eq!(task.device_id, "device");
    assert_eq!(std::fs::read(&task.file).expect("it is there"), png(7, 0));
    let known = BoundPicture::Known { id: task.image_id, width_px: 2, height_px: 3 };
    assert_eq!(first[0][0].picture, known);
    answer(&mut phone, 300, &task, &PictureResult::Answered(Outcome::Stored));
    let other = next_picture(&mut phone, 300).expect("the other one waits");
    assert_ne!(task.image_id, other.image_id);
    answer(&mut phone, 300, &other, &PictureResult::Answered(Outcome::Duplicate));
    assert_eq!(next_picture(&mut phone, 300), None);
    assert_eq!(phone.recorder.counters().pictures_acked, 2);
}

#[test]
fn a_picture_that_is_masked_is_never_asked_for() {
    let (mut phone, album) = phone(MaskLevel::Medium);
    show(&mut phone, 0, &[7]);
    assert_eq!(album.take_asked(), []);
    assert_eq!(bindings(&mut phone), [[]]);
    assert_eq!(next_picture(&mut phone, 100), None);
}

#[test]
fn a_picture_that_comes_later_is_told_then() {
    let (mut phone, album) = phone(MaskLevel::Light);
    album.set_busy(true);
    show(&mut phone, 0, &[7]);
    album.set_busy(false);
    show(&mut phone, 100, &[7]);
    assert_eq!(album.take_asked(), [7, 7]);
    let told = bindings(&mut phone);
    assert_eq!(told[0].len(), 1);
    // Its colour too.
    let colours = segments(&phone).into_iter().flat_map(|(_, records)| records);
    let colours = colours.filter_map(|record| match record.body {
        Body::Diff(diff) => Some(diff.rows.images().to_vec()),
        _ => None,
    });
    assert!(colours.flatten().any(|image| image.average == Color::rgb(0x0088_4422)));
}

#[test]
fn what_is_too_large_too_much_or_unreadable_is_left_out_and_says_so() {
    let (mut phone, album) = phone(MaskLevel::Light);
    show(&mut phone, 0, &[404]);
    album.set_filler(MAX_IMAGE_BYTES);
    show(&mut phone, 100, &[7]);
    album.set_filler(MAX_IMAGE_BYTES - 100);
    let most = (MAX_SESSION_PICTURE_BYTES / MAX_IMAGE_BYTES) as u64;
    for object in 0..=most {
        show(&mut phone, 200 + object * 100, &[1_000 + object]);
    }
    let why = left_out(&mut phone);
    assert_eq!(why[..2], [LeftOut::Unreadable, LeftOut::TooLarge]);
    assert_eq!(*why.last().expect("there are some"), LeftOut::OverLimit);
    assert!(why.iter().filter(|why| **why == LeftOut::OverLimit).count() <= 2);
}

#[test]
fn what_the_server_lacks_is_sent_again_when_it_is_shown_again() {
    let (mut phone, album) = phone(MaskLevel::Light);
    show(&mut phone, 0, &[7]);
    let task = next_picture(&mut phone, 100).expect("a picture waits");
    answer(&mut phone, 100, &task, &PictureResult::Answered(Outcome::Stored));
    phone.recorder.report_missing_pictures(&[task.image_id]);
    assert_eq!(next_picture(&mut phone, 200), None);
    album.take_asked();
    show(&mut phone, 300, &[7]);
    assert_eq!(album.take_asked(), [7]);
    let again = next_picture(&mut phone, 400).expect("it waits again");
    assert_eq!(again.image_id, task.image_id);
}

#[test]
fn what_waits_is_not_missing_and_counts_once() {
    let (mut phone, album) = phone(MaskLevel::Light);
    album.set_filler(MAX_IMAGE_BYTES - 100);
    show(&mut phone, 0, &[7]);
    let task = next_picture(&mut phone, 100).expect("a picture waits");
    album.take_asked();
    for ms in 1..40 {
        phone.recorder.report_missing_pictures(&[task.image_id]);
        show(&mut phone, 100 + ms, &[7, 8]);
    }
    assert_eq!(album.take_asked(), [8]);
    assert_eq!(left_out(&mut phone), []);
}

#[test]
fn what_is_not_taken_now_is_sent_later_and_what_never_is_is_not() {
    let (mut phone, _) = phone(MaskLevel::Light);
    show(&mut phone, 0, &[7, 8]);
    let task = next_picture(&mut phone, 100).expect("a picture waits");
    answer(&mut phone, 100, &task, &PictureResult::Answered(Outcome::Quota));
    let other = next_picture(&mut phone, 100).expect("the other one waits");
    assert_ne!(other.id, task.id);
    answer(&mut phone, 100, &other, &PictureResult::Answered(Outcome::Invalid));
    assert_eq!(phone.recorder.counters().pictures_refused, 1);
    assert_eq!(next_task(&mut phone, 100), Task::Wait(60_000));
    assert_eq!(next_picture(&mut phone, 60_200), Some(task.clone()));
    let result = PictureResult::Refused { status: 503, retry_after_ms: Some(90_000) };
    answer(&mut phone, 60_200, &task, &result);
    assert!(matches!(next_task(&mut phone, 60_300), Task::Wait(89_000..)));
    assert_eq!(next_picture(&mut phone, 151_000), Some(task.clone()));
    let result = PictureResult::Refused { status: 401, retry_after_ms: None };
    answer(&mut phone, 151_000, &task, &result);
    assert_eq!(next_task(&mut phone, 500_000), Task::Done, "the key is wrong");
}

#[test]
fn while_nothing_may_be_on_disk_pictures_are_held_and_kept_or_dropped() {
    for is_kept in [true, false] {
        let (mut phone, _) = phone(MaskLevel::Light);
        let replay = viewreel_format::ReplayId::new("device", "session").expect("valid");
        let now = phone.now(0);
        let hold = Recording::Hold { reason: Reason::ConsentPending, ms: 30_000 };
        phone.recorder.carry_out(now, Effect::Record(hold));
        show(&mut phone, 0, &[7]);
        assert_eq!(phone.dir.path().join("pictures").try_exists().ok(), Some(false));
        let now = phone.now(100);
        match is_kept {
            true => phone.recorder.carry_out(now, Effect::Record(Recording::Replay(replay))),
            false => phone.recorder.carry_out(now, Effect::DiscardUnsent),
        };
        assert_eq!(next_picture(&mut phone, 200).is_some(), is_kept);
    }
}

#[test]
fn what_is_discarded_unsent_is_gone_with_its_pictures() {
    let (mut phone, _) = phone(MaskLevel::Light);
    show(&mut phone, 0, &[7]);
    let now = phone.now(100);
    phone.recorder.carry_out(now, Effect::DiscardUnsent);
    assert_eq!(next_picture(&mut phone, 200), None);
    let files = std::fs::read_dir(phone.dir.path().join("pictures")).expect("it is there");
    assert_eq!(files.count(), 0);
}

#[test]
fn another_process_sends_what_is_left_and_knows_what_was_sent() {
    let (mut phone, _) = phone(MaskLevel::Light);
    show(&mut phone, 0, &[7, 8]);
    let task = next_picture(&mut phone, 100).expect("a picture waits");
    answer(&mut phone, 100, &task, &PictureResult::Answered(Outcome::Stored));
    let mut phone = phone.killed_and_started_again();
    let other = next_picture(&mut phone, 0).expect("the other one waits");
    assert_ne!(other.id, task.id);
    // A result that comes late is of the process before.
    answer(&mut phone, 0, &other, &PictureResult::Answered(Outcome::Stored));
    assert_eq!(next_picture(&mut phone, 0), None);
}
