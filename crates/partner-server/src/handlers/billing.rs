//! The published calls that return the balances of a client.

use partner_api::{GetBalanceAmount, GetClientBilling, billing::BalanceAmount};

use crate::{
    auth::Actor,
    endpoint::{Answer, Call},
    error::{Error, Result},
    state::App,
    store::clients,
};

pub(crate) async fn get_client_billing(
    app: App,
    actor: Actor,
    call: Call<GetClientBilling>,
) -> Result<Answer<GetClientBilling>> {
    let pid = call.path.client_pid;
    let billing = clients::billing(&mut *app.store.read().await?, actor.partner(), &pid).await?;
    Answer::new(&billing.ok_or(Error::NotFound)?.summary(pid))
}

/// In the route of this call, `{pid}` is the client instead of the partner, so the query has to check that the client
/// belongs to the signed-in partner.
pub(crate) async fn get_balance_amount(
    app: App,
    actor: Actor,
    call: Call<GetBalanceAmount>,
) -> Result<Answer<GetBalanceAmount>> {
    let billing = clients::billing(&mut *app.store.read().await?, actor.partner(), &call.path.pid).await?;
    let billing = billing.ok_or(Error::NotFound)?;
    Answer::new(&BalanceAmount { base: billing.base, bonus: billing.bonus })
}
