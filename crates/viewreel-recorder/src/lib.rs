//! The device's state machine: capture buffers in, sealed segments and tasks out.
