//! Keeps sealed segments on the device until acknowledged: append, seal, recover, trim.
