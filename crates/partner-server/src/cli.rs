//! The commands: serve, create-partner, create-user, seed, audit, backup, restore, contact-requests, letters.

mod audit;
mod backup;
mod contact;
mod users;

use std::{
    io::{IsTerminal, Write},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use clap::{Args, Parser, Subcommand, builder::BoolishValueParser};
use tokio::net::TcpListener;

use crate::{
    bundle,
    clock::{Clock, SystemClock, SystemEntropy},
    config::Settings,
    emails::smtp::{SmtpUrl, parse_mailbox},
    logging, seed, serve,
    state::App,
    store::{PostgresUrl, Store},
};

/// The reference server of the partner API.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and, with --bundle, the account.
    Serve(Serve),
    /// Create a partner with its first user. The password is generated and printed once, or read from standard input.
    CreatePartner(users::CreatePartner),
    /// Create another user of a partner, with a password like that of the first.
    CreateUser(users::CreateUser),
    /// Add made-up clients to a partner, or made-up partners with clients.
    Seed(Seed),
    /// Print the newest lines of the audit log, one JSON object a line, or verify the log.
    Audit(audit::Audit),
    /// Copy the database into a file, also while a server uses it.
    Backup(backup::Backup),
    /// Put such a copy into a folder that has no database.
    Restore(backup::Restore),
    /// List, export or mark the requests of Contact sales.
    #[command(subcommand)]
    ContactRequests(contact::Command),
    /// Print the letters that did not leave, one JSON object a line.
    Letters(Data),
}

#[derive(Debug, Args)]
struct Data {
    /// Folder of the database and of the letters; made where it is missing.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// PostgreSQL database in place of the one in the folder, as postgres://user:password@host:5432/database. Letters
    /// stay in the folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<PostgresUrl>,
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port. Off loopback the session cookie is for HTTPS only: put a proxy with TLS in front.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of the account's bundle, served under /partner/app/.
    #[arg(long)]
    bundle: Option<PathBuf>,
    /// File served in place of the bundle's config.json.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Where browsers find the server, for links in letters [default: http:// and the address of --listen].
    #[arg(long)]
    public_url: Option<String>,
    /// Let the session cookie go to frames on other sites (SameSite=None; Secure), for the account inside their pages.
    #[arg(long)]
    cross_site_cookie: bool,
    /// Believe the last address of X-Forwarded-For: a proxy in front sets it.
    #[arg(long)]
    behind_proxy: bool,
    /// Answer the published calls alone, with their published bodies, as an API without this project's additions.
    #[arg(long, env = "PARTNER_PUBLISHED_ONLY", value_parser = BoolishValueParser::new())]
    published_only: bool,
    /// Address and port for Prometheus, where nobody else gets to: /metrics.
    #[arg(long)]
    metrics: Option<SocketAddr>,
    /// Fill an empty database with demonstration data, and print how to sign in.
    #[arg(long)]
    demo: bool,
    /// Months of movements in the demonstration; 120 at most.
    #[arg(long, default_value_t = 18, value_parser = clap::value_parser!(u32).range(0..=120))]
    demo_months: u32,
    /// Mail server for letters, as smtps://user:password@host:465 or smtp://host:587?tls=required [default: files in
    /// the data folder].
    #[arg(long, env = "PARTNER_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    smtp_url: Option<SmtpUrl>,
    /// Sender of letters, as "Partner account <no-reply@partner.example>".
    #[arg(long, env = "PARTNER_MAIL_FROM", value_parser = parse_mailbox)]
    mail_from: Option<String>,
    /// Mailbox of sales, for contact requests (without a mail server: sales@partner.example).
    #[arg(long, env = "PARTNER_SALES_EMAIL", value_parser = parse_mailbox)]
    sales_email: Option<String>,
    /// A session ends after so many seconds without a request.
    #[arg(long, default_value_t = 30 * 60, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    session_idle: u64,
    /// A session ends after so many seconds in any case.
    #[arg(long, default_value_t = 8 * 60 * 60, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    session_max: u64,
}

#[derive(Debug, Args)]
struct Seed {
    #[command(flatten)]
    data: Data,
    /// How many clients, at most a million.
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    clients: u32,
    /// Make so many partners first, and give each its clients. Nobody knows their passwords.
    #[arg(long, conflicts_with_all = ["partner_email", "months"])]
    partners: Option<u32>,
    /// Months of movements, 120 at most. A hundred clients have about 13 MB of them a year.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=120))]
    months: u32,
    /// Which clients: the same number makes the same ones.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..4000))]
    seed: u32,
    /// Email of a user of the partner [default: the oldest partner].
    #[arg(long)]
    partner_email: Option<String>,
}

/// Runs the command of the process.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = tracing::subscriber::set_global_default(logging::subscriber(std::io::stderr)) {
        complain(&error.to_string());
    }
    let done = match cli.command {
        Command::Serve(args) => serve(args).await,
        Command::CreatePartner(args) => users::create_partner(args).await,
        Command::CreateUser(args) => users::create_user(args).await,
        Command::Seed(args) => add_clients(args).await,
        Command::Audit(args) => audit::run(args).await,
        Command::Backup(args) => backup::back_up(args).await,
        Command::Restore(args) => backup::restore(args).await,
        Command::ContactRequests(command) => contact::run(command).await,
        Command::Letters(data) => contact::letters(data).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn serve(args: Serve) -> anyhow::Result<()> {
    let listener = TcpListener::bind(args.listen);
    let listener = listener.await.with_context(|| format!("cannot listen on {}", args.listen))?;
    if let Some(bundle) = &args.bundle {
        let index = bundle.join("index.html");
        ensure!(index.is_file(), "{} is no bundle: it has no index.html", bundle.display());
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
    if args.demo && app.is_empty().await? {
        seed::demo(&app, args.demo_months, &report).await?;
    }
    if app.settings.sales_email.is_none() {
        tracing::warn!("no --sales-email: contact requests are stored, and nobody gets a letter about them");
    }
    if let Some(address) = args.metrics {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        tokio::spawn(serve::serve_metrics(app.clone(), listener));
    }
    say(&format!("Listening on {}", app.settings.public_url));
    if args.demo {
        say(&format!("Sign in with {} / {}", seed::DEMO_EMAIL, seed::DEMO_PASSWORD));
        say(&format!("or, to look only, with {} and the same password", seed::VIEWER_EMAIL));
    }
    serve::serve(app, listener, stop).await
}

fn settings(args: &Serve, address: SocketAddr) -> anyhow::Result<Settings> {
    let public_url = args.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let is_https = public_url.starts_with("https://");
    ensure!(is_https || public_url.starts_with("http://"), "--public-url starts with https:// or http://");
    let usual = Settings::new(&args.data.data);
    Ok(Settings {
        bundle: args.bundle.clone(),
        config: args.config.clone(),
        public_url: public_url.trim_end_matches('/').to_owned(),
        // Plain HTTP is for loopback alone.
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

async fn add_clients(args: Seed) -> anyhow::Result<()> {
    let store = open(&args.data).await?;
    if let Some(partners) = args.partners {
        seed::add_partners(&store, partners, args.clients, args.seed, SystemClock.now()).await?;
        say(&format!("Added {partners} partners with {} clients each", args.clients));
        store.close().await;
        return Ok(());
    }
    let partner = match &args.partner_email {
        Some(email) => store.partner_of(email).await?.with_context(|| format!("no user has the email {email}"))?,
        None => match store.oldest_partner().await? {
            Some(pid) => pid,
            None => bail!("there is no partner yet: run create-partner, or serve --demo"),
        },
    };
    let now = SystemClock.now();
    seed::add_clients(&store, &partner, args.clients, args.seed, args.months, now, &report).await?;
    say(&format!("Added {} clients to {partner}", args.clients));
    store.close().await;
    Ok(())
}

async fn open(data: &Data) -> anyhow::Result<Store> {
    match &data.database_url {
        Some(url) => Store::open(url.clone()).await,
        None => Store::open(&data.data).await,
    }
}

/// What a command is asked for goes to standard output; the log does not. Nobody has to read it to the end.
fn say(line: &str) {
    _ = writeln!(std::io::stdout(), "{line}");
}

/// How far ledgers are, on one line of a terminal; nothing where nobody watches.
#[expect(clippy::print_stderr, reason = "for the person at the terminal, not a log entry")]
fn report(done: usize, of: usize) {
    if std::io::stderr().is_terminal() {
        eprint!("\rMovements of {done} of {of} clients{}", if done == of { "\n" } else { "" });
    }
}

#[expect(clippy::print_stderr, reason = "one plain line for the person at the terminal, not a log entry")]
fn complain(line: &str) {
    eprintln!("error: {line}");
}
