//! What the newcomer's key does over several starts.

use std::path::Path;
use viewreel_control::{Control, WriteKey};
use viewreel_seams::{Clock, Now, SeededRng};
use viewreel_store::{Seams, Store};

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Now {
        Now { mono_ms: 0, wall_ms: 1_764_000_000_000 }
    }
}

/// One start of a server with its own randomness.
async fn start(data: &Path, seed: u64) -> Control {
    let seams = Seams::new(FixedClock, SeededRng::new(seed));
    let store = Store::open(data, seams.clone()).await.expect("a store");
    Control::open(store, data, &seams).await.expect("control")
}

fn key_of(control: &Control) -> WriteKey {
    control.default_key().key.clone().expect("a key")
}

#[tokio::test]
async fn the_first_start_makes_a_key_and_later_starts_still_know_it() {
    let data = tempfile::tempdir().expect("a directory");
    let first = start(data.path(), 1).await;
    assert!(first.default_key().is_new);
    let key = key_of(&first);
    drop(first);
    let second = start(data.path(), 2).await;
    assert!(!second.default_key().is_new);
    assert_eq!(key_of(&second), key);
    let project = second.authenticate(key.as_str()).await.expect("an answer");
    assert_eq!(project, Some(second.default_project()));
}

#[tokio::test]
async fn a_key_that_nobody_has_opens_nothing() {
    let data = tempfile::tempdir().expect("a directory");
    let control = start(data.path(), 1).await;
    let key = key_of(&control);
    let mut other = key.as_str().to_owned();
    other.replace_range(10..11, if &other[10..11] == "0" { "1" } else { "0" });
    for wrong in [other.as_str(), "", "vrw_", &key.as_str()[4..], &format!("{} ", key.as_str())] {
        assert_eq!(control.authenticate(wrong).await.expect("an answer"), None, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_lost_or_changed_key_file_shows_no_key_and_the_old_key_still_works() {
    let data = tempfile::tempdir().expect("a directory");
    let first = start(data.path(), 1).await;
    let (key, path) = (key_of(&first), first.default_key().path.clone());
    drop(first);
    std::fs::write(&path, format!("vrw_{}", "0".repeat(64))).expect("written");
    let second = start(data.path(), 2).await;
    assert_eq!(second.default_key().key, None);
    drop(second);
    std::fs::remove_file(&path).expect("removed");
    let third = start(data.path(), 3).await;
    assert_eq!(third.default_key().key, None);
    assert!(third.authenticate(key.as_str()).await.expect("an answer").is_some());
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_file_is_readable_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().expect("a directory");
    let control = start(data.path(), 1).await;
    let metadata = std::fs::metadata(&control.default_key().path).expect("a file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}
