//! What became of a segment that reached the server.

macro_rules! outcomes {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)+) => {
        /// What became of a segment that reached the server. Every segment gets
        /// exactly one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Outcome { $($(#[$doc])* $name,)+ }

        impl Outcome {
            /// Every outcome.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The outcome as the upload contract spells it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The outcome of that word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

outcomes! {
    /// Bytes and index row are durable. An ack.
    Stored = "stored";
    /// The same bytes were stored before. An ack.
    Duplicate = "duplicate";
    /// Other bytes were stored under this segment id.
    Conflict = "conflict";
    /// Not a conforming segment.
    Invalid = "invalid";
    /// The replay was deleted.
    Deleted = "deleted";
    /// The replay is older than the retention.
    Expired = "expired";
    /// The project takes no replays now.
    Stopped = "stopped";
    /// The quota is used up, for a while.
    Quota = "quota";
    /// Too much at once, for a while.
    Throttled = "throttled";
}

impl Outcome {
    /// Whether the server answers for the bytes from now on.
    #[must_use]
    pub const fn is_ack(self) -> bool {
        matches!(self, Self::Stored | Self::Duplicate)
    }
}
