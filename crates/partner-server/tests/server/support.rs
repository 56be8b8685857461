//! Starts servers for tests, with the requested data.

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
    GetSession, Session, UnixTime,
    endpoint::{Empty, NoPath},
};
use partner_demo::seed::{self, DEMO_EMAIL, DEMO_PASSWORD, DEMO_PID, OTHER_EMAIL, OTHER_PID, VIEWER_EMAIL};
use partner_server::{
    App,
    auth::password::PasswordCost,
    clock::{Clock, Entropy, SystemEntropy},
    config::Settings,
    logging, serve,
    store::{Location, Store},
};
use reqwest::StatusCode;
use sqlx::AnyConnection;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub(crate) use crate::caller::{Caller, Reply, new_key};
use crate::database::{Data, at_once};

/// A clock that stands still until a test advances it.
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

/// Returns the log of all servers in this process. Tests that run at the same time share the log.
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

/// A running server and its database, which contains the demonstration data.
pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) address: SocketAddr,
    pub(crate) clock: Arc<ManualClock>,
    data: Arc<Data>,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<anyhow::Result<()>>>,
}

/// Starts a server with the default settings of the tests and the demonstration data, without movements.
pub(crate) async fn spawn_app() -> Server {
    spawn_app_with(|_| {}).await
}

/// Starts a server with default settings whose ledgers contain `months` months of movements, up to 21 September 2026.
pub(crate) async fn spawn_app_with_ledgers(months: u32) -> Server {
    start(Arc::new(Data::filled(months)), usual_clock(), months, |_| {}).await
}

/// Returns an SQLite file with the demonstration data. Each process creates it only once, because that is slow.
pub(crate) fn filled_file(months: u32) -> Arc<Vec<u8>> {
    static FILLED: Mutex<BTreeMap<u32, Arc<Vec<u8>>>> = Mutex::new(BTreeMap::new());
    let mut filled = FILLED.lock().unwrap();
    let make = || {
        let data = at_once(move || fill(Data::empty_on_sqlite(), months));
        Arc::new(std::fs::read(data.path().join("partner.sqlite")).unwrap())
    };
    Arc::clone(filled.entry(months).or_insert_with(make))
}

/// Adds the demonstration data to a database.
pub(crate) async fn fill(data: Data, months: u32) -> Data {
    let data = Arc::new(data);
    let mut server = start(Arc::clone(&data), usual_clock(), months, |_| {}).await;
    server.stop().await.unwrap().unwrap();
    drop(server);
    Arc::into_inner(data).unwrap()
}

/// Starts a server with default settings on this database. If the database is empty, adds the demonstration data.
pub(crate) async fn spawn_app_on(data: Arc<Data>) -> Server {
    spawn_app_on_with(data, |_| {}).await
}

pub(crate) async fn spawn_app_on_with(data: Arc<Data>, change: impl FnOnce(&mut Settings)) -> Server {
    start(data, usual_clock(), 0, change).await
}

/// Starts a server with default settings on a new database, and adds the demonstration data there instead of copying
/// it.
pub(crate) async fn spawn_app_empty() -> Server {
    spawn_app_on(Arc::new(Data::empty())).await
}

pub(crate) async fn spawn_app_with(change: impl FnOnce(&mut Settings)) -> Server {
    start(Arc::new(Data::filled(0)), usual_clock(), 0, change).await
}

pub(crate) async fn spawn_with_entropy(entropy: impl Entropy) -> Server {
    let data = Arc::new(Data::filled(0));
    start_with(data, usual_clock(), 0, Arc::new(entropy), |_| {}).await
}

/// A clock that stands at 2026-09-21T17:13:20+03:00.
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
    let store = Store::open(data.location()).await.unwrap();
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

    /// Starts a graceful stop. The returned handle is ready when the server has stopped.
    pub(crate) fn stop(&mut self) -> JoinHandle<anyhow::Result<()>> {
        self.stop.take().unwrap().send(()).unwrap();
        self.running.take().unwrap()
    }

    /// Stops the server if it is running, and starts another server on the same data.
    pub(crate) async fn restart(mut self) -> Self {
        if self.stop.is_some() {
            self.stop().await.unwrap().unwrap();
        }
        start(Arc::clone(&self.data), Arc::clone(&self.clock), 0, |_| {}).await
    }

    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Opens a second store on the database of the server, for access without HTTP.
    pub(crate) async fn store(&self) -> Store {
        Store::open(self.data.location()).await.unwrap()
    }

    pub(crate) fn is_on_postgres(&self) -> bool {
        self.data.url().is_some()
    }

    pub(crate) fn location(&self) -> Location {
        self.data.location()
    }

    /// Opens a connection to the database that bypasses the server.
    pub(crate) async fn database(&self) -> AnyConnection {
        self.data.connect().await
    }

    /// Sends all queued emails and returns the plain texts of all emails, in no particular order.
    pub(crate) async fn emails(&self) -> Vec<String> {
        self.app.deliver_emails().await.unwrap();
        let folder: PathBuf = self.data().join("emails");
        let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
        files.map(|file| decode_email(&std::fs::read_to_string(file.unwrap().path()).unwrap())).collect()
    }

    /// Signs in the owner of the demonstration partner.
    pub(crate) async fn demo(&self) -> Caller {
        self.sign_in(DEMO_EMAIL, DEMO_PID).await
    }

    /// Signs in the user of the demonstration partner who has the role viewer.
    pub(crate) async fn viewer(&self) -> Caller {
        self.sign_in(VIEWER_EMAIL, DEMO_PID).await
    }

    /// Signs in the owner of the second demonstration partner.
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

    pub(crate) fn anonymous(&self) -> Caller {
        Caller::anonymous(self.url(""))
    }
}

/// Returns the plain text of a raw email.
pub(crate) fn decode_email(text: &str) -> String {
    let email = mail_parser::MessageParser::default().parse(text).unwrap();
    email.body_text(0).unwrap().into_owned().replace("\r\n", "\n")
}

/// Returns the token from the link in an email.
pub(crate) fn token_of(email: &str) -> String {
    let (_, rest) = email.split_once("#token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}
