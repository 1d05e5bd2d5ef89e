//! The `gn-collections` command.

use clap::{Parser, Subcommand};
use futures_util::FutureExt;
use secrecy::SecretString;
use server::config::{Arguments, Config, StoreArguments};
use server::operator::{self, account::AccountArgument};
use server::state::AppState;
use std::io::Write;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

/// Lists are split into many small pieces and reassembled, which the system's allocator does
/// slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Migrates the collections of earlier GeneNetwork accounts and anonymous collections to accounts
/// of the new sign-in server.
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
    /// Check configuration, Redis and auth server, and say what to set. Exits with 1 on problems.
    Doctor(Box<Doctor>),
    /// Count the records in Redis and list unreadable ones. Changes nothing.
    Report {
        #[command(flatten)]
        store: StoreArguments,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Describe in words what a person would be offered, and why the rest is not. Changes nothing.
    Explain {
        #[command(flatten)]
        store: StoreArguments,
        /// E-mail address, or id of an account or a legacy account.
        subject: AccountArgument,
        /// Id of the account that has the address, if it is not known to gn-collections.
        #[arg(long)]
        account: Option<Uuid>,
    },
    /// Print an account's receipts as JSON, newest first.
    Receipts {
        #[command(flatten)]
        store: StoreArguments,
        /// Id of the account at the new auth server, or e-mail address.
        account: AccountArgument,
    },
    /// Undo a transfer or a deletion, as its owner could. Prints the new receipt as JSON.
    Undo {
        #[command(flatten)]
        store: StoreArguments,
        /// Id of the receipt.
        receipt: Uuid,
    },
    /// Record that a legacy account belongs to a person, who is then offered its collections.
    /// Prints such records of the person as JSON.
    Assign {
        #[command(flatten)]
        store: StoreArguments,
        #[command(flatten)]
        assignment: operator::assign::Assignment,
    },
    /// Print changes and refusals, oldest first, one JSON object per line, with ids and counts
    /// only.
    Audit {
        #[command(flatten)]
        store: StoreArguments,
        /// Print only what concerns this account: an id, or an e-mail address.
        account: Option<AccountArgument>,
    },
    /// Print the OpenAPI description of the API as JSON.
    Openapi,
}

#[derive(clap::Args)]
struct Doctor {
    #[command(flatten)]
    arguments: Arguments,

    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,

    /// An access token to try at the user endpoint. It is not displayed.
    #[arg(long, env = "GNC_DOCTOR_TOKEN", hide_env_values = true)]
    token: Option<SecretString>,
}

/// Errors of a command, each with one line for the operator; each wrong setting has its own.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Config(#[from] server::config::ConfigErrors),
    #[error(transparent)]
    State(#[from] server::state::StateError),
    #[error("{variable}: cannot listen on {address}: {reason}; choose a free address and port")]
    Bind {
        variable: &'static str,
        address: std::net::SocketAddr,
        reason: std::io::Error,
    },
    #[error("the metrics cannot start: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    #[error(transparent)]
    Operator(#[from] operator::OperatorError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl CommandError {
    /// Whether the reader of the output, e.g. `head`, has closed the pipe.
    fn is_closed_pipe(&self) -> bool {
        let (Self::Io(error) | Self::Operator(operator::OperatorError::Print(error))) = self else {
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
        Command::Explain {
            store,
            subject,
            account,
        } => operate(operator::explain::print(store, subject, account)).await,
        Command::Receipts { store, account } => {
            operate(operator::receipts::print(store, account)).await
        }
        Command::Undo { store, receipt } => operate(operator::undo::run(store, receipt)).await,
        Command::Assign { store, assignment } => {
            operate(operator::assign::run(store, assignment)).await
        }
        Command::Audit { store, account } => operate(operator::audit::print(store, account)).await,
        Command::Openapi => print_openapi(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // The log may not be set up yet.
            for line in failure.to_string().lines() {
                let _ = writeln!(std::io::stderr(), "gn-collections: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn operate(
    command: impl Future<Output = Result<(), operator::OperatorError>>,
) -> Result<(), CommandError> {
    Ok(command.await?)
}

async fn serve(arguments: Arguments) -> Result<(), CommandError> {
    let config = Config::try_from(arguments)?;
    server::telemetry::init(&config.log);
    let (bind, metrics_bind) = (config.http.bind, config.http.metrics_bind);
    let gn2_bind = config.gn2.as_ref().map(|gn2| gn2.bind);
    // Metrics must start before the first count.
    if let Some(bind) = metrics_bind {
        let listener = listen("GNC_METRICS_BIND", bind).await?;
        writeln!(
            std::io::stdout(),
            "metrics on http://{}/metrics",
            listener.local_addr()?
        )?;
        server::metrics::start(listener)?;
    }
    server::startup::log_cautions(&config);
    let state = AppState::new(config)?;
    let listener = listen("GNC_BIND", bind).await?;
    let stopped = stop_signal()?.shared();
    let gn2 = match gn2_bind {
        Some(bind) => {
            let listener = listen("GNC_GN2_BIND", bind).await?;
            writeln!(
                std::io::stdout(),
                "endpoints for GN2 on http://{}",
                listener.local_addr()?
            )?;
            server::run_gn2(listener, state.clone(), stopped.clone()).left_future()
        }
        None => std::future::ready(Ok(())).right_future(),
    };
    // Scripts that start the server on port 0 read this line.
    writeln!(
        std::io::stdout(),
        "listening on http://{}",
        listener.local_addr()?
    )?;
    tokio::spawn(server::startup::log_reachability(state.clone()));
    tokio::try_join!(server::run(listener, state, stopped), gn2)?;
    Ok(())
}

async fn listen(
    variable: &'static str,
    address: std::net::SocketAddr,
) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|reason| CommandError::Bind {
            variable,
            address,
            reason,
        })
}

/// Prints the findings. Returns whether there is no problem.
async fn examine(doctor: Doctor) -> Result<bool, CommandError> {
    let store = doctor.arguments.store.clone();
    let report = match Config::try_from(doctor.arguments) {
        Ok(config) => server::doctor::examine(config, doctor.token.as_ref()).await?,
        Err(errors) => server::doctor::examine_without_config(&errors, store).await?,
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
        tracing::info!("stopping; running requests may finish");
    })
}

fn print_openapi() -> Result<(), CommandError> {
    let description = serde_json::to_string_pretty(&server::routes::openapi_description())
        .map_err(std::io::Error::other)?;
    writeln!(std::io::stdout(), "{description}")?;
    Ok(())
}
