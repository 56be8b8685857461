//! Tests the commands of `partner-server-demo` and `partner-server-faults`. Each command runs in its own process.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use partner_api::{
    Client, Endpoint, ListClients, SignIn,
    client::ClientsQuery,
    endpoint::{Empty, NoPath, PartnerPath},
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD, DEMO_PID};
use tempfile::TempDir;

const DEMO: &str = env!("CARGO_BIN_EXE_partner-server-demo");
const FAULTS: &str = env!("CARGO_BIN_EXE_partner-server-faults");

fn command(program: &str, data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).arg("--data").arg(data);
    command.env_remove("DATABASE_URL").env("RUST_LOG", "off").stdin(Stdio::null());
    command
}

fn run(data: &Path, args: &[&str]) -> Output {
    command(DEMO, data, args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn error(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A running server. Dropping the value kills the process.
struct Process {
    child: Child,
    base: String,
    hint: Vec<String>,
}

impl Process {
    fn serve(program: &str, data: &Path) -> Self {
        let args = ["serve", "--listen", "127.0.0.1:0", "--demo", "--demo-months", "1"];
        let mut child = command(program, data, &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let base = lines.next().unwrap().strip_prefix("Listening on ").unwrap().to_owned();
        Self { child, base, hint: lines.take(2).collect() }
    }

    async fn sign_in(&self) -> String {
        let body = serde_json::json!({"email": DEMO_EMAIL, "password": DEMO_PASSWORD});
        let url = format!("{}{}", self.base, SignIn::url(&NoPath {}, &Empty {}));
        let reply = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
        reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    async fn clients(&self, cookie: &str) -> Vec<Client> {
        let url = ListClients::url(&PartnerPath { pid: DEMO_PID.into() }, &ClientsQuery::default());
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
async fn a_demonstration_prints_how_to_sign_in_and_survives_being_killed() {
    let data = TempDir::new().unwrap();
    let server = Process::serve(DEMO, data.path());
    assert_eq!(server.hint[0], format!("Sign in with {DEMO_EMAIL} / {DEMO_PASSWORD}"));
    assert!(server.hint[1].contains("viewer@partner.example"));
    let cookie = server.sign_in().await;
    assert_eq!(server.clients(&cookie).await.len(), 455);
    drop(server);

    let server = Process::serve(DEMO, data.path());
    assert_eq!(server.clients(&cookie).await.len(), 455, "the session and the clients survive the kill");
}

#[test]
fn seed_adds_clients_to_the_partner_of_a_user() {
    let data = TempDir::new().unwrap();
    let created = stdout(&run(data.path(), &["create-partner", "--email", "me@partner.example", "--title", "We"]));
    let pid = created.split_whitespace().find(|word| word.starts_with("mcs")).unwrap().trim_end_matches('.');
    let args = ["seed", "--clients", "25", "--months", "1", "--partner-email", "ME@partner.example"];
    assert_eq!(stdout(&run(data.path(), &args)), format!("Added 25 clients to {pid}\n"));
    let audit = stdout(&run(data.path(), &["audit"]));
    let actions: Vec<String> = audit
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["action"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(actions, ["partner_created", "clients_seeded"]);
}

#[test]
fn seed_can_create_partners_with_clients_of_their_own() {
    let data = TempDir::new().unwrap();
    let seed = ["seed", "--partners", "3", "--clients", "4", "--seed", "2"];
    assert_eq!(stdout(&run(data.path(), &seed)), "Added 3 partners with 4 clients each\n");
    assert!(error(&run(data.path(), &seed)).contains("choose another --seed"));
    let audit = stdout(&run(data.path(), &["audit"]));
    let counted = |action: &str| audit.lines().filter(|line| line.contains(action)).count();
    assert_eq!((counted("partner_created"), counted("clients_seeded")), (3, 3));
}

#[test]
fn seed_needs_a_partner() {
    let data = TempDir::new().unwrap();
    assert!(error(&run(data.path(), &["seed", "--clients", "1"])).contains("there is no partner yet"));
}

#[tokio::test]
async fn faults_are_injected_by_the_program_for_tests_only() {
    let data = TempDir::new().unwrap();
    let status = async |server: &Process| {
        let request = reqwest::Client::new().get(format!("{}/healthz", server.base));
        request.header("x-partner-fault", r#"{"kind":"internal"}"#).send().await.unwrap().status()
    };
    assert_eq!(status(&Process::serve(DEMO, data.path())).await, 200);
    assert_eq!(status(&Process::serve(FAULTS, data.path())).await, 500);
}

#[test]
fn a_program_with_faults_says_so_and_listens_on_loopback_only() {
    let version = stdout(&Command::new(FAULTS).arg("--version").output().unwrap());
    assert!(version.starts_with("partner-server-faults ") && version.contains("injects faults"), "{version}");
    let version = stdout(&Command::new(DEMO).arg("--version").output().unwrap());
    assert!(version.starts_with("partner-server-demo ") && !version.contains("faults"), "{version}");

    let data = TempDir::new().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let refused = error(&command(FAULTS, data.path(), &["serve", "--listen", address]).output().unwrap());
        assert!(refused.contains("--listen must be a loopback address"), "{address}: {refused}");
    }

    let mut serve = command(FAULTS, data.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let mut child = serve.env("RUST_LOG", "warn").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let listening = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    assert!(listening.starts_with("Listening on http://127.0.0.1:"));
    child.kill().unwrap();
    let warnings = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    let said: Vec<&str> = warnings.lines().filter(|line| line.contains("injects faults on request")).collect();
    let [logged, plain] = said[..] else { panic!("{warnings}") };
    assert!(logged.contains(r#""level":"WARN""#) && plain.starts_with("warning: "), "{warnings}");
}
