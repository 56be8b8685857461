//! Players are simulated users. They send random requests and randomly repeat requests or break connections.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use partner_api::{
    AcceptInvitation, BlockClients, CreateInvitation, CreateInvitationLink, DetachClients, Endpoint, RenewInvitation,
    ResendInvitation, RevokeInvitation, SetClientIdentifier, UnblockClients,
    acceptance::{AcceptedInvitation, InvitationToken},
    auth::IDEMPOTENCY_HEADER,
    bulk::ClientPids,
    client::ClientIdentifier,
    endpoint::{Empty, NoPath},
    invitation::{InvitationChange, InvitationLink, NewInvitation},
};
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use reqwest::StatusCode;

use crate::support::{Caller, Reply, decode_email, token_of};

/// Data that all players share, such as the ids that they use in requests.
#[derive(Default)]
pub(super) struct World {
    pub(super) data: PathBuf,
    /// PIDs for requests: clients of both partners, clients that have accepted an invitation, and an unknown PID.
    pub(super) pids: Mutex<Vec<String>>,
    /// Ids of invitations for requests.
    pub(super) iids: Mutex<Vec<String>>,
    /// Tokens from invitation links that players have created without an email.
    pub(super) tokens: Mutex<Vec<String>>,
    /// Bodies of successful replies to requests with an idempotency key.
    pub(super) acknowledged: Mutex<Vec<String>>,
}

/// A simulated user of a partner, or an invited client.
pub(super) struct Player {
    random: Xoshiro256PlusPlus,
    caller: Caller,
    world: Arc<World>,
    keys: u32,
    seed: u64,
}

impl Player {
    pub(super) fn new(seed: u64, caller: Caller, world: Arc<World>) -> Self {
        Self { random: Xoshiro256PlusPlus::seed_from_u64(seed), caller, world, keys: 0, seed }
    }

    /// Performs one random action, such as blocking clients. An action may send its request several times.
    ///
    /// # Errors
    ///
    /// Returns an error if the reply must never happen, such as an internal error.
    pub(super) async fn act(&mut self) -> Result<(), String> {
        if self.caller.cookie.is_none() {
            return self.accept().await;
        }
        let partner = self.caller.partner();
        match self.below(12) {
            0..=1 => {
                let body = self.some_pids();
                self.keyed::<BlockClients>(&partner, &body).await.map(|_| ())
            }
            2..=3 => {
                let body = self.some_pids();
                self.keyed::<UnblockClients>(&partner, &body).await.map(|_| ())
            }
            4 => {
                let body = self.some_pids();
                self.keyed::<DetachClients>(&partner, &body).await.map(|_| ())
            }
            5..=7 => self.invite().await,
            8 => {
                let Some(iid) = self.some(|world| &world.iids) else { return Ok(()) };
                let path = self.caller.invitation(&iid);
                match self.below(4) {
                    0 => self.plain::<RenewInvitation>(&path, &InvitationChange::default()).await.map(|_| ()),
                    1 => self.plain::<ResendInvitation>(&path, &Empty {}).await.map(|_| ()),
                    2 => self.plain::<RevokeInvitation>(&path, &Empty {}).await.map(|_| ()),
                    _ => self.hand_over(&iid).await,
                }
            }
            _ => self.identify().await,
        }
    }

    async fn invite(&mut self) -> Result<(), String> {
        // Use only ten email addresses, so that both partners often invite, detach and invite again the same clients.
        let number = self.below(10);
        let client_id = (self.below(2) == 0).then(|| format!("H-{}", self.below(100)));
        let body = NewInvitation { email: format!("h{number}@history.example"), client_id, ..NewInvitation::default() };
        let partner = self.caller.partner();
        if let Some(reply) = self.keyed::<CreateInvitation>(&partner, &body).await? {
            let invitation: partner_api::Invitation = reply.decode();
            self.world.iids.lock().unwrap().push(invitation.iid);
        }
        Ok(())
    }

    async fn hand_over(&mut self, iid: &str) -> Result<(), String> {
        let path = self.caller.invitation(iid);
        let reply = self.plain::<CreateInvitationLink>(&path, &Empty {}).await?;
        if let Some(reply) = reply.filter(|reply| reply.status == StatusCode::CREATED) {
            let link: InvitationLink = reply.decode();
            self.world.tokens.lock().unwrap().push(token_of(&link.url));
        }
        Ok(())
    }

    async fn identify(&mut self) -> Result<(), String> {
        let Some(pid) = self.some(|world| &world.pids) else { return Ok(()) };
        let previous_client_id = (self.below(2) == 0).then(|| format!("I-{}", self.below(3)));
        let body = ClientIdentifier { client_id: format!("I-{}", self.below(3)), previous_client_id };
        let path = self.caller.client(&pid);
        self.plain::<SetClientIdentifier>(&path, &body).await.map(|_| ())
    }

    /// Accepts an invitation with a token from an email or from a created link. Other players may use the same token.
    async fn accept(&mut self) -> Result<(), String> {
        let emails = std::fs::read_dir(self.world.data.join("emails")).into_iter().flatten().flatten();
        // Skip files that cannot be read because the server is still writing them. A later call reads these files.
        let written = emails.filter_map(|file| std::fs::read_to_string(file.path()).ok());
        let mut tokens: Vec<String> = written
            .filter(|text| text.contains("history.example"))
            .map(|text| token_of(&decode_email(&text)))
            .collect();
        tokens.extend(self.world.tokens.lock().unwrap().iter().cloned());
        tokens.sort();
        if tokens.is_empty() {
            tokio::time::sleep(Duration::from_millis(self.below(20))).await;
            return Ok(());
        }
        let at = usize::try_from(self.below(tokens.len() as u64)).unwrap();
        let body = InvitationToken { token: tokens.swap_remove(at) };
        if let Some(reply) = self.keyed::<AcceptInvitation>(&NoPath {}, &body).await? {
            let accepted: AcceptedInvitation = reply.decode();
            self.world.pids.lock().unwrap().push(accepted.pid);
        }
        Ok(())
    }

    /// Sends a request with an idempotency key. Randomly repeats the request with the same key, after a broken
    /// connection, after a lost reply, or at the same time. Returns the reply if the request succeeded.
    async fn keyed<E: Endpoint>(&mut self, path: &E::Path, body: &E::Body) -> Result<Option<Reply>, String> {
        self.keys += 1;
        let key = format!("history-{}-{}", self.seed, self.keys);
        let send = async || {
            let request = self.caller.request(E::METHOD, &E::url(path, &no_query::<E>())).json(body);
            let response = request.header(IDEMPOTENCY_HEADER, &key).send().await.map_err(|error| error.to_string())?;
            Ok::<_, String>(Reply::of(response).await)
        };
        let (way, time_limit) = (self.random.next_u64() % 4, Duration::from_micros(self.random.next_u64() % 6000));
        let mut replies = match way {
            // Send the request three times at the same time, as several tabs or a browser that retries would.
            0 => {
                futures_util::future::join_all([send(), send(), send()]).await.into_iter().collect::<Result<_, _>>()?
            }
            // Break the connection after at most 6 ms, often before the reply arrives, and send the request again.
            1 => {
                let _ = tokio::time::timeout(time_limit, send()).await;
                vec![send().await?]
            }
            // Ignore the first reply, as for a reply that is lost after the server applied the change, and send the
            // request again.
            2 => {
                let _lost = send().await?;
                vec![send().await?]
            }
            _ => vec![send().await?],
        };
        for reply in &replies {
            allowed(reply)?;
        }
        replies.retain(|reply| reply.status.is_success());
        let Some(reply) = replies.pop() else { return Ok(None) };
        if let Some(other) = replies.iter().find(|other| other.text != reply.text) {
            return Err(format!("one key, two replies: {} and {}", other.text, reply.text));
        }
        self.world.acknowledged.lock().unwrap().push(reply.text.clone());
        Ok(Some(reply))
    }

    /// Sends a request without an idempotency key, and sometimes breaks the connection. Returns `None` if the
    /// connection breaks before the reply arrives.
    async fn plain<E: Endpoint>(&mut self, path: &E::Path, body: &E::Body) -> Result<Option<Reply>, String> {
        let time_limit = Duration::from_micros(self.below(6000));
        let breaks = self.below(4) == 0;
        let request = self.caller.request(E::METHOD, &E::url(path, &no_query::<E>())).json(body);
        let reply =
            async { Ok::<_, String>(Reply::of(request.send().await.map_err(|error| error.to_string())?).await) };
        let reply = if breaks {
            let Ok(reply) = tokio::time::timeout(time_limit, reply).await else { return Ok(None) };
            reply?
        } else {
            reply.await?
        };
        allowed(&reply)?;
        Ok(Some(reply))
    }

    fn some_pids(&mut self) -> ClientPids {
        let count = 1 + self.below(5);
        let mut pids: Vec<String> = (0..count).filter_map(|_| self.some(|world| &world.pids)).collect();
        pids.sort();
        pids.dedup();
        ClientPids { pids }
    }

    fn some(&mut self, from: impl Fn(&World) -> &Mutex<Vec<String>>) -> Option<String> {
        let at = self.random.next_u64();
        let all = from(&self.world).lock().unwrap();
        let at = at.checked_rem(all.len() as u64)?;
        all.get(usize::try_from(at).ok()?).cloned()
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.random.next_u64() % bound
    }
}

fn no_query<E: Endpoint>() -> E::Query {
    serde_json::from_str("{}").unwrap_or_else(|_| panic!("{} needs a query", E::ROUTE))
}

/// Checks the status of a reply. Refusals are expected, but internal errors are not.
fn allowed(reply: &Reply) -> Result<(), String> {
    let status = reply.status.as_u16();
    let is_allowed = reply.status.is_success() || [400, 404, 409, 422, 429].contains(&status);
    if is_allowed { Ok(()) } else { Err(format!("{status} {}", reply.text)) }
}
