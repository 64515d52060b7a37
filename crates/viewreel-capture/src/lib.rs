//! The in-process capture buffer: its layout, its checks, the raw snapshot as a view into it.
