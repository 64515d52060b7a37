//! The rooms of the house and which of them may use which.

/// On which side of the wire a room stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words, trees and bytes that both sides speak; held to the device's rules.
    Shared,
    /// Runs inside other people's apps.
    Device,
    /// Runs on the server.
    Server,
    /// Commands, importers, test helpers.
    Tool,
}

/// One crate of ours and the crates of ours it may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// The crate's name without `viewreel-`.
    pub(crate) name: &'static str,
    /// On which side it stands.
    pub(crate) side: Side,
    /// Rooms it may use beside [`EVERYONE_MAY_USE`].
    pub(crate) uses: &'static [&'static str],
    /// Rooms that only its tests may use, beside `testkit` and itself.
    pub(crate) tests_use: &'static [&'static str],
}

/// The words and the seams stand open to every room.
pub(crate) const EVERYONE_MAY_USE: [&str; 2] = ["model", "seams"];

/// Stands for every room but `testkit` and `ffi`.
pub(crate) const ALL: &str = "*";

/// Rooms that `testkit` itself is built on: a unit test that used it would see
/// two copies of its own crate, so only the `tests/` folder may.
pub(crate) const BELOW_TESTKIT: [&str; 5] = ["model", "mask", "tree", "format", "seams"];

const fn room(name: &'static str, side: Side, uses: &'static [&'static str]) -> Room {
    let tests_use = &[];
    Room { name, side, uses, tests_use }
}

/// Every room. A new crate adds its row here, and its reason to the commit.
pub(crate) const ROOMS: &[Room] = &[
    room("model", Side::Shared, &[]),
    room("seams", Side::Shared, &[]),
    room("tree", Side::Shared, &[]),
    Room { tests_use: &["tree"], ..room("format", Side::Shared, &[]) },
    room("capture", Side::Device, &[]),
    room("mask", Side::Device, &[]),
    room("spool", Side::Device, &["format"]),
    room("recorder", Side::Device, &["capture", "mask", "tree", "format", "spool"]),
    room("store", Side::Server, &["format", "tree"]),
    room("control", Side::Server, &["store", "format"]),
    room("ingest", Side::Server, &["store", "control", "format", "tree"]),
    room("query", Side::Server, &["store", "format", "tree"]),
    Room {
        tests_use: &["format", "tree"],
        ..room("server", Side::Server, &["ingest", "query", "control", "store"])
    },
    room("text", Side::Tool, &["capture"]),
    room("import", Side::Tool, &["capture", "tree", "format", "text"]),
    room("testkit", Side::Tool, &["format"]),
    Room {
        tests_use: &["spool", "format", "tree"],
        ..room("phone", Side::Tool, &["recorder", "capture", "testkit", "text"])
    },
    room("fuzz-checks", Side::Tool, &["capture", "mask", "tree", "format"]),
    room("cli", Side::Tool, &[ALL]),
    room(
        "bench-wire",
        Side::Tool,
        &["capture", "mask", "tree", "format", "spool", "recorder", "import", "phone", "text"],
    ),
    room("bench-instructions", Side::Tool, &["capture", "mask", "tree", "format", "recorder"]),
    room("xtask", Side::Tool, &[]),
];

/// The crate's name as the table writes it.
pub(crate) fn short(crate_name: &str) -> &str {
    crate_name.strip_prefix("viewreel-").unwrap_or(crate_name)
}

/// The row of a crate, by its full name.
pub(crate) fn find(crate_name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == short(crate_name))
}

impl Room {
    /// Whether the product code of this room may use the room `other`.
    pub(crate) fn may_use(&self, other: &str) -> bool {
        let is_open = EVERYONE_MAY_USE.contains(&other) && !EVERYONE_MAY_USE.contains(&self.name);
        let is_any = self.uses.contains(&ALL) && !["testkit", "ffi"].contains(&other);
        is_open || is_any || self.uses.contains(&other)
    }

    /// Whether the tests of this room may use the room `other`.
    pub(crate) fn tests_may_use(&self, other: &str) -> bool {
        let is_helper = other == "testkit" || other == self.name;
        is_helper || self.may_use(other) || self.tests_use.contains(&other)
    }

    /// Whether this room is part of what runs inside other people's apps.
    pub(crate) fn is_on_device(&self) -> bool {
        matches!(self.side, Side::Shared | Side::Device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reachable(room: &Room) -> Vec<&'static Room> {
        let direct = ROOMS.iter().filter(|other| room.may_use(other.name));
        direct.flat_map(|other| [vec![other], reachable(other)].concat()).collect()
    }

    fn meets(from: Side, to: Side) -> bool {
        let rooms = ROOMS.iter().filter(|room| room.side == from);
        rooms.flat_map(reachable).any(|room| room.side == to)
    }

    #[test]
    fn the_table_lets_no_device_room_reach_a_server_room() {
        assert!(!meets(Side::Device, Side::Server));
        assert!(!meets(Side::Shared, Side::Server));
    }

    #[test]
    fn the_table_lets_no_server_room_reach_a_device_room() {
        assert!(!meets(Side::Server, Side::Device));
        assert!(!meets(Side::Shared, Side::Device));
    }

    #[test]
    fn the_table_names_only_rooms_that_have_a_row() {
        let named = ROOMS.iter().flat_map(|room| room.uses.iter().chain(room.tests_use));
        for name in named.filter(|name| **name != ALL) {
            assert!(find(name).is_some(), "{name} has no row");
        }
    }

    #[test]
    fn the_words_use_nothing_of_ours() {
        assert!(find("viewreel-model").is_some_and(|room| reachable(room).is_empty()));
    }
}
