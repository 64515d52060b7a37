//! Breaks text into lines with Inter's metrics, for capturers that have no text system of their own.
