//! Generators, scripted sessions and mock clocks for tests and the virtual phone.
