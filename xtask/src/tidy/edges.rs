//! Which crate of ours uses which.

use super::finding::Finding;
use super::repo::Member;
use super::rooms::{self, Room};

/// Compares every edge between our crates with the table of [`rooms`].
pub(crate) fn check(members: &[Member]) -> Vec<Finding> {
    members.iter().flat_map(check_member).collect()
}

fn check_member(member: &Member) -> Vec<Finding> {
    match rooms::find(&member.name) {
        Some(room) => [product_edges(member, room), test_edges(member, room)].concat(),
        None => vec![Finding::file(&member.manifest, no_row(&member.name))],
    }
}

fn no_row(name: &str) -> String {
    format!("{name} has no row in xtask/src/tidy/rooms.rs: add one that says what it may use")
}

fn product_edges(member: &Member, room: &Room) -> Vec<Finding> {
    let wrong = member.uses.iter().filter(|name| !room.may_use(rooms::short(name)));
    wrong
        .map(|name| {
            let message = format!(
                "{} may not use {name}: move the code to a room that may, \
                 or change xtask/src/tidy/rooms.rs in a commit that says why",
                member.name
            );
            Finding::file(&member.manifest, message)
        })
        .collect()
}

fn test_edges(member: &Member, room: &Room) -> Vec<Finding> {
    let wrong = member.dev_uses.iter().filter(|name| !room.tests_may_use(rooms::short(name)));
    wrong
        .map(|name| {
            let message = format!(
                "the tests of {} may not use {name}: test it in a room that may, \
                 or change `tests_use` in xtask/src/tidy/rooms.rs in a commit that says why",
                member.name
            );
            Finding::file(&member.manifest, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, uses: &[&str], dev_uses: &[&str]) -> usize {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let member = Member {
            name: name.to_owned(),
            manifest: format!("crates/{name}/Cargo.toml"),
            uses: own(uses),
            dev_uses: own(dev_uses),
        };
        check(&[member]).len()
    }

    #[test]
    fn a_device_room_that_uses_a_server_room_is_found() {
        assert_eq!(findings("viewreel-spool", &["viewreel-format", "viewreel-store"], &[]), 1);
    }

    #[test]
    fn a_server_room_that_uses_a_device_room_is_found() {
        assert_eq!(findings("viewreel-ingest", &["viewreel-mask"], &[]), 1);
    }

    #[test]
    fn every_room_may_use_the_words_and_the_seams() {
        assert_eq!(findings("viewreel-query", &["viewreel-model", "viewreel-seams"], &[]), 0);
    }

    #[test]
    fn testkit_is_for_tests_and_the_phone_alone() {
        assert_eq!(findings("viewreel-tree", &["viewreel-testkit"], &[]), 1);
        assert_eq!(findings("viewreel-cli", &["viewreel-testkit"], &[]), 1);
        assert_eq!(findings("viewreel-tree", &[], &["viewreel-testkit"]), 0);
        assert_eq!(findings("viewreel-phone", &["viewreel-testkit"], &[]), 0);
    }

    #[test]
    fn tests_are_held_to_the_sides_too() {
        assert_eq!(findings("viewreel-mask", &[], &["viewreel-recorder"]), 1);
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        assert_eq!(findings("viewreel-attic", &[], &[]), 1);
    }
}
