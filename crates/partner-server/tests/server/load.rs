//! Writers send changes and record which changes the server acknowledged, for tests of crashes, full disks and backups.

use std::collections::BTreeMap;

use partner_api::{
    Client, CreateInvitation, Endpoint, GetSession, Invitation, SetClientIdentifier,
    auth::IDEMPOTENCY_HEADER,
    client::ClientIdentifier,
    endpoint::{Empty, NoPath},
    invitation::NewInvitation,
};
use reqwest::StatusCode;

use crate::{
    commands::{Process, run, stdout},
    database::Data,
    support::{Caller, Reply},
};

/// Changes the identifier of its own client and sends invitations. Several writers run at the same time.
pub(crate) struct Writer {
    pub(crate) caller: Caller,
    name: usize,
    client: String,
    steps: usize,
    /// Whether the outcome of the last step is unknown, so that the step has to be repeated.
    is_open: bool,
    /// Ids of the acknowledged invitations, by email address.
    pub(crate) invited: BTreeMap<String, String>,
    /// The identifier of the client in the last acknowledged change of the identifier.
    identifier: Option<String>,
}

/// Creates `count` writers, each with its own session and client.
pub(crate) async fn writers(server: &Process, count: usize) -> Vec<Writer> {
    let mut writers = Vec::new();
    for name in 0..count {
        let caller = server.demo().await;
        let client = format!("mcs44100001{:02}", name + 10);
        writers.push(Writer {
            caller,
            name,
            client,
            steps: 0,
            is_open: false,
            invited: BTreeMap::new(),
            identifier: None,
        });
    }
    writers
}

impl Writer {
    /// Writes once, or repeats the last write if its outcome is unknown. Returns whether the write was
    /// acknowledged.
    pub(crate) async fn step(&mut self) -> bool {
        if !self.is_open {
            self.steps += 1;
            self.is_open = true;
        }
        let done = if self.steps.is_multiple_of(2) { self.identify().await } else { self.invite().await };
        self.is_open = done.is_none();
        done.is_some()
    }

    /// Repeats a write with an unknown outcome until it is acknowledged.
    pub(crate) async fn settle(&mut self) {
        for _ in 0..50 {
            if !self.is_open || self.step().await {
                return;
            }
        }
        panic!("writer {} gets no answer", self.name);
    }

    fn text(&self) -> String {
        format!("w{}-{}", self.name, self.steps)
    }

    async fn invite(&mut self) -> Option<()> {
        let email = format!("{}@client.example", self.text());
        let body = NewInvitation { email: email.clone(), ..NewInvitation::default() };
        let path = CreateInvitation::url(&self.caller.partner(), &Empty {});
        let reply = self.send::<CreateInvitation>(&path, &body).await?;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        self.invited.insert(email, reply.decode::<Invitation>().iid);
        Some(())
    }

    async fn identify(&mut self) -> Option<()> {
        let text = self.text();
        let body = ClientIdentifier { client_id: text.clone(), previous_client_id: None };
        let path = SetClientIdentifier::url(&self.caller.client(&self.client), &Empty {});
        let reply = self.send::<SetClientIdentifier>(&path, &body).await?;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        self.identifier = Some(text);
        Some(())
    }

    /// Sends a request. Returns `None` if the request has to be repeated, because the server is gone or too busy, or
    /// its disk is full.
    async fn send<E: Endpoint>(&self, path: &str, body: &E::Body) -> Option<Reply> {
        let request = self.caller.request(E::METHOD, path).json(body).header(IDEMPOTENCY_HEADER, self.text());
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.ok()?;
        let is_refused = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::INSUFFICIENT_STORAGE].contains(&status);
        (!is_refused).then_some(Reply { status, headers, text })
    }

    /// Number of acknowledged writes.
    pub(crate) fn count(&self) -> usize {
        self.steps - usize::from(self.is_open)
    }

    async fn is_signed_in(&self) -> bool {
        self.caller.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await.text != "null"
    }
}

/// Checks that each acknowledged invitation exists once, that each client has the last acknowledged identifier, and
/// that all sessions are valid.
pub(crate) async fn check(writers: &[Writer]) {
    let reader = &writers[0].caller;
    let invitations = reader.invitations().await;
    let clients: BTreeMap<String, Client> =
        reader.clients().await.into_iter().map(|client| (client.pid.clone(), client)).collect();
    for writer in writers {
        assert!(writer.is_signed_in().await, "writer {} was signed out", writer.name);
        assert!(!writer.is_open, "no step has an unknown outcome");
        assert_eq!(clients[&writer.client].attr.client_id, writer.identifier);
        let prefix = format!("w{}-", writer.name);
        let own = invitations.iter().filter_map(|it| Some((it.email.clone()?, it.iid.clone())));
        let own: Vec<_> = own.filter(|(email, _)| email.starts_with(&prefix)).collect();
        assert_eq!(own.len(), writer.invited.len(), "writer {}: one effect each", writer.name);
        assert_eq!(own.into_iter().collect::<BTreeMap<_, _>>(), writer.invited);
    }
}

/// Checks that each acknowledged invitation has one entry in the audit log.
pub(crate) fn check_audit(data: &Data, writers: &[Writer]) {
    let audit = stdout(&run(data, &["audit", "--limit", "1000000"]));
    let lines = audit.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut created: Vec<String> = lines
        .filter(|line| line["action"] == "invitation_created")
        .map(|line| line["subject"].as_str().unwrap().to_owned())
        .collect();
    let mut acknowledged: Vec<String> = writers.iter().flat_map(|it| it.invited.values().cloned()).collect();
    created.sort();
    acknowledged.sort();
    assert_eq!(created, acknowledged);
}
