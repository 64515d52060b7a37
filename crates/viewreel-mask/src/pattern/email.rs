//! E-mail addresses.

/// Letters that the last part of a domain has at least.
const MIN_TOP_LETTERS: u8 = 2;

/// Looks for `local@label.label`, one character at a time. The end of a line is
/// skipped, so that a broken address is still one.
#[derive(Default)]
pub(super) struct EmailScanner {
    state: State,
}

#[derive(Clone, Copy, Default)]
enum State {
    /// Before anything that could be the part before the `@`.
    #[default]
    Nothing,
    /// In what could be the part before the `@`.
    Local,
    /// After the `@`, before the first dot.
    Domain { has_label: bool },
    /// After a dot of the domain: how many letters the label began with, and
    /// whether it still does.
    Top { letters: u8, is_letters: bool },
}

impl EmailScanner {
    /// Takes the next character; true where an address is complete.
    pub(super) fn feed(&mut self, c: char) -> bool {
        if c == super::LINE_END {
            return false;
        }
        self.state = next(self.state, c);
        matches!(self.state, State::Top { letters: MIN_TOP_LETTERS.., .. })
    }
}

fn next(state: State, c: char) -> State {
    match (state, c) {
        // What looks like a domain may be the part before another `@`.
        (State::Local | State::Domain { has_label: true } | State::Top { .. }, '@' | '＠') => {
            State::Domain { has_label: false }
        }
        (State::Domain { has_label: true }, '.') => State::Top { letters: 0, is_letters: true },
        (State::Top { letters: 1.., .. }, '.') => State::Top { letters: 0, is_letters: true },
        (State::Top { letters, is_letters: true }, c) if c.is_alphabetic() => {
            State::Top { letters: letters.saturating_add(1), is_letters: true }
        }
        (State::Top { letters, .. }, c) if is_label(c) => {
            State::Top { letters: letters.max(1), is_letters: false }
        }
        (State::Domain { .. }, c) if is_label(c) => State::Domain { has_label: true },
        (_, c) if is_local(c) => State::Local,
        _ => State::Nothing,
    }
}

fn is_label(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// What may stand before the `@` without quotes (RFC 5322, `atext` and the dot).
fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}
