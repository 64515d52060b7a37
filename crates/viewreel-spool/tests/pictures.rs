//! Pictures on the device.

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};
use viewreel_model::ImageId;
use viewreel_spool::{Limits, MAX_PICTURE_AGE_MS, MAX_PICTURES_BYTES, Pictures, Spool};

/// When these files are written, by the clock of the file system.
fn wall_ms() -> i64 {
    let written = tempfile::NamedTempFile::new().and_then(|file| file.as_file().metadata());
    let written = written.and_then(|metadata| metadata.modified()).expect("the disk works");
    written.duration_since(UNIX_EPOCH).expect("it is later").as_millis() as i64
}

fn open(dir: &Path) -> Spool {
    Spool::open(dir, Limits::default(), wall_ms()).0
}

fn waiting(pictures: &Pictures) -> Vec<u64> {
    let waits = pictures.entries().iter().filter(|entry| entry.waits());
    waits.map(|entry| entry.image_id.0).collect()
}

#[test]
fn what_waits_is_there_in_the_next_process_and_what_was_acknowledged_is_known() {
    let dir = tempfile::tempdir().expect("the disk works");
    let mut spool = open(dir.path());
    let pictures = spool.pictures_mut();
    pictures.add("a|b-c", ImageId(1), b"one").expect("it is written");
    pictures.add("a|b-c", ImageId(2), b"two").expect("it is written");
    pictures.add("a|b-c", ImageId(2), b"again").expect("it is known");
    let name = pictures.entries()[0].name().to_owned();
    pictures.settle(&name);
    drop(spool);

    let spool = open(dir.path());
    let pictures = spool.pictures();
    assert_eq!(waiting(pictures), [2]);
    assert!(pictures.knows("a|b-c", ImageId(1)) && !pictures.knows("other", ImageId(1)));
    let entry = pictures.entries().iter().find(|entry| entry.waits()).expect("one waits");
    assert_eq!((entry.device_id.as_str(), entry.bytes), ("a|b-c", 3));
    assert_eq!(std::fs::read(&entry.path).expect("it is there"), b"two");
    assert_eq!(spool.entries(), [], "a picture is no segment");
}

#[test]
fn what_the_server_does_not_have_is_not_known_any_more() {
    let dir = tempfile::tempdir().expect("the disk works");
    let mut spool = open(dir.path());
    let pictures = spool.pictures_mut();
    for id in 1..=3 {
        pictures.add("device", ImageId(id), b"picture").expect("it is written");
    }
    for name in pictures.entries().iter().take(2).map(|e| e.name().to_owned()).collect::<Vec<_>>() {
        pictures.settle(&name);
    }
    pictures.forget(&[ImageId(2), ImageId(3)]);
    assert!(pictures.knows("device", ImageId(1)) && !pictures.knows("device", ImageId(2)));
    assert_eq!(waiting(pictures), [3], "what waits is on its way");
    pictures.discard();
    assert_eq!(waiting(open(dir.path()).pictures()), [0_u64; 0]);
}

#[test]
fn the_oldest_make_room() {
    let dir = tempfile::tempdir().expect("the disk works");
    let mut spool = open(dir.path());
    let large = vec![7; MAX_PICTURES_BYTES as usize / 3];
    for id in 1..=5 {
        spool.pictures_mut().add("device", ImageId(id), &large).expect("it is written");
    }
    assert_eq!(waiting(spool.pictures()), [3, 4, 5]);
    assert_eq!(waiting(open(dir.path()).pictures()), [3, 4, 5]);
}

#[test]
fn what_is_too_old_and_what_is_no_picture_is_deleted() {
    let dir = tempfile::tempdir().expect("the disk works");
    let mut spool = open(dir.path());
    for id in 1..=2 {
        spool.pictures_mut().add("device", ImageId(id), b"picture").expect("it is written");
    }
    let entries = spool.pictures().entries();
    let old_ms = wall_ms() as u64 - MAX_PICTURE_AGE_MS - 60_000;
    let old = UNIX_EPOCH + Duration::from_millis(old_ms);
    let file = std::fs::File::options().write(true).open(&entries[0].path).expect("it is there");
    file.set_modified(old).expect("the clock is set");
    let folder = entries[0].path.parent().expect("it has a folder").to_owned();
    for name in ["new", "nonsense", "1-device", "zzzzzzzzzzzzzzzz-device"] {
        std::fs::write(folder.join(name), b"x").expect("it is written");
    }
    assert_eq!(waiting(open(dir.path()).pictures()), [2]);
    assert_eq!(std::fs::read_dir(folder).expect("it is there").count(), 1);
}
