//! Why a session was not recorded, in words for people.

use viewreel_query::DecisionReason;

/// What was the case, as the end of a sentence about the session.
pub(crate) const fn because(reason: DecisionReason) -> &'static str {
    use DecisionReason as R;
    match reason {
        R::OptedOut => "the user opted out",
        R::MemoryUnreadable => "the app could not read whether the user had opted out",
        R::ConsentDenied => "the user did not consent",
        R::CrashGuard => "recording was off after the app had ended badly twice in a row",
        R::Disabled => "the app had paused recording",
        R::ConfigUnauthorized => "the server did not know the app's write key",
        R::ConfigMissing => "the app had never got the config of the project",
        R::OtherZone => "the app sends data to another zone than the project allows",
        R::CaptureOff => "the config of the project switches recording off",
        R::SdkOff => "the config of the project switches this version of the recorder off",
        R::OsOff => "the config of the project switches this version of the system off",
        R::AppOff => "the config of the project switches this version of the app off",
        R::UnusableIds => "its ids cannot be part of an address",
        R::NoSession => "it had ended, and the next one had not begun",
        R::Refused => "the server did not want it",
        R::NotTargeted => "no targeting rule held",
        R::SampledOut => "it is not in the sample",
        R::ConsentPending => "the user had not been asked for consent yet, or had not answered",
        R::SessionAwaited => "the app did not know its id in time",
        R::TargetingPending => "nothing happened that a targeting rule asks for",
    }
}

/// What to do about it.
pub(crate) const fn hint(reason: DecisionReason) -> &'static str {
    use DecisionReason as R;
    match reason {
        R::OptedOut | R::MemoryUnreadable | R::ConsentDenied | R::ConsentPending => {
            "it was for the user to choose; there is nothing to mend"
        }
        R::CrashGuard => "it goes on after a day, or with another version of the recorder",
        R::Disabled => "look for what the app does not want to be recorded there",
        R::ConfigUnauthorized => "compare the app's write key with that of the project",
        R::ConfigMissing => "see whether the app reaches the server when it starts",
        R::OtherZone
        | R::CaptureOff
        | R::SdkOff
        | R::OsOff
        | R::AppOff
        | R::NotTargeted
        | R::TargetingPending
        | R::SampledOut => {
            "`viewreel config show` prints the config, the app's settings are in its code"
        }
        R::UnusableIds | R::NoSession | R::SessionAwaited | R::Refused => {
            "see docs/howto/sessions.md for what makes a session"
        }
    }
}
