//! The command line: parses the arguments, and runs the commands.

mod audit;
mod backup;
mod contact;
mod program;
mod users;

use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, builder::BoolishValueParser};
use tokio::net::TcpListener;

pub use self::program::{DemoData, DemoFuture, Program, SeedOptions, TestLayer};

use crate::{
    bundle,
    clock::{Clock, SystemClock, SystemEntropy},
    config::Settings,
    emails::smtp::{SmtpUrl, parse_mailbox},
    logging, routes, serve,
    state::App,
    store::{PostgresUrl, Store},
};

const NO_DEMO: &str = "this program has no demonstration data; use partner-server-demo, for example: \
     cargo run --package partner-demo -- serve --demo";

/// The reference server of the partner API.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and, with --bundle, the app.
    Serve(Serve),
    /// Create a partner with its first user. The password is generated and printed once, or read from standard input.
    CreatePartner(users::CreatePartner),
    /// Create another user of a partner. The password is generated and printed once, or read from standard input.
    CreateUser(users::CreateUser),
    /// Add generated clients to a partner, or generated partners with clients (partner-server-demo only).
    Seed(Seed),
    /// Print the latest entries of the audit log as JSON, one per line, or verify the log.
    Audit(audit::Audit),
    /// Copy the database into a file, even while a server uses it.
    Backup(backup::Backup),
    /// Restore a copy into a folder that has no database.
    Restore(backup::Restore),
    /// List or export the requests of the "Contact sales" form, or record a reply.
    #[command(subcommand)]
    ContactRequests(contact::Command),
    /// Print the emails that have not been sent as JSON, one per line.
    #[command(alias = "letters")]
    Emails(Data),
}

#[derive(Debug, Args)]
struct Data {
    /// Folder of the database and of emails; created if it does not exist.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// PostgreSQL database to use instead of the one in the folder, as postgres://user:password@host:5432/database.
    /// Emails stay in the folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<PostgresUrl>,
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port. Unless this is a loopback address, the session cookie requires HTTPS: put a TLS proxy in
    /// front.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of the app's bundle, served under /partner/app/.
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// File to serve instead of the bundle's config.json.
    #[arg(long)]
    config: Option<PathBuf>,
    /// URL at which browsers reach the server, for links in emails [default: http:// and the address of --listen].
    #[arg(long)]
    public_url: Option<String>,
    /// Send the session cookie to frames on other sites (SameSite=None; Secure), so that they can embed the app.
    #[arg(long)]
    cross_site_cookie: bool,
    /// Trust the last address in X-Forwarded-For, because a proxy in front sets it.
    #[arg(long)]
    behind_proxy: bool,
    /// Serve only the published calls, with their published bodies and without this project's additions.
    #[arg(long, env = "PARTNER_PUBLISHED_ONLY", value_parser = BoolishValueParser::new())]
    published_only: bool,
    /// Address and port that serve /metrics to Prometheus. Allow only Prometheus to reach this address.
    #[arg(long)]
    metrics: Option<SocketAddr>,
    /// Fill an empty database with demonstration data, and print how to sign in (partner-server-demo only).
    #[arg(long)]
    demo: bool,
    /// Months of movements in the demonstration data, at most 120.
    #[arg(long, default_value_t = 18, value_parser = clap::value_parser!(u32).range(0..=120))]
    demo_months: u32,
    /// Mail server, as smtps://user:password@host:465 or smtp://host:587?tls=required [default: write emails to files
    /// in the data folder].
    #[arg(long, env = "PARTNER_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    smtp_url: Option<SmtpUrl>,
    /// Sender of emails, for example "Partner account <no-reply@partner.example>".
    #[arg(long, env = "PARTNER_MAIL_FROM", value_parser = parse_mailbox)]
    mail_from: Option<String>,
    /// Mailbox that receives contact requests (default without a mail server: sales@partner.example).
    #[arg(long, env = "PARTNER_SALES_EMAIL", value_parser = parse_mailbox)]
    sales_email: Option<String>,
    /// Seconds without a request after which a session ends.
    #[arg(long, default_value_t = 30 * 60, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    session_idle: u64,
    /// Seconds after which a session ends in any case.
    #[arg(long, default_value_t = 8 * 60 * 60, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    session_max: u64,
}

#[derive(Debug, Args)]
struct Seed {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    options: SeedOptions,
}

/// Parses the command line of the process, and runs the command.
pub async fn run(program: &Program) -> ExitCode {
    let command = Cli::command().name(program.name).version(program.version);
    let cli = Cli::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit());
    if let Err(error) = tracing::subscriber::set_global_default(logging::subscriber(std::io::stderr)) {
        print_error(&error.to_string());
    }
    let result = match cli.command {
        Command::Serve(args) => serve(args, program).await,
        Command::CreatePartner(args) => users::create_partner(args).await,
        Command::CreateUser(args) => users::create_user(args).await,
        Command::Seed(args) => seed(args, program).await,
        Command::Audit(args) => audit::run(args).await,
        Command::Backup(args) => backup::back_up(args).await,
        Command::Restore(args) => backup::restore(args).await,
        Command::ContactRequests(command) => contact::run(command).await,
        Command::Emails(data) => contact::emails(data).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn serve(args: Serve, program: &Program) -> anyhow::Result<()> {
    ensure!(!args.demo || program.demo.is_some(), NO_DEMO);
    ensure!(
        program.test_layer.is_none() || args.listen.ip().to_canonical().is_loopback(),
        "{} is for tests only: --listen must be a loopback address, for example 127.0.0.1:8080",
        program.name
    );
    let listener = TcpListener::bind(args.listen);
    let listener = listener.await.with_context(|| format!("cannot listen on {}", args.listen))?;
    if let Some(bundle) = &args.bundle {
        let index = bundle.join("index.html");
        ensure!(index.is_file(), "{} is not a bundle: it has no index.html", bundle.display());
        if args.config.is_none() {
            bundle::config::check_file(&bundle.join("config.json"))?;
        }
    }
    if let Some(config) = &args.config {
        bundle::config::check_file(config)?;
    }
    let stop = serve::stop_signal()?;
    let settings = settings(&args, listener.local_addr()?)?;
    let app = App::new(settings, open(&args.data).await?, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let demo = program.demo.filter(|_| args.demo);
    if let Some(demo) = demo
        && app.is_empty().await?
    {
        demo.fill(&app, args.demo_months).await?;
    }
    if app.settings.sales_email.is_none() {
        tracing::warn!("--sales-email is not set: contact requests are stored, but no email announces them");
    }
    if let Some(address) = args.metrics {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        tokio::spawn(serve::serve_metrics(app.clone(), listener));
    }
    let mut router = routes::router(&app);
    if let Some(TestLayer { warning, wrap }) = program.test_layer {
        tracing::warn!("{warning}");
        print_warning(warning);
        router = wrap(router);
    }
    print(&format!("Listening on {}", app.settings.public_url));
    if let Some(demo) = demo {
        print(&demo.sign_in_hint());
    }
    serve::serve_router(app, router, listener, stop).await
}

fn settings(args: &Serve, address: SocketAddr) -> anyhow::Result<Settings> {
    let public_url = args.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let is_https = public_url.starts_with("https://");
    ensure!(is_https || public_url.starts_with("http://"), "--public-url must start with https:// or http://");
    let usual = Settings::new(&args.data.data);
    Ok(Settings {
        bundle: args.bundle.clone(),
        config: args.config.clone(),
        public_url: public_url.trim_end_matches('/').to_owned(),
        // Set the cookie attribute `Secure`, send HSTS and let only HTTPS sites frame the app, unless the server
        // listens on a loopback address and the public URL is plain HTTP.
        secure: is_https || !address.ip().is_loopback(),
        behind_proxy: args.behind_proxy,
        published_only: args.published_only,
        cross_site_cookie: args.cross_site_cookie,
        session_idle: Duration::from_secs(args.session_idle),
        session_max: Duration::from_secs(args.session_max),
        smtp_url: args.smtp_url.clone(),
        sales_email: args.sales_email.clone().or(usual.sales_email.filter(|_| args.smtp_url.is_none())),
        mail_from: args.mail_from.clone().unwrap_or(usual.mail_from),
        ..usual
    })
}

async fn seed(args: Seed, program: &Program) -> anyhow::Result<()> {
    let demo = program.demo.context(NO_DEMO)?;
    let store = open(&args.data).await?;
    print(&demo.seed(&store, &args.options, SystemClock.now()).await?);
    store.close().await;
    Ok(())
}

async fn open(data: &Data) -> anyhow::Result<Store> {
    match &data.database_url {
        Some(url) => Store::open(url.clone()).await,
        None => Store::open(&data.data).await,
    }
}

/// Prints a line to standard output. Ignores errors, because a program that reads the output may stop early.
fn print(line: &str) {
    _ = writeln!(std::io::stdout(), "{line}");
}

#[expect(clippy::print_stderr, reason = "messages of commands are for the terminal, not for the log")]
fn print_warning(text: &str) {
    eprintln!("warning: {text}");
}

#[expect(clippy::print_stderr, reason = "messages of commands are for the terminal, not for the log")]
fn print_error(text: &str) {
    eprintln!("error: {text}");
}
