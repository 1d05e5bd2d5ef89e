//! The `gn-collections` command.

use clap::{Parser, Subcommand};
use secrecy::SecretString;
use server::config::{Arguments, Config, StoreArguments};
use server::doctor::report::{Finding, Report};
use server::operator;
use server::state::AppState;
use std::io::Write;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

/// Lists are cut into many small pieces and put together again, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Brings the collections of GeneNetwork's earlier accounts, and those made without an account, to
/// the accounts of the new sign-in server.
#[derive(Parser)]
#[command(name = "gn-collections", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the page until SIGTERM or Ctrl-C.
    Serve(Box<Arguments>),
    /// Check configuration, Redis and auth server, and say what to set. Ends with 1 if there is a problem.
    Doctor(Box<Doctor>),
    /// Count what lies in Redis and name what cannot be read. Changes nothing.
    Report {
        #[command(flatten)]
        store: StoreArguments,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print an account's receipts as JSON, newest first.
    Receipts {
        #[command(flatten)]
        store: StoreArguments,
        /// The account's id on the new auth server.
        owner: Uuid,
    },
    /// Take a transfer or a deletion back, as its owner could. Prints the receipt of that as JSON.
    Undo {
        #[command(flatten)]
        store: StoreArguments,
        /// Id of the receipt.
        receipt: Uuid,
    },
    /// Print what was changed or refused, oldest first, one JSON object a line: ids and counts only.
    Audit {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Print the OpenAPI description of the API as JSON.
    Openapi,
}

/// What the doctor is told.
#[derive(clap::Args)]
struct Doctor {
    #[command(flatten)]
    arguments: Arguments,

    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,

    /// Somebody's access token, to try on the user endpoint. It is shown nowhere.
    #[arg(long, env = "GNC_DOCTOR_TOKEN", hide_env_values = true)]
    token: Option<SecretString>,
}

/// Why the command ended; each is one line for the operator.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] server::config::ConfigError),
    #[error(transparent)]
    State(#[from] server::state::StateError),
    #[error("{variable}: cannot listen on {address}: {reason}; choose a free address and port")]
    Bind {
        variable: &'static str,
        address: std::net::SocketAddr,
        reason: std::io::Error,
    },
    #[error("the metrics cannot be counted: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    #[error(transparent)]
    Operator(#[from] operator::Failure),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl Failure {
    /// Whoever read what is printed, e.g. `head`, has seen enough.
    fn is_closed_pipe(&self) -> bool {
        let (Self::Io(error) | Self::Operator(operator::Failure::Print(error))) = self else {
            return false;
        };
        error.kind() == std::io::ErrorKind::BrokenPipe
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(arguments) => serve(*arguments).await,
        Command::Doctor(doctor) => match examine(*doctor).await {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(failure) => Err(failure),
        },
        Command::Report { store, json } => operate(operator::report::print(store, json)).await,
        Command::Receipts { store, owner } => {
            operate(operator::receipts::print(store, owner)).await
        }
        Command::Undo { store, receipt } => operate(operator::undo::run(store, receipt)).await,
        Command::Audit { store } => operate(operator::audit::print(store)).await,
        Command::Openapi => print_openapi(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // The log may not be set up yet, and a start that fails is for whoever typed the command.
            let _ = writeln!(std::io::stderr(), "gn-collections: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn operate(
    command: impl Future<Output = Result<(), operator::Failure>>,
) -> Result<(), Failure> {
    Ok(command.await?)
}

async fn serve(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::try_from(arguments)?;
    server::telemetry::init(&config.log);
    let (bind, metrics_bind) = (config.http.bind, config.http.metrics_bind);
    // Before anything is counted.
    if let Some(bind) = metrics_bind {
        let listener = listen("GNC_METRICS_BIND", bind).await?;
        writeln!(
            std::io::stdout(),
            "metrics on http://{}/metrics",
            listener.local_addr()?
        )?;
        server::metrics::start(listener)?;
    }
    let state = AppState::new(config)?;
    let listener = listen("GNC_BIND", bind).await?;
    // Scripts that start the server on port 0 wait for this line.
    writeln!(
        std::io::stdout(),
        "listening on http://{}",
        listener.local_addr()?
    )?;
    server::run(listener, state, stop_signal()?).await?;
    Ok(())
}

async fn listen(
    variable: &'static str,
    address: std::net::SocketAddr,
) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|reason| Failure::Bind {
            variable,
            address,
            reason,
        })
}

/// Prints what was found, and answers whether all is well.
async fn examine(doctor: Doctor) -> Result<bool, Failure> {
    let report = match Config::try_from(doctor.arguments) {
        Ok(config) => server::doctor::examine(config, doctor.token.as_ref()).await?,
        Err(error) => {
            let mut report = Report::default();
            report.add(Finding::problem("configuration", error.to_string()));
            report
        }
    };
    let mut out = std::io::stdout();
    if doctor.json {
        writeln!(out, "{:#}", report.to_json())?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(report.is_sound())
}

/// Resolves at the first SIGTERM or SIGINT.
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: running requests may finish");
    })
}

fn print_openapi() -> Result<(), Failure> {
    let description = serde_json::to_string_pretty(&server::routes::openapi::description())
        .map_err(std::io::Error::other)?;
    writeln!(std::io::stdout(), "{description}")?;
    Ok(())
}
