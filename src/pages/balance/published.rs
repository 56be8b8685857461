//! The balance page for an API that has only the published calls: it shows the current balance, and says that the API
//! offers no report.

use leptos::prelude::*;
use partner_api::{
    GetBalanceAmount,
    billing::BalanceAmount,
    endpoint::{Empty, ProjectPath},
};

use super::{
    panel::{PanelFrame, amounts},
    state::BalanceState,
};
use crate::{
    api::{Call, Reply},
    data::{query::Query, views::on_online},
    ui::icon::Icon,
};

/// Assume roubles, the currency of the cloud's prices, because the published call returns no currency.
const CURRENCY: &str = "RUB";

#[component]
pub fn PublishedBalance(state: BalanceState) -> impl IntoView {
    let text = state.text();
    let balance = Query::<BalanceAmount>::new(state.session());
    let load = Callback::new(move |()| {
        let path = ProjectPath { pid: state.address().client_pid() };
        balance.load(Call::new::<GetBalanceAmount>(&path, &Empty {}, &Empty {}), Reply::decode::<GetBalanceAmount>);
    });
    load.run(());
    on_online(move || {
        if balance.has_failed() {
            load.run(());
        }
    });
    view! {
        <div class="balance">
            <PanelFrame state query=balance on_refresh=load on_retry=load>
                {move || balance.get().map(|now| amounts(state, now.base, now.bonus, CURRENCY))}
            </PanelFrame>
            <section class="empty balance-report">
                <span class="empty-icon"><Icon name="info" /></span>
                <h2>{text.not_offered_title}</h2>
                <p>{text.not_offered_lead}</p>
            </section>
        </div>
    }
}
