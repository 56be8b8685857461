//! The balance where the API has the published calls alone: what the client has now, and that there is no more.

use leptos::prelude::*;
use partner_api::{
    GetBalanceAmount,
    billing::BalanceAmount,
    endpoint::{Empty, ProjectPath},
};

use super::{
    panel::{Frame, amounts},
    state::BalanceState,
};
use crate::{
    api::{Call, Reply},
    data::load::{Kept, on_online},
    ui::{icon::Icon, live::live},
};

/// What was published has no currency: the cloud's prices are in roubles, and a bonus is one of them.
const CURRENCY: &str = "RUB";

/// The panel, and what stands in place of the reports.
#[component]
pub fn PublishedBalance(state: BalanceState) -> impl IntoView {
    let text = state.i18n.ledger();
    let kept = Kept::<BalanceAmount>::new();
    let load = Callback::new(move |()| {
        let path = ProjectPath { pid: state.path.with_value(|path| path.client_pid.clone()) };
        let call = Call::new::<GetBalanceAmount>(&path, &Empty {}, &Empty {});
        kept.load(state.session, call, Reply::decode::<GetBalanceAmount>);
    });
    load.run(());
    on_online(move || {
        if kept.newest.has_failed() {
            load.run(());
        }
    });
    let has_value = Signal::derive(move || kept.value.with(Option::is_some));
    view! {
        <div class="balance">
            <Frame state kept=kept.newest has_value on_refresh=load on_retry=load>
                {live(move || kept.value.get().map(|now| amounts(state, now.base, now.bonus, CURRENCY)))}
            </Frame>
            <section class="empty balance-report">
                <span class="empty-icon"><Icon name="info" /></span>
                <h2>{text.not_offered_title}</h2>
                <p>{text.not_offered_lead}</p>
            </section>
        </div>
    }
}
