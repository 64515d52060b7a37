//! The policy.

use super::effect::{Due, Notes, Recording, Turn};
use super::notice::Notice;
use super::remembered::Remembered;
use super::report::decision_record;
use super::settings::Settings;
use super::status::Status;
use super::terms::Terms;
use crate::decision::{
    ConfigState, Consent, Decision, Facts, Reason, Sampling, SessionState, Targeting, decide,
    hold_ms,
};
use crate::session::{AnalyticsEvent, Current, Sessions};
use viewreel_format::RemoteConfig;

/// Who is recorded now, and what follows from a change of that. It only knows
/// what it is told; it waits for nothing.
#[derive(Debug)]
pub struct Policy {
    settings: Settings,
    sessions: Sessions,
    targeting: Targeting,
    facts: Facts,
    config: RemoteConfig,
    /// Whether a config came to this process while no session was known.
    is_config_fresh: bool,
    /// The terms on which the session began.
    session_terms: Terms,
    terms: Terms,
    current: Current,
    recording: Recording,
    /// Whether something of the session was recorded.
    has_replay: bool,
    has_report: bool,
    epoch: u64,
    is_armed: bool,
    due: Due,
}

impl Policy {
    /// The policy of a process that begins.
    #[must_use]
    pub fn new(settings: Settings, remembered: Remembered) -> Self {
        let uses_config = settings.uses_remote_config;
        let config = remembered.config.filter(|_| uses_config);
        let facts = Facts {
            is_opted_out: settings.is_opted_out || remembered.is_opted_out == Some(true),
            is_memory_unreadable: remembered.is_opted_out.is_none(),
            consent: settings.consent,
            is_disabled: settings.starts_disabled,
            config: match config {
                _ if !uses_config => ConfigState::Unused,
                Some(_) => ConfigState::Loaded,
                None => ConfigState::Missing,
            },
            ..Facts::default()
        };
        let config = config.unwrap_or_default();
        let terms = Terms::new(&settings, &config);
        let mut policy = Self {
            sessions: Sessions::default(),
            targeting: Targeting::default(),
            facts,
            config,
            is_config_fresh: false,
            session_terms: terms.clone(),
            terms,
            current: Current::Awaited,
            recording: Recording::Off(Reason::SessionAwaited),
            has_replay: false,
            has_report: false,
            epoch: 0,
            is_armed: false,
            due: Due::default(),
            settings,
        };
        policy.begin(remembered.is_opted_out);
        policy
    }

    /// What a process begins with. What an earlier one may not have come to
    /// delete is deleted now.
    fn begin(&mut self, was_opted_out: Option<bool>) {
        self.read_config();
        self.sample();
        let is_newly_out = self.settings.is_opted_out && was_opted_out != Some(true);
        self.due.notes.opt_out = is_newly_out.then_some(true);
        self.due.discards =
            self.facts.is_opted_out || self.facts.consent == Consent::Denied || self.is_forbidden();
        self.due.fetches = self.settings.uses_remote_config;
        self.due.terms = Some(self.terms.clone());
        self.due.recording = Some(self.recording.clone());
        self.settle();
    }

    /// Takes a notice. O(1), but for a config.
    pub fn tell(&mut self, notice: Notice<'_>) {
        match notice {
            Notice::OptOut(is_out) => self.opt_out(is_out),
            Notice::Consent(consent) => self.consent(consent),
            Notice::Disabled(is_disabled) => self.facts.is_disabled = is_disabled,
            Notice::DeviceId(id) => self.sessions.set_device_id(id),
            Notice::SessionId(id_ms) => self.sessions.set_session_id(id_ms),
            Notice::CustomSessionId(id) => self.sessions.set_custom_session_id(id),
            Notice::Reset => self.reset(),
            Notice::Background => self.background(),
            Notice::ErrorLog => self.trigger(self.settings.look_back.on_error_log),
            Notice::RageTap => self.trigger(self.settings.look_back.on_rage_tap),
            Notice::Config(config) => return self.load(config),
            Notice::ConfigUnauthorized => self.unauthorized(),
            Notice::Refused(replay) => {
                self.facts.is_refused |= self.current == Current::Replay(replay.clone());
            }
            Notice::Guarded(is_guarded) => self.facts.is_guarded = is_guarded,
            Notice::Armed => self.is_armed = true,
        }
        self.settle();
    }

    /// Takes an analytics event that passes by. The value that it is to carry as
    /// [`REPLAY_ID_PROPERTY`](crate::session::REPLAY_ID_PROPERTY), where its
    /// session is recorded. O(rules).
    pub fn event(&mut self, event: &AnalyticsEvent<'_>) -> Option<String> {
        self.sessions.follow(event);
        self.settle();
        if self.sessions.is_of_session(event) {
            self.targeting.ask(event);
            self.trigger(self.settings.look_back.on_events.iter().any(|name| name == event.name));
            self.settle();
        }
        let Recording::Replay(replay) = &self.recording else { return None };
        let carries = self.sessions.is_event_of_replay(event);
        carries.then(|| format!("{}/{}", replay.device_id, replay.session_id))
    }

    /// What is the case now.
    #[must_use]
    pub fn status(&self) -> Status {
        let replay = match &self.recording {
            Recording::Replay(replay) => Some(replay.clone()),
            _ => None,
        };
        let is_on = !matches!(self.recording, Recording::Off(_));
        Status {
            decision: decide(&self.facts),
            replay,
            is_on,
            wants_captures: is_on && self.is_armed,
            epoch: self.epoch,
        }
    }

    /// What has to be remembered and what has to be done since the last time.
    pub(super) fn take_due(&mut self) -> (Notes, Turn) {
        let mut due = std::mem::take(&mut self.due);
        let notes = std::mem::take(&mut due.notes);
        (notes, Turn { effects: due.into_effects(), epoch: self.epoch })
    }

    /// Takes back what could not be remembered.
    pub(super) fn put_back(&mut self, notes: Notes) {
        self.due.notes.add_older(notes);
    }

    fn opt_out(&mut self, is_out: bool) {
        self.facts.is_opted_out = is_out;
        self.facts.is_memory_unreadable = false;
        self.due.notes.opt_out = Some(is_out);
        self.due.discards |= is_out;
    }

    fn consent(&mut self, consent: Consent) {
        self.facts.consent = consent;
        self.due.discards |= consent == Consent::Denied;
    }

    fn reset(&mut self) {
        self.sessions.reset();
        self.targeting.forget_user();
    }

    fn background(&mut self) {
        use Reason::{NotTargeted, SampledOut, TargetingPending};
        self.report();
        if let Recording::Hold { reason: NotTargeted | SampledOut | TargetingPending, .. } =
            self.recording
        {
            self.break_off();
        }
    }

    fn trigger(&mut self, is_worth_it: bool) {
        self.facts.is_triggered |= is_worth_it && self.settings.look_back.held_ms() > 0;
    }

    /// The server's config came. Where it is stricter, what was recorded on the
    /// terms before and not sent is not sent any more.
    fn load(&mut self, config: &RemoteConfig) {
        if !self.settings.uses_remote_config {
            return;
        }
        let was_recorded = matches!(self.recording, Recording::Replay(_));
        let was_forbidden = self.is_forbidden();
        let was_known = self.facts.config == ConfigState::Loaded;
        self.config = config.clone();
        self.facts.config = ConfigState::Loaded;
        self.is_config_fresh |= self.current == Current::Awaited;
        self.due.notes.config = Some(Some(config.clone()));
        self.read_config();
        let hides_more = self.follow_config(was_known) && was_known;
        self.settle();
        let is_recorded = matches!(self.recording, Recording::Replay(_));
        let is_over = was_recorded && !is_recorded || self.is_forbidden() && !was_forbidden;
        if is_over || hides_more {
            self.due.discards = true;
            self.epoch += 1;
        }
    }

    fn unauthorized(&mut self) {
        if self.settings.uses_remote_config {
            self.facts.config = ConfigState::Unauthorized;
            self.due.notes.config = Some(None);
        }
    }

    /// Takes from the config what the decision asks for.
    fn read_config(&mut self) {
        let Self { config, facts, settings, .. } = self;
        facts.is_other_zone = config.zone.is_some_and(|zone| zone != settings.zone);
        facts.is_capture_off = config.captures == Some(false);
        let mut ranges = config.switched_off.iter();
        let off = ranges.find(|range| range.covers(settings.versions.of(range.subject)));
        facts.off = off.map(|range| range.subject);
        self.targeting.set_rules(&config.targeting);
    }

    fn is_forbidden(&self) -> bool {
        self.facts.is_other_zone || self.facts.is_capture_off || self.facts.off.is_some()
    }

    /// Takes from the config on which terms is recorded; whether less is than
    /// before. Within a session they may only become stricter.
    fn follow_config(&mut self, was_known: bool) -> bool {
        let terms = Terms::new(&self.settings, &self.config);
        if !was_known {
            self.session_terms = terms.clone();
        }
        let terms = terms.within(&self.session_terms);
        let hides_more = terms.hide_more_than(&self.terms);
        self.agree(terms);
        if !(self.facts.sampling == Sampling::Out && self.facts.session == SessionState::Known) {
            self.sample();
        }
        hides_more
    }

    fn agree(&mut self, terms: Terms) {
        if terms != self.terms {
            self.due.terms = Some(terms.clone());
            self.terms = terms;
        }
    }

    /// Whether the session is in the sample. Without a config nobody can say.
    fn sample(&mut self) {
        let is_decided = matches!(self.facts.config, ConfigState::Unused | ConfigState::Loaded);
        let rate = self.terms.sample_rate;
        self.facts.sampling = match &self.current {
            _ if !is_decided => Sampling::Undecided,
            Current::Replay(replay) if rate.selects(&replay.session_id) => Sampling::In,
            Current::Replay(_) => Sampling::Out,
            _ if rate.is_none() => Sampling::Out,
            _ => Sampling::Undecided,
        };
    }

    /// Follows what changed to what is recorded.
    fn settle(&mut self) {
        if self.current != *self.sessions.current() {
            self.enter_session();
        }
        self.facts.targeting = self.targeting.verdict();
        let recording = self.recording_by_facts();
        if recording != self.recording {
            self.turn_to(recording);
        }
    }

    fn recording_by_facts(&self) -> Recording {
        let ms = hold_ms(&self.facts, self.settings.look_back.held_ms());
        match (decide(&self.facts), &self.current) {
            (Decision::Record, Current::Replay(replay)) => Recording::Replay(replay.clone()),
            (Decision::Record, _) => Recording::Off(Reason::NoSession),
            (Decision::Not(reason), _) if ms > 0 => Recording::Hold { reason, ms },
            (Decision::Not(reason), _) => Recording::Off(reason),
        }
    }

    /// What is held may become part of the first session of a process alone.
    fn enter_session(&mut self) {
        self.report();
        let was_awaited = self.current == Current::Awaited;
        self.current = self.sessions.current().clone();
        self.facts.session = match self.current {
            Current::Awaited => SessionState::Awaited,
            Current::None => SessionState::None,
            Current::Unusable => SessionState::Unusable,
            Current::Replay(_) => SessionState::Known,
        };
        self.facts.is_refused = false;
        (self.has_replay, self.has_report) = (false, false);
        if !was_awaited {
            self.facts.is_triggered = false;
            self.targeting.begin_session();
            self.break_off();
        }
        self.session_terms = Terms::new(&self.settings, &self.config);
        self.agree(self.session_terms.clone());
        self.sample();
        self.refresh_config(was_awaited);
    }

    fn refresh_config(&mut self, was_awaited: bool) {
        let is_session = self.facts.session == SessionState::Known;
        let is_fresh = was_awaited && self.is_config_fresh;
        self.due.fetches |= self.settings.uses_remote_config && is_session && !is_fresh;
    }

    /// Nothing that was captured before this belongs to what comes after it,
    /// unless it is held for exactly that.
    fn turn_to(&mut self, recording: Recording) {
        let is_held_for_it = matches!(
            (&self.recording, &recording),
            (Recording::Hold { .. }, Recording::Hold { .. } | Recording::Replay(_))
        );
        if !is_held_for_it {
            self.break_off();
        }
        self.has_replay |= matches!(recording, Recording::Replay(_));
        self.due.recording = Some(recording.clone());
        self.recording = recording;
    }

    fn break_off(&mut self) {
        self.due.wipes = true;
        self.epoch += 1;
    }

    /// Tells why the session has no replay, once.
    fn report(&mut self) {
        let is_due = !self.has_replay && !self.has_report && self.terms.reports_decisions;
        let (Current::Replay(replay), Decision::Not(reason), true) =
            (&self.current, decide(&self.facts), is_due)
        else {
            return;
        };
        if let Some(record) = decision_record(replay, reason) {
            self.due.report(record);
            self.has_report = true;
        }
    }
}
