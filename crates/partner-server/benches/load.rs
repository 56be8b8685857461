//! Load test of the server program with many sessions at the same time. The server is a separate process. Its database
//! has one partner with very many clients, and many other partners. The test prints percentiles of the durations, and
//! the memory that the server uses.
//!
//! `PARTNER_SERVER` is the path of the program. `PARTNER_LOAD_CLIENTS`, `_PARTNERS`, `_SESSIONS` and `_SECONDS` change
//! the load. The server inherits the environment, so `DATABASE_URL` selects its database.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use partner_api::{
    BlockClients, Endpoint, GetBalance, GetClient, GetSession, ListClients, Method, Session, SetClientIdentifier,
    SignIn, UnblockClients,
    auth::{CSRF_HEADER, Credentials, IDEMPOTENCY_HEADER},
    bulk::ClientPids,
    client::{ClientIdentifier, ClientsPage, ClientsQuery, Include},
    endpoint::{ClientPath, Empty, NoPath, PartnerPath},
};
use partner_demo::seed;
use partner_server::{
    accounts::{self, NewPartner},
    auth::password::PasswordCost,
    clock::{Clock, SystemClock},
    store::{Location, PostgresUrl, Store},
};
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use reqwest::{Client as Http, RequestBuilder};

const EMAIL: &str = "load@partner.example";
const PASSWORD: &str = "a password for the load";
/// Range of the pause of a simulated user after each request, in milliseconds.
const PAUSE: std::ops::Range<u64> = 1_000..3_000;
/// Number of clients that a simulated user requests at once. The app requests its first page with the same number.
const PAGE: u32 = 500;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (clients, partners) = (setting("CLIENTS", 100_000)?, setting("PARTNERS", 1_000)?);
    let (sessions, seconds) = (setting("SESSIONS", 200)?, setting("SECONDS", 30)?);
    let folder = tempfile::TempDir::new()?;
    let started = Instant::now();
    fill(folder.path(), clients, partners).await?;
    say(&format!("{clients} clients of one partner, {partners} partners: filled in {} s", started.elapsed().as_secs()));

    let mut server = Server::start(folder.path())?;
    server.say_memory("after the start");
    let visitor = Visitor::sign_in(&Http::builder().no_gzip().build()?, &server.base).await?;
    let list = visitor.walk().await?;
    ensure!(list.pids.len() == usize::try_from(clients)?, "{} clients in the list", list.pids.len());
    server.say_memory("after the whole list");

    let http = Http::builder().no_gzip().pool_max_idle_per_host(usize::try_from(sessions)?).build()?;
    // Let only four sign-ins run at the same time. All sessions use the same login, and the server rejects the sixth
    // unfinished sign-in with one login.
    let visitors = stream::iter(0..sessions).map(|_| Visitor::sign_in(&http, &server.base)).buffered(4);
    let visitors: Vec<Visitor> = visitors.try_collect().await?;
    let until = Instant::now() + Duration::from_secs(seconds);
    let visits = visitors.iter().zip(0..).map(|(visitor, n)| visitor.visit(&list, n, until));
    let measured: Vec<Measured> = futures_util::future::try_join_all(visits).await?;

    let all = |take: fn(&Measured) -> &Vec<Duration>| measured.iter().flat_map(take).copied().collect::<Vec<_>>();
    let (lists, reads, changes) = (all(|it| &it.lists), all(|it| &it.reads), all(|it| &it.changes));
    let requests = lists.len() + reads.len() + changes.len();
    let rate = requests / usize::try_from(seconds.max(1))?;
    say(&format!("{sessions} sessions for {seconds} s: {requests} requests, {rate} a second, none failed"));
    say_percentiles(&format!("list, a page of {PAGE} with balances"), lists);
    say_percentiles("one client, one balance", reads);
    say_percentiles("identifier, block, unblock", changes);
    server.say_memory("after the load");
    server.stop()
}

fn setting(name: &str, usual: u64) -> anyhow::Result<u64> {
    match std::env::var(format!("PARTNER_LOAD_{name}")) {
        Ok(text) => text.parse().with_context(|| format!("PARTNER_LOAD_{name} must be a number")),
        Err(_) => Ok(usual),
    }
}

fn program() -> Command {
    let mut program =
        Command::new(std::env::var("PARTNER_SERVER").unwrap_or_else(|_| env!("CARGO_BIN_EXE_partner-server").into()));
    program.env("RUST_LOG", "warn");
    program
}

/// Creates the partners and their clients in the database that the server will use. Call this before the server starts.
async fn fill(data: &Path, clients: u64, partners: u64) -> anyhow::Result<()> {
    let location = match std::env::var("DATABASE_URL") {
        Ok(url) => Location::Postgres(url.parse::<PostgresUrl>().map_err(anyhow::Error::msg)?),
        Err(_) => Location::from(data),
    };
    let store = Store::open(location).await?;
    let pid = accounts::new_pid();
    let partner = NewPartner { pid: &pid, title: "Load", email: EMAIL, name: None, phone: None, password: PASSWORD };
    let now = SystemClock.now();
    accounts::create_partner(&store, &partner, PasswordCost::default(), now).await?;
    seed::add_clients(&store, &pid, u32::try_from(clients)?, 1, 0, now, &|_, _| ()).await?;
    seed::add_partners(&store, u32::try_from(partners.saturating_sub(1))?, 20, 2, now).await?;
    store.close().await;
    Ok(())
}

struct Server {
    child: Child,
    base: String,
}

impl Server {
    fn start(data: &Path) -> anyhow::Result<Self> {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped());
        let mut child = command.spawn().context("cannot start the server")?;
        let lines = BufReader::new(child.stdout.take().context("the output is not a pipe")?).lines();
        let base = lines.map_while(Result::ok).find_map(|line| Some(line.strip_prefix("Listening on ")?.to_owned()));
        Ok(Self { child, base: base.context("the server ended before it printed its address")? })
    }

    /// Prints the current and the peak memory of the server process; on systems other than Linux, prints "unknown".
    fn say_memory(&self, when: &str) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
            kib.map_or("unknown".to_owned(), |kib| format!("{} MB", kib * 1024 / 1_000_000))
        };
        say(&format!("memory {when:<32} {} (at most {})", megabytes("VmRSS:"), megabytes("VmHWM:")));
    }

    fn stop(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ignore an error, because `drop` cannot return one.
        let _ = self.stop();
    }
}

/// The PIDs of all clients of the partner, and the markers at which the fetched pages start (`None` for the first
/// page).
struct List {
    pids: Vec<String>,
    markers: Vec<Option<String>>,
}

#[derive(Default)]
struct Measured {
    lists: Vec<Duration>,
    reads: Vec<Duration>,
    changes: Vec<Duration>,
}

struct Visitor {
    http: Http,
    base: String,
    cookie: String,
    token: String,
    partner: PartnerPath,
}

impl Visitor {
    async fn sign_in(http: &Http, base: &str) -> anyhow::Result<Self> {
        let body = Credentials { email: EMAIL.into(), password: PASSWORD.into() };
        let reply = http.post(format!("{base}{}", SignIn::ROUTE)).json(&body).send().await?.error_for_status()?;
        let cookie = reply.headers()["set-cookie"].to_str()?.split(';').next().unwrap_or_default().to_owned();
        let partner = PartnerPath { pid: String::new() };
        let mut visitor = Self { http: http.clone(), base: base.into(), cookie, token: String::new(), partner };
        let request = visitor.request::<GetSession>(&NoPath {}, &Empty {});
        let session: Session = request.send().await?.error_for_status()?.json().await?;
        visitor.token = session.csrf_token.context("a session has a token")?;
        visitor.partner.pid = session.partner.pid;
        Ok(visitor)
    }

    fn request<E: Endpoint>(&self, path: &E::Path, query: &E::Query) -> RequestBuilder {
        let url = format!("{}{}", self.base, E::url(path, query));
        let request = match E::METHOD {
            Method::Get => self.http.get(url),
            Method::Post => self.http.post(url),
            Method::Put => self.http.put(url),
            Method::Delete => self.http.delete(url),
        };
        request.header("cookie", &self.cookie).header(CSRF_HEADER, &self.token)
    }

    fn page(&self, limit: u32, marker: Option<String>) -> RequestBuilder {
        let query = ClientsQuery { limit: Some(limit), marker, include: Some(Include::Balance) };
        self.request::<ListClients>(&self.partner, &query)
    }

    /// Fetches the whole list in pages of 10,000 clients.
    async fn walk(&self) -> anyhow::Result<List> {
        let (mut pids, mut markers, mut times) = (Vec::new(), vec![None], Vec::new());
        loop {
            let started = Instant::now();
            let reply = self.page(10_000, markers.last().cloned().flatten()).send().await?.error_for_status()?;
            let page = ClientsPage::decode(&reply.text().await?)?;
            times.push(started.elapsed());
            pids.extend(page.clients.into_iter().map(|client| client.pid));
            if page.marker.is_none() {
                break;
            }
            markers.push(page.marker);
        }
        say_percentiles("whole list, a page of 10,000, one caller", times);
        Ok(List { pids, markers })
    }

    /// Simulates a user until the time `until`. The user mostly reads pages of the list, and sometimes reads or changes
    /// clients.
    async fn visit(&self, list: &List, number: u64, until: Instant) -> anyhow::Result<Measured> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(number);
        let mut below = |bound: usize| usize::try_from(random.next_u64() % bound as u64).unwrap_or(0);
        let mut measured = Measured::default();
        // Start with a random pause, so that the simulated users do not all send requests at the same moment.
        pause(below(PAUSE.end as usize)).await;
        while Instant::now() < until {
            let pid = list.pids[below(list.pids.len())].clone();
            let client = ClientPath { pid: self.partner.pid.clone(), client_pid: pid };
            let (request, times) = match below(10) {
                0 => (self.request::<GetClient>(&client, &Empty {}), &mut measured.reads),
                1 => (self.request::<GetBalance>(&client, &Empty {}), &mut measured.reads),
                2 => {
                    let body = ClientIdentifier { client_id: format!("N-{}", below(10_000)), previous_client_id: None };
                    let request = self.request::<SetClientIdentifier>(&client, &Empty {});
                    (request.json(&body), &mut measured.changes)
                }
                3 => {
                    let start = below(list.pids.len());
                    let pids = list.pids.iter().skip(start).take(1 + below(20)).cloned().collect();
                    let request = if below(2) == 0 {
                        self.request::<BlockClients>(&self.partner, &Empty {})
                    } else {
                        self.request::<UnblockClients>(&self.partner, &Empty {})
                    };
                    let key = format!("{number}-{}", measured.changes.len());
                    (request.header(IDEMPOTENCY_HEADER, key).json(&ClientPids { pids }), &mut measured.changes)
                }
                _ => (self.page(PAGE, list.markers[below(list.markers.len())].clone()), &mut measured.lists),
            };
            let started = Instant::now();
            request.header("accept-encoding", "gzip").send().await?.error_for_status()?.bytes().await?;
            times.push(started.elapsed());
            pause(PAUSE.start as usize + below((PAUSE.end - PAUSE.start) as usize)).await;
        }
        Ok(measured)
    }
}

async fn pause(millis: usize) {
    tokio::time::sleep(Duration::from_millis(millis as u64)).await;
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its results")]
fn say(line: &str) {
    println!("{line}");
}

fn say_percentiles(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100).map_or(0, Duration::as_millis);
    say(&format!("{name:<40} p50 {:>5} ms  p95 {:>5} ms  most {:>5} ms  ({})", at(50), at(95), at(100), times.len()));
}
