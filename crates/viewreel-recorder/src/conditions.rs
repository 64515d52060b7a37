//! When there may be sending, and what stands in its way.

/// What the host's device is in at the time of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The way out.
    pub network: Network,
    /// The battery.
    pub power: Power,
    /// Whether somebody looks at the app.
    pub phase: Phase,
}

/// The way out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// There is none.
    None,
    /// It costs its user money, or is to be spared.
    Metered,
    /// It costs nothing.
    #[default]
    Unmetered,
}

/// The battery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Power {
    /// It is nearly empty and not being charged.
    pub is_battery_low: bool,
    /// The user has the device save power.
    pub is_saving: bool,
}

/// Whether somebody looks at the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The app runs: several segments may go in one request.
    #[default]
    Foreground,
    /// The system sends for the app, a file at a time.
    Background,
}

/// Under which conditions segments are sent. Configuration is small and is
/// fetched whenever there is a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadPolicy {
    /// Over networks that cost money.
    pub allows_metered: bool,
    /// With a battery that is nearly empty.
    pub allows_low_battery: bool,
    /// While the device saves power.
    pub allows_saving: bool,
}

impl Default for UploadPolicy {
    /// Over any network, but not at the cost of a battery.
    fn default() -> Self {
        Self { allows_metered: true, allows_low_battery: false, allows_saving: false }
    }
}

/// Why nothing is sent though something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// The server does not know the write key. Nothing is sent until the next
    /// start of the process.
    Unauthorized,
    /// There is no network.
    NoNetwork,
    /// The network costs money.
    Metered,
    /// The battery is nearly empty.
    LowBattery,
    /// The device saves power.
    Saving,
}

impl UploadPolicy {
    /// What keeps segments from being sent.
    pub(crate) fn pause(self, conditions: Conditions) -> Option<Pause> {
        let Conditions { network, power, .. } = conditions;
        if network == Network::Metered && !self.allows_metered {
            return Some(Pause::Metered);
        }
        if power.is_battery_low && !self.allows_low_battery {
            return Some(Pause::LowBattery);
        }
        (power.is_saving && !self.allows_saving).then_some(Pause::Saving)
    }
}
