//! Blocks, unblocks and detaches clients. A call is one transaction, and the reply has an outcome for each client.

use partner_api::{
    BlockClients, DetachClients, Endpoint, Outcome, OutcomeStatus, UnblockClients,
    bulk::{ClientPids, Outcomes},
    rules::Operation,
};

use crate::{
    audit::{self, Entry},
    auth::Actor,
    endpoint::{Answer, Call},
    error::Result,
    idempotency, rules,
    state::App,
    store::clients::{self, Change, ClientFacts},
};

pub(crate) async fn block_clients(app: App, actor: Actor, call: Call<BlockClients>) -> Result<Answer<BlockClients>> {
    operate(app, actor, call, Operation::Block).await
}

pub(crate) async fn unblock_clients(
    app: App,
    actor: Actor,
    call: Call<UnblockClients>,
) -> Result<Answer<UnblockClients>> {
    operate(app, actor, call, Operation::Unblock).await
}

pub(crate) async fn detach_clients(app: App, actor: Actor, call: Call<DetachClients>) -> Result<Answer<DetachClients>> {
    operate(app, actor, call, Operation::Detach).await
}

async fn operate<E>(app: App, actor: Actor, call: Call<E>, operation: Operation) -> Result<Answer<E>>
where
    E: Endpoint<Body = ClientPids, Reply = Outcomes>,
{
    let request = idempotency::keyed(&actor, &call)?;
    let pids = rules::distinct(&call.body.pids, E::MAX_ITEMS)?;

    let mut tx = app.store.begin_for(actor.partner()).await?;
    if let Some(answer) = idempotency::replay(&mut tx, &app, &request).await? {
        return Ok(answer);
    }
    let queried: Vec<&str> = pids.iter().copied().filter(|pid| rules::is_pid(pid)).collect();
    let facts = clients::facts(&mut tx, actor.partner(), &queried).await?;
    let results: Vec<Outcome> =
        pids.iter().map(|pid| rules::outcome(operation, pid, facts.get(*pid).copied())).collect();
    let (change, after) = match operation {
        Operation::Block => (Change::Enable(false), "blocked"),
        Operation::Unblock => (Change::Enable(true), "active"),
        _ => (Change::Detach(app.now()), "detached"),
    };
    let of_status = |status| results.iter().filter(move |it| it.status == status).map(|it| it.pid.as_str());
    let done: Vec<&str> = of_status(OutcomeStatus::Done).collect();
    let refused: Vec<&str> = of_status(OutcomeStatus::Conflict).collect();
    clients::change(&mut tx, actor.partner(), &done, change).await?;
    clients::change(&mut tx, actor.partner(), &refused, Change::CountTry).await?;

    let entries: Vec<Entry<'_>> = results.iter().map(|it| entry(it, facts.get(&it.pid).copied(), after)).collect();
    let operation_id = audit::record(&mut tx, &app, &actor, action(operation), &entries).await?;
    let answer = Answer::new(&Outcomes { operation_id, results })?;
    idempotency::keep(&mut tx, &app, &request, &answer).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Returns the audit entry for a client of the call. Clients that the call did not change get an entry, too.
fn entry<'a>(outcome: &'a Outcome, client: Option<ClientFacts>, after: &'a str) -> Entry<'a> {
    let before = client.map(ClientFacts::state);
    let is_done = outcome.status == OutcomeStatus::Done;
    Entry {
        subject: &outcome.pid,
        result: rules::status_name(outcome.status),
        before,
        after: if is_done { Some(after) } else { before },
    }
}

const fn action(operation: Operation) -> &'static str {
    match operation {
        Operation::Block => "clients_blocked",
        Operation::Unblock => "clients_unblocked",
        _ => "clients_detached",
    }
}
