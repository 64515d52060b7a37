//! Who is recorded now, and what follows from a change of that.
//!
//! A [`Handle`] is what every thread of a host has: it takes [`Notice`]s and
//! analytics events, and answers at once. Behind it stands one [`Policy`], which
//! puts what it is told together to the [`Facts`](crate::decision::Facts) of a
//! decision. Whoever records takes the [`Effect`]s of it, in their order, and
//! does them; there are never more than a few, however long nobody takes them.
//!
//! What a server's config makes stricter counts at once; what it makes less
//! strict counts from the next session on.
//!
//! ```
//! use viewreel_recorder::keep::Folder;
//! use viewreel_recorder::policy::{Effect, Handle, Recording, Remembered, Settings};
//! use viewreel_recorder::sampling::SampleRate;
//! use viewreel_recorder::session::AnalyticsEvent;
//!
//! # let dir = tempfile::tempdir()?;
//! # let path = dir.path();
//! let mut notes = Folder::new(path);
//! let settings =
//!     Settings { sample_rate: SampleRate::ALL, uses_remote_config: false, ..Settings::default() };
//! let handle = Handle::new(settings, Remembered::read(&notes));
//!
//! // On the thread on which the event passes:
//! let event = AnalyticsEvent {
//!     name: "session_start",
//!     device_id: Some("phone"),
//!     integration_session_id: Some(1_700_000_000_000.0),
//!     ..AnalyticsEvent::default()
//! };
//! assert_eq!(handle.event(&event).as_deref(), Some("phone/1700000000000"));
//!
//! // On the worker:
//! let effects = handle.take_effects(&mut notes);
//! assert!(effects.iter().any(|effect| matches!(effect, Effect::Record(Recording::Replay(_)))));
//! # Ok::<(), std::io::Error>(())
//! ```

mod effect;
mod handle;
mod machine;
mod notice;
mod remembered;
mod report;
mod settings;
mod status;
mod terms;

pub use effect::{Effect, Recording, Turn};
pub use handle::Handle;
pub use machine::Policy;
pub use notice::Notice;
pub use remembered::Remembered;
pub use settings::{LookBack, Settings, Versions};
pub use status::Status;
pub use terms::Terms;
pub use viewreel_format::DecisionRecord;
