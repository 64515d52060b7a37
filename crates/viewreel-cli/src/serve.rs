//! `viewreel serve`: the server, until it is told to stop.

use crate::args::ServeArgs;
use crate::error::CliError;
use crate::print::say;
use viewreel_server::{Config, DefaultKey, Server};

pub(crate) fn run(args: &ServeArgs) -> Result<(), CliError> {
    log_to_stderr("info");
    runtime()?.block_on(async {
        let server = bind(Config { data_dir: args.data.clone(), listen: args.listen }).await?;
        // The key is in a file too: a server serves even where nobody reads this.
        let address =
            format!("Viewreel serves http://{} from {}", server.addr(), args.data.display());
        say(format_args!(
            "{address}\n{}\nPress Ctrl-C to stop.",
            describe_key(server.default_key())
        ))
        .ok();
        server.run(stop_signal()).await;
        Ok(())
    })
}

fn describe_key(key: &DefaultKey) -> String {
    let path = key.path.display();
    match (&key.key, key.is_new) {
        (Some(value), true) => format!(
            "Project «default» was created. Its write key: {}\n(kept in {path})",
            value.as_str()
        ),
        (Some(_), false) => format!("The write key of the project «default» is in {path}"),
        (None, _) => format!(
            "The write key of the project «default» is known to its apps only: {path} is gone or was changed"
        ),
    }
}

/// Binds a server, or says why it cannot.
pub(crate) async fn bind(config: Config) -> Result<Server, CliError> {
    Server::bind(config).await.map_err(|error| CliError::failed(error.to_string()))
}

/// The runtime that the server runs on.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Runtime::new()
        .map_err(|error| CliError::failed(format!("cannot start the server's threads: {error}")))
}

/// Sends the server's log to standard error. `VIEWREEL_LOG` chooses what is
/// logged, in `tracing`'s filter syntax.
pub(crate) fn log_to_stderr(default: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("VIEWREEL_LOG");
    tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| default.into()))
        .with_writer(std::io::stderr)
        .init();
}

/// Over when the process is asked to stop, by Ctrl-C or by SIGTERM.
pub(crate) async fn stop_signal() {
    let interrupt = async { tokio::signal::ctrl_c().await.is_ok() };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await.is_some(),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<bool>();
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
