//! Tests of the commands of the server program. Each test runs the program as a separate process.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use partner_api::{
    Client, Endpoint, GetSession, ListClients, Session, SignIn,
    client::ClientsQuery,
    endpoint::{Empty, NoPath, PartnerPath},
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD, DEMO_PID};
use partner_server::{
    clock::{Clock, SystemClock},
    store::Store,
};
use reqwest::StatusCode;
use tempfile::TempDir;

use crate::{database::Data, support::Caller};

fn command(data: &Data, args: &[&str]) -> Command {
    let mut command = command_in(data.path(), args);
    command.envs(data.url().map(|url| ("DATABASE_URL", url)));
    command
}

/// Prepares a command of the program on the SQLite database in this folder.
fn command_in(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-server"));
    command.args(args).arg("--data").arg(folder);
    command.env_remove("DATABASE_URL").env("RUST_LOG", "off").stdin(Stdio::null());
    command
}

pub(crate) fn run(data: &Data, args: &[&str]) -> Output {
    command(data, args).output().unwrap()
}

pub(crate) fn run_in(folder: &Path, args: &[&str]) -> Output {
    command_in(folder, args).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    text
}

/// A server process. Dropping the value kills the process without a graceful stop.
pub(crate) struct Process {
    child: Child,
    pub(crate) base: String,
}

impl Process {
    pub(crate) fn serve(data: &Data, args: &[&str]) -> Self {
        Self::serve_in(data, args, None)
    }

    fn serve_in(data: &Data, args: &[&str], variable: Option<(&str, &str)>) -> Self {
        let mut command = command(data, &["serve", "--listen", "127.0.0.1:0"]);
        command.args(args).envs(variable);
        Self::start(command)
    }

    /// Starts a server that cannot write files beyond this size, to simulate a full disk. [`Self::unlimit`] lifts the
    /// limit.
    #[cfg(target_os = "linux")]
    pub(crate) fn serve_with_files_of(data: &Data, bytes: u64) -> Self {
        let serve = command(data, &["serve", "--listen", "127.0.0.1:0"]);
        // Ignore the signal XFSZ, because otherwise a write beyond the limit would kill the process.
        let mut shell = Command::new("sh");
        shell.args(["-c", r#"trap "" XFSZ; exec prlimit --fsize="$0": "$@""#, &bytes.to_string()]);
        shell.arg(serve.get_program()).args(serve.get_args()).env_remove("DATABASE_URL").env("RUST_LOG", "off");
        Self::start(shell)
    }

    /// Removes the limit for the size of files, as if the disk had free space again.
    #[cfg(target_os = "linux")]
    pub(crate) fn unlimit(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited:"]).status().unwrap().success());
    }

    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        let base = line.strip_prefix("Listening on ").unwrap().to_owned();
        Self { child, base }
    }

    pub(crate) fn kill(self) {
        drop(self);
    }

    /// Signs in the owner of the demonstration partner.
    pub(crate) async fn demo(&self) -> Caller {
        let mut caller = Caller::anonymous(self.base.clone());
        caller.cookie = self.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
        let session = caller.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await;
        caller.csrf_token = session.decode::<Session>().csrf_token;
        caller.pid = DEMO_PID.into();
        caller
    }

    async fn sign_in(&self, email: &str, password: &str) -> Option<String> {
        let body = serde_json::json!({"email": email, "password": password});
        let url = format!("{}{}", self.base, SignIn::url(&NoPath {}, &Empty {}));
        let reply = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
        let cookie = reply.headers().get("set-cookie")?.to_str().unwrap();
        Some(cookie.split(';').next().unwrap().to_owned())
    }

    async fn clients(&self, cookie: &str, pid: &str) -> Vec<Client> {
        let url = ListClients::url(&PartnerPath { pid: pid.into() }, &ClientsQuery::default());
        let request = reqwest::Client::new().get(format!("{}{url}", self.base)).header("cookie", cookie);
        request.send().await.unwrap().json().await.unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn without_a_demonstration_there_is_no_user() {
    let data = Data::empty();
    let server = Process::serve(&data, &[]);
    assert_eq!(server.sign_in(DEMO_EMAIL, DEMO_PASSWORD).await, None);
    server.kill();

    let created = stdout(&run(&data, &["create-partner", "--email", "me@partner.example", "--title", "Мы"]));
    let password = created.split("shown this once: ").nth(1).unwrap().trim();
    let pid = created.split_whitespace().find(|word| word.starts_with("mcs")).unwrap().trim_end_matches('.');
    let store = Store::open(data.location()).await.unwrap();
    partner_demo::seed::add_clients(&store, pid, 25, 1, 1, SystemClock.now(), &|_, _| ()).await.unwrap();
    store.close().await;

    let server = Process::serve(&data, &[]);
    let cookie = server.sign_in("me@partner.example", password).await.unwrap();
    assert_eq!(server.clients(&cookie, pid).await.len(), 25);
    server.kill();

    let audit = stdout(&run(&data, &["audit", "--limit", "3"]));
    let actions: Vec<String> = audit
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["action"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(actions, ["partner_created", "clients_seeded", "signed_in"]);
}

#[tokio::test]
async fn a_partner_can_have_several_users_and_each_login_exists_once() {
    let data = Data::empty();
    let created = stdout(&run(&data, &["create-partner", "--email", "me@partner.example", "--title", "We"]));
    let pid = created.split_whitespace().find(|word| word.starts_with("mcs")).unwrap().trim_end_matches('.');
    let create = |email: &str, colleague: &str| {
        run(&data, &["create-user", "--email", email, "--colleague", colleague, "--role", "viewer"])
    };
    let viewer = stdout(&create("books@partner.example", "ME@partner.example"));
    let password = viewer.split("shown this once: ").nth(1).unwrap().trim();
    assert!(complaint(&create("books@partner.example", "me@partner.example")).contains("exists already"));
    assert!(complaint(&create("more@partner.example", "nobody@partner.example")).contains("no user"));

    let server = Process::serve(&data, &[]);
    let cookie = server.sign_in("books@partner.example", password).await.unwrap();
    assert_eq!(server.clients(&cookie, pid).await.len(), 0);
    server.kill();
}

#[tokio::test]
async fn unpublished_calls_are_served_unless_a_flag_or_a_variable_disables_them() {
    let data = Data::empty();
    let status = async |args: &[&str], environment: Option<&str>| {
        let server = Process::serve_in(&data, args, environment.map(|it| ("PARTNER_PUBLISHED_ONLY", it)));
        let url = format!("{}{}", server.base, GetSession::url(&NoPath {}, &Empty {}));
        let status = reqwest::get(url).await.unwrap().status();
        server.kill();
        status
    };
    assert_eq!(status(&[], None).await, StatusCode::OK);
    assert_eq!(status(&[], Some("0")).await, StatusCode::OK);
    assert_eq!(status(&["--published-only"], None).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&[], Some("1")).await, StatusCode::NOT_FOUND);
}

#[test]
fn a_password_can_be_read_from_standard_input() {
    let data = Data::empty();
    let create = |password: &str| {
        let args = ["create-partner", "--email", "me@partner.example", "--title", "We", "--password-stdin"];
        let mut child =
            command(&data, &args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(complaint(&create("short\n")).contains("15 to 128 characters"));
    assert!(!stdout(&create("long enough for anybody\n")).contains("long enough"));
    assert!(
        complaint(&create("long enough for anybody\n"))
            .contains("a user with the email me@partner.example exists already")
    );
}

#[test]
fn an_error_of_a_command_is_printed_on_one_line() {
    let data = Data::empty();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = busy.local_addr().unwrap().to_string();
    assert!(complaint(&run(&data, &["serve", "--listen", &address])).contains(&address));
    assert!(
        complaint(&run(&data, &["serve", "--listen", "127.0.0.1:0", "--bundle", "/nowhere"])).contains("index.html")
    );
    let config = data.path().join("config.json");
    std::fs::write(&config, "{\n\"api_bse\": \"\"}").unwrap();
    let wrong = complaint(&run(&data, &["serve", "--listen", "127.0.0.1:0", "--config", config.to_str().unwrap()]));
    assert!(wrong.contains("config.json is not valid") && wrong.contains("`api_bse`") && wrong.contains("line 2"));
    for needs_demo in [&["seed", "--clients", "1"][..], &["serve", "--listen", "127.0.0.1:0", "--demo"]] {
        assert!(complaint(&run(&data, needs_demo)).contains("use partner-server-demo"), "{needs_demo:?}");
    }
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert!(complaint(&run_in(&file, &["serve", "--listen", "127.0.0.1:0"])).contains("data folder"));
    let other = TempDir::new().unwrap();
    std::fs::write(other.path().join("partner.sqlite"), "no database at all. ".repeat(50)).unwrap();
    assert!(complaint(&run_in(other.path(), &["audit"])).contains("cannot open the database"));
}
