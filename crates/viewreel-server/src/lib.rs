//! The service: configuration, routes, the embedded web app.
