//! A virtual phone: a scripted app with real layout and the real recorder.
