//! Returns all clients or one client, and changes the identifier of a client.

use partner_api::{
    Client, Day, Endpoint, GetClient, ListClients, SetClientIdentifier,
    client::{ClientsPage, Include},
    form,
};

use crate::{
    audit::{self, Entry},
    auth::Actor,
    endpoint::{Answer, Call},
    error::{Error, Result},
    rules,
    state::App,
    store::clients::{self, ClientMarker},
    text::{composed, email_key},
};

pub(crate) async fn list_clients(app: App, actor: Actor, call: Call<ListClients>) -> Result<Answer<ListClients>> {
    let with_balance = (call.query.include == Some(Include::Balance)).then(|| Day::of(app.now()));
    // Run all queries in one snapshot: the list computes the averages that its first query does not find, and another
    // process must not change the data in between.
    let conn = &mut *app.store.snapshot().await?;
    let Some(limit) = call.query.limit else {
        let all = clients::list(conn, actor.partner(), None, None, with_balance).await?;
        return Answer::bare(&all);
    };
    let limit = limit.clamp(1, ListClients::MAX_ITEMS);
    let after = call.query.marker.as_deref().map(rules::decode_client_marker).transpose()?;
    // Read one client more than requested, to find out whether there is a next page.
    let mut page = clients::list(conn, actor.partner(), after.as_ref(), Some(limit + 1), with_balance).await?;
    // Count the clients only for the first page, because counting reads all clients of the partner.
    let total = match after {
        None => Some(clients::count(conn, actor.partner()).await?),
        Some(_) => None,
    };
    let has_more = page.len() > limit as usize;
    page.truncate(limit as usize);
    let marker =
        page.last().filter(|_| has_more).map(|last| rules::encode_client_marker(marker_after(last))).transpose()?;
    Answer::new(&ClientsPage {
        clients: page,
        unreadable: Vec::new(),
        marker,
        total: total.and_then(|total| u32::try_from(total).ok()),
    })
}

fn marker_after(last: &Client) -> ClientMarker {
    ClientMarker { email_key: email_key(last.owner.email.as_deref().unwrap_or_default()), pid: last.pid.clone() }
}

pub(crate) async fn get_client(app: App, actor: Actor, call: Call<GetClient>) -> Result<Answer<GetClient>> {
    let client = clients::find(&mut *app.store.read().await?, actor.partner(), &call.path.client_pid).await?;
    Answer::new(&client.ok_or(Error::NotFound)?)
}

pub(crate) async fn set_client_identifier(
    app: App,
    actor: Actor,
    call: Call<SetClientIdentifier>,
) -> Result<Answer<SetClientIdentifier>> {
    let identifier =
        form::parse_text(&call.body.client_id).map_err(|error| Error::field("/client_id", error.code()))?;
    let identifier = identifier.map(|text| composed(&text));
    let previous = call.body.previous_client_id.as_deref().map(|text| composed(text.trim()));
    let pid = &call.path.client_pid;

    let mut tx = app.store.begin_for(actor.partner()).await?;
    let before: Client = clients::find(&mut tx, actor.partner(), pid).await?.ok_or(Error::NotFound)?;
    let is_same = before.attr.client_id == identifier;
    // Do not report a conflict if the identifier already has the new value, because the request may be a retry after a
    // lost reply.
    if !is_same && previous.is_some_and(|previous| previous != before.attr.client_id.as_deref().unwrap_or_default()) {
        return Err(Error::Conflict("The identifier was changed by another user in the meantime"));
    }
    clients::set_identifier(&mut tx, actor.partner(), pid, identifier.as_deref()).await?;
    let entry =
        Entry { subject: pid, result: "done", before: before.attr.client_id.as_deref(), after: identifier.as_deref() };
    audit::record(&mut tx, &app, &actor, "identifier_set", &[entry]).await?;
    let after = clients::find(&mut tx, actor.partner(), pid).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Answer::new(&after)
}
