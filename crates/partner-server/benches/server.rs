//! Measures API calls on a partner with thousands of clients and on a client with many movements, over HTTP and with a
//! real database. Prints the median duration of each call.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use partner_api::{
    BlockClients, Client, Day, Endpoint, GetBalance, GetExpenses, GetSession, ListClients, ListMovements, Session,
    SignIn, SummarizeMovements, UnblockClients,
    auth::{CSRF_HEADER, Credentials, IDEMPOTENCY_HEADER},
    bulk::{ClientPids, OutcomeStatus, Outcomes},
    client::{ClientsQuery, Include},
    endpoint::{ClientPath, Empty, NoPath, PartnerPath},
    ledger::{LedgerQuery, MovementsSummary},
};
use partner_demo::seed;
use partner_server::{
    App,
    accounts::{self, NewPartner},
    clock::{Clock, SystemClock, SystemEntropy},
    config::Settings,
    serve,
    store::Store,
};
use reqwest::{Client as Http, RequestBuilder};
use tokio::net::TcpListener;

const PID: &str = "mcs1";
const EMAIL: &str = "bench@partner.example";
/// Number of months of movements, for the clients that have movements.
const MONTHS: u32 = 18;
const PASSWORD: &str = "a password for benches";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::TempDir::new()?;
    let store = Store::open(folder.path()).await?;
    let settings = Settings::new(folder.path());
    let partner = NewPartner { pid: PID, title: "Bench", email: EMAIL, name: None, phone: None, password: PASSWORD };
    accounts::create_partner(&store, &partner, settings.password_cost, SystemClock.now()).await?;
    let started = Instant::now();
    seed::add_clients(&store, PID, 10_000, 1, 0, SystemClock.now(), &|_, _| ()).await?;
    report("seed of 10,000 clients", started.elapsed(), 0);

    // Create movements for only 500 of the clients, because creating movements takes long.
    let started = Instant::now();
    seed::add_clients(&store, PID, 500, 2, MONTHS, SystemClock.now(), &|_, _| ()).await?;
    report("seed of 500 clients with 18 months", started.elapsed(), 0);

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let app = App::new(settings, store, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    tokio::spawn(serve::serve(app, listener, std::future::pending()));
    let caller = Caller::sign_in(base).await?;

    let partner = PartnerPath { pid: PID.into() };
    let whole = ListClients::url(&partner, &ClientsQuery::default());
    caller.list("list of 10,500, bare array", &whole, "identity").await?;
    caller.list("list of 10,500, bare array, gzip", &whole, "gzip").await?;
    let query = ClientsQuery { limit: Some(10_000), marker: None, include: Some(Include::Balance) };
    caller.list("list of 10,000 with balances, gzip", &ListClients::url(&partner, &query), "gzip").await?;
    caller.ledger().await?;
    let query = ClientsQuery { limit: Some(500), marker: None, include: Some(Include::Balance) };
    caller.list("first page of 500 with balances, gzip", &ListClients::url(&partner, &query), "gzip").await?;

    let clients: Vec<Client> = serde_json::from_slice(&caller.get(&whole).send().await?.bytes().await?)?;
    let pids = clients.into_iter().filter(|it| it.enabled == Some(true)).map(|it| it.pid).take(1_000).collect();
    caller.bulk(&partner, &ClientPids { pids }).await
}

struct Caller {
    http: Http,
    base: String,
    cookie: String,
    token: String,
}

impl Caller {
    async fn sign_in(base: String) -> anyhow::Result<Self> {
        let http = Http::builder().no_gzip().build()?;
        let body = Credentials { email: EMAIL.into(), password: PASSWORD.into() };
        let reply = http.post(format!("{base}{}", SignIn::ROUTE)).json(&body).send().await?.error_for_status()?;
        let cookie = reply.headers()["set-cookie"].to_str()?.split(';').next().unwrap_or_default().to_owned();
        let mut caller = Self { http, base, cookie, token: String::new() };
        let session: Session = caller.get(&GetSession::url(&NoPath {}, &Empty {})).send().await?.json().await?;
        caller.token = session.csrf_token.unwrap_or_default();
        Ok(caller)
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.base)).header("cookie", &self.cookie)
    }

    async fn list(&self, name: &str, path: &str, encoding: &str) -> anyhow::Result<()> {
        let mut times = Vec::new();
        let mut size = 0;
        for _ in 0..31 {
            let started = Instant::now();
            let reply = self.get(path).header("accept-encoding", encoding).send().await?.error_for_status()?;
            size = reply.bytes().await?.len();
            times.push(started.elapsed());
        }
        report(name, median(times), size);
        Ok(())
    }

    /// Measures the calls that read the ledger, for one client with many movements.
    async fn ledger(&self) -> anyhow::Result<()> {
        let today = Day::of(SystemClock.now());
        let month = format!("from={}&to={today}", today.plus(-30));
        let months = |granularity| format!("from={}&to={today}&granularity={granularity}", today.plus(-547));
        let path = ClientPath { pid: PID.into(), client_pid: self.busiest().await? };
        let query = |text: &str| serde_urlencoded::from_str::<LedgerQuery>(text);
        let url = |text: &str| anyhow::Ok(SummarizeMovements::url(&path, &query(text)?));
        self.list("summary of a month by day", &url(&month)?, "gzip").await?;
        self.list("summary of 18 months by month", &url(&months("month"))?, "gzip").await?;
        self.list("summary of 18 months by week", &url(&months("week"))?, "gzip").await?;
        let url = |text: &str| anyhow::Ok(GetExpenses::url(&path, &query(text)?));
        self.list("expenses of a month by day", &url(&month)?, "gzip").await?;
        self.list("expenses of 18 months by month", &url(&months("month"))?, "gzip").await?;
        let url = |text: &str| anyhow::Ok(ListMovements::url(&path, &query(text)?));
        self.list("lines of a month", &url(&month)?, "gzip").await?;
        self.list("lines of 18 months", &url(&months("month"))?, "gzip").await?;
        self.list("balance", &GetBalance::url(&path, &Empty {}), "gzip").await
    }

    /// Returns the PID of the client with the most movements in the default period, among 40 of the clients with
    /// movements.
    async fn busiest(&self) -> anyhow::Result<String> {
        let mut busiest = (0, String::new());
        for number in 5_002_000_000_u64..5_002_000_040 {
            let path = ClientPath { pid: PID.into(), client_pid: format!("mcs{number}") };
            let query = LedgerQuery { granularity: Some("year".into()), ..LedgerQuery::default() };
            let reply = self.get(&SummarizeMovements::url(&path, &query)).send().await?.error_for_status()?;
            let summary: MovementsSummary = serde_json::from_slice(&reply.bytes().await?)?;
            busiest = busiest.max((summary.all.lines, path.client_pid));
        }
        Ok(busiest.1)
    }

    async fn bulk(&self, partner: &PartnerPath, pids: &ClientPids) -> anyhow::Result<()> {
        let (mut blocking, mut unblocking) = (Vec::new(), Vec::new());
        for n in 0..11 {
            blocking.push(self.change::<BlockClients>(partner, pids, n).await?);
            unblocking.push(self.change::<UnblockClients>(partner, pids, n).await?);
        }
        report("block 1,000 clients in one call", median(blocking), 0);
        report("unblock 1,000 clients in one call", median(unblocking), 0);
        Ok(())
    }

    async fn change<E>(&self, partner: &PartnerPath, pids: &ClientPids, n: u32) -> anyhow::Result<Duration>
    where
        E: Endpoint<Path = PartnerPath, Query = Empty, Body = ClientPids>,
    {
        let request = self.http.post(format!("{}{}", self.base, E::url(partner, &Empty {})));
        let request = request.header("cookie", &self.cookie).header(CSRF_HEADER, &self.token);
        let request = request.header(IDEMPOTENCY_HEADER, n.to_string()).json(pids);
        let started = Instant::now();
        let outcomes: Outcomes = serde_json::from_slice(&request.send().await?.error_for_status()?.bytes().await?)?;
        let elapsed = started.elapsed();
        let done = outcomes.results.iter().filter(|it| it.status == OutcomeStatus::Done).count();
        anyhow::ensure!(done == 1_000, "{done} of 1,000");
        Ok(elapsed)
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its results")]
fn report(name: &str, time: Duration, bytes: usize) {
    let size = if bytes == 0 { String::new() } else { format!("  {} kB", bytes / 1_000) };
    println!("{name:<40} {:>5}.{} ms{size}", time.as_millis(), time.as_micros() % 1_000 / 100);
}
