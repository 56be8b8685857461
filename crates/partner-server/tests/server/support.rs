//! Starts the server and speaks to it in the words of the API.

use std::{
    collections::BTreeMap,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
};

use partner_api::{
    Client, Endpoint, GetSession, Invitation, ListClients, ListInvitations, Method, Session, SignIn, UnixTime,
    auth::{CSRF_HEADER, Credentials, IDEMPOTENCY_HEADER},
    client::ClientsQuery,
    endpoint::{ClientPath, Empty, InvitationPath, NoPath, ProjectPath},
};
use partner_server::{
    App,
    auth::password::PasswordCost,
    clock::{Clock, Entropy, SystemEntropy},
    config::Settings,
    logging,
    seed::{self, DEMO_EMAIL, DEMO_PASSWORD, DEMO_PID, OTHER_EMAIL, OTHER_PID, VIEWER_EMAIL},
    serve,
    store::{Place, Store},
};
use reqwest::{StatusCode, header::HeaderMap};
use sqlx::AnyConnection;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::database::{Data, at_once};

/// A clock that stands still until it is moved.
pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) fn forward_secs(&self, secs: i64) {
        self.0.fetch_add(secs * 1000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> UnixTime {
        UnixTime { millis: self.0.load(Ordering::SeqCst) }
    }
}

/// Everything that any server of this process has logged.
pub(crate) fn logged() -> String {
    String::from_utf8_lossy(&log().lock().unwrap()).into_owned()
}

fn log() -> &'static Mutex<Vec<u8>> {
    static LOG: OnceLock<Mutex<Vec<u8>>> = OnceLock::new();
    LOG.get_or_init(|| {
        let _ = tracing::subscriber::set_global_default(logging::subscriber(|| LogWriter));
        Mutex::default()
    })
}

struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        log().lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A running server with the demonstration's data.
pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) address: SocketAddr,
    pub(crate) clock: Arc<ManualClock>,
    data: Arc<Data>,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<anyhow::Result<()>>>,
}

/// The server with its usual settings.
pub(crate) async fn spawn_app() -> Server {
    spawn_app_with(|_| {}).await
}

/// The server with its usual settings, and ledgers of so many months that end on 21 September 2026.
pub(crate) async fn spawn_app_with_ledgers(months: u32) -> Server {
    start(Arc::new(Data::filled(months)), usual_clock(), months, |_| {}).await
}

/// The demonstration's SQLite file, made once.
pub(crate) fn filled_file(months: u32) -> Arc<Vec<u8>> {
    static FILLED: Mutex<BTreeMap<u32, Arc<Vec<u8>>>> = Mutex::new(BTreeMap::new());
    let mut filled = FILLED.lock().unwrap();
    let make = || {
        let data = at_once(move || fill(Data::empty_on_sqlite(), months));
        Arc::new(std::fs::read(data.path().join("partner.sqlite")).unwrap())
    };
    Arc::clone(filled.entry(months).or_insert_with(make))
}

/// Fills a database with the demonstration.
pub(crate) async fn fill(data: Data, months: u32) -> Data {
    let data = Arc::new(data);
    let mut server = start(Arc::clone(&data), usual_clock(), months, |_| {}).await;
    server.stop().await.unwrap().unwrap();
    drop(server);
    Arc::into_inner(data).unwrap()
}

/// The server with its usual settings on these data; the demonstration's where they are nobody's.
pub(crate) async fn spawn_app_on(data: Arc<Data>) -> Server {
    spawn_app_on_with(data, |_| {}).await
}

/// The same with other settings.
pub(crate) async fn spawn_app_on_with(data: Arc<Data>, change: impl FnOnce(&mut Settings)) -> Server {
    start(data, usual_clock(), 0, change).await
}

/// The server with its usual settings on a database that was empty.
pub(crate) async fn spawn_app_anew() -> Server {
    spawn_app_on(Arc::new(Data::empty())).await
}

/// The server with other settings.
pub(crate) async fn spawn_app_with(change: impl FnOnce(&mut Settings)) -> Server {
    start(Arc::new(Data::filled(0)), usual_clock(), 0, change).await
}

/// The server with other random bytes.
pub(crate) async fn spawn_with_entropy(entropy: impl Entropy) -> Server {
    let data = Arc::new(Data::filled(0));
    start_with(data, usual_clock(), 0, Arc::new(entropy), |_| {}).await
}

/// 2026-09-21T17:13:20+03:00
fn usual_clock() -> Arc<ManualClock> {
    Arc::new(ManualClock(AtomicI64::new(1_790_000_000_000)))
}

async fn start(data: Arc<Data>, clock: Arc<ManualClock>, months: u32, change: impl FnOnce(&mut Settings)) -> Server {
    start_with(data, clock, months, Arc::new(SystemEntropy), change).await
}

async fn start_with(
    data: Arc<Data>,
    clock: Arc<ManualClock>,
    months: u32,
    entropy: Arc<dyn Entropy>,
    change: impl FnOnce(&mut Settings),
) -> Server {
    log();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut settings = Settings::new(data.path());
    settings.public_url = format!("http://{address}");
    settings.password_cost = PasswordCost { memory_kib: 8, passes: 1 };
    change(&mut settings);
    let store = Store::open(data.place()).await.unwrap();
    let app = App::new(settings, store, Arc::clone(&clock) as Arc<dyn Clock>, entropy).unwrap();
    if app.is_empty().await.unwrap() {
        seed::demo(&app, months, &|_, _| ()).await.unwrap();
    }
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(serve::serve(app.clone(), listener, async {
        let _ = stopped.await;
    }));
    Server { app, address, clock, data, stop: Some(stop), running: Some(running) }
}

impl Server {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Tells the server to stop, and gives what becomes ready when it has.
    pub(crate) fn stop(&mut self) -> JoinHandle<anyhow::Result<()>> {
        self.stop.take().unwrap().send(()).unwrap();
        self.running.take().unwrap()
    }

    /// Stops it, if that was not done yet, and starts another on the same data.
    pub(crate) async fn restart(mut self) -> Self {
        if self.stop.is_some() {
            self.stop().await.unwrap().unwrap();
        }
        start(Arc::clone(&self.data), Arc::clone(&self.clock), 0, |_| {}).await
    }

    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// A second store on the same database.
    pub(crate) async fn store(&self) -> Store {
        Store::open(self.data.place()).await.unwrap()
    }

    /// Whether the database is PostgreSQL's.
    pub(crate) fn is_on_postgres(&self) -> bool {
        self.data.url().is_some()
    }

    /// Where the database is.
    pub(crate) fn place(&self) -> Place {
        self.data.place()
    }

    /// The database, behind the server's back.
    pub(crate) async fn database(&self) -> AnyConnection {
        self.data.connect().await
    }

    /// The plain texts of the letters that were written, in no order.
    pub(crate) async fn letters(&self) -> Vec<String> {
        self.app.deliver_letters().await.unwrap();
        let folder: PathBuf = self.data().join("letters");
        let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
        files.map(|file| decode_letter(&std::fs::read_to_string(file.unwrap().path()).unwrap())).collect()
    }

    /// The demonstration's user.
    pub(crate) async fn demo(&self) -> Caller {
        self.sign_in(DEMO_EMAIL, DEMO_PID).await
    }

    /// A user of the demonstration's partner who may only look.
    pub(crate) async fn viewer(&self) -> Caller {
        self.sign_in(VIEWER_EMAIL, DEMO_PID).await
    }

    /// The user of the other partner.
    pub(crate) async fn other(&self) -> Caller {
        self.sign_in(OTHER_EMAIL, OTHER_PID).await
    }

    async fn sign_in(&self, email: &str, pid: &str) -> Caller {
        let mut caller = self.anonymous();
        let reply = caller.sign_in(email, DEMO_PASSWORD).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        caller.cookie = reply.cookie();
        let session = caller.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await;
        caller.csrf_token = session.decode::<Session>().csrf_token;
        caller.pid = pid.to_owned();
        caller
    }

    /// Nobody yet.
    pub(crate) fn anonymous(&self) -> Caller {
        Caller::anonymous(self.url(""))
    }
}

/// The plain text of a letter.
pub(crate) fn decode_letter(text: &str) -> String {
    let letter = mail_parser::MessageParser::default().parse(text).unwrap();
    letter.body_text(0).unwrap().into_owned().replace("\r\n", "\n")
}

/// The token in a letter's link.
pub(crate) fn token_of(letter: &str) -> String {
    let (_, rest) = letter.split_once("#token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf_token: Option<String>,
    pub(crate) pid: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn decode<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `name=value` of the cookie that was set.
    pub(crate) fn cookie(&self) -> Option<String> {
        Some(self.header("set-cookie").split(';').next()?.to_owned())
    }

    /// The stable code of a problem.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        self.json()["code"].as_str().unwrap().to_owned()
    }
}

impl Caller {
    /// Nobody yet, at a server's address.
    pub(crate) fn anonymous(base: String) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_gzip().build().unwrap();
        Self { http, base, cookie: None, csrf_token: None, pid: String::new() }
    }

    /// A request with cookie, token and a new idempotency key.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let method = method.as_str().parse().unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(token) = &self.csrf_token {
            request = request.header(CSRF_HEADER, token);
        }
        request
    }

    pub(crate) async fn call<E: Endpoint>(&self, path: &E::Path, query: &E::Query, body: &E::Body) -> Reply {
        self.call_with_key::<E>(path, query, body, &new_key()).await
    }

    pub(crate) async fn call_with_key<E: Endpoint>(
        &self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
        key: &str,
    ) -> Reply {
        let mut request = self.request(E::METHOD, &E::url(path, query));
        if !E::METHOD.is_safe() {
            request = request.json(body).header(IDEMPOTENCY_HEADER, key);
        }
        Reply::of(request.send().await.unwrap()).await
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Reply {
        let body = Credentials { email: email.into(), password: password.into() };
        self.call::<SignIn>(&NoPath {}, &Empty {}, &body).await
    }

    pub(crate) fn partner(&self) -> ProjectPath {
        ProjectPath { pid: self.pid.clone() }
    }

    pub(crate) fn client(&self, client_pid: &str) -> ClientPath {
        ClientPath { pid: self.pid.clone(), client_pid: client_pid.into() }
    }

    pub(crate) fn invitation(&self, id: &str) -> InvitationPath {
        InvitationPath { pid: self.pid.clone(), id: id.into() }
    }

    pub(crate) async fn clients(&self) -> Vec<Client> {
        let reply = self.call::<ListClients>(&self.partner(), &ClientsQuery::default(), &Empty {}).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.decode()
    }

    pub(crate) async fn client_of(&self, email: &str) -> Option<Client> {
        self.clients().await.into_iter().find(|client| client.owner.email.as_deref() == Some(email))
    }

    pub(crate) async fn invitations(&self) -> Vec<Invitation> {
        self.call::<ListInvitations>(&self.partner(), &Empty {}, &Empty {}).await.decode()
    }

    pub(crate) async fn invitation_of(&self, email: &str) -> Option<Invitation> {
        self.invitations().await.into_iter().find(|it| it.email.as_deref() == Some(email))
    }
}

/// A key that nobody used.
pub(crate) fn new_key() -> String {
    static NEXT: AtomicI64 = AtomicI64::new(0);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
