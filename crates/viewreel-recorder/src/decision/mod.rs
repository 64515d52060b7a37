//! Whether what happens now is recorded, and if not, why not.
//!
//! [`decide`] is a function of [`Facts`]. The first of these that holds is the
//! answer; without any, the session is recorded.
//!
//! | # | reason | holds where | for look-back |
//! |---|---|---|---|
//! | 1 | `opted_out` | the user refused | no |
//! | 2 | `memory_unreadable` | nobody can tell whether the user refused | no |
//! | 3 | `consent_denied` | the app said that there is no consent | no |
//! | 4 | `crash_guard` | recording is off after two starts that did not end well | no |
//! | 5 | `disabled` | the app paused recording | no |
//! | 6 | `config_unauthorized` | the server does not know the write key | no |
//! | 7 | `config_missing` | the config was asked for and never came | no |
//! | 8 | `other_zone` | the project's data may not go where this recorder sends it | no |
//! | 9 | `capture_off` | the config switches recording off | no |
//! | 10 | `sdk_off`, `os_off`, `app_off` | it switches this version off | no |
//! | 11 | `unusable_ids` | an id cannot be part of a replay id | no |
//! | 12 | `no_session` | the session ended, the next has not begun | no |
//! | 13 | `refused` | the server does not want this replay | no |
//! | 14 | `not_targeted` | there are targeting rules, and none holds so far | yes |
//! | 15 | `sampled_out` | there are none, and the session is not in the sample | yes |
//! | 16 | `consent_pending` | the app waits for the user | 30 s |
//! | 17 | `session_awaited` | no id of this process is known yet | 60 s |
//! | 18 | `targeting_pending` | there are targeting rules, and nothing was put to them yet | yes |
//!
//! What may come to be recorded after all is held in memory for as long as the
//! last column says ([`hold_ms`]); «yes» is as long as the app asked to look
//! back. Where several hold, the shortest counts. A trigger of looking back
//! ([`Facts::is_triggered`]) does away with 14, 15 and 18.

mod facts;
mod rule;
mod targeting;

pub use facts::{ConfigState, Consent, Facts, Sampling, SessionState};
pub use rule::{AWAIT_SESSION_MS, CONSENT_MS, Decision, Reason, decide, hold_ms};
pub use targeting::{Targeting, Verdict};
