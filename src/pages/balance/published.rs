//! The balance where the API has the published calls alone: what the client has now, and that there is no more.

use leptos::prelude::*;
use partner_api::{
    Amount, GetBalanceAmount,
    billing::BalanceAmount,
    endpoint::{Empty, ProjectPath},
};

use super::state::BalanceState;
use crate::{
    api::{Call, Reply},
    load::{Kept, Refreshed},
    ui::{
        icon::Icon,
        live::{live, live_flag},
    },
};

/// The panel, and what stands in place of the reports.
#[component]
pub fn PublishedBalance(state: BalanceState) -> impl IntoView {
    let text = state.i18n.ledger();
    let amounts = Kept::<BalanceAmount>::new();
    let fetch = amounts.newest.fetch;
    let load = Callback::new(move |()| {
        let path = ProjectPath { pid: state.path.with_value(|path| path.client_pid.clone()) };
        let call = Call::new::<GetBalanceAmount>(&path, &Empty {}, &Empty {});
        amounts.load(state.session, call, Reply::decode::<GetBalanceAmount>);
    });
    load.run(());
    let has_value = Signal::derive(move || amounts.value.with(Option::is_some));
    view! {
        <div class="balance">
            <section class="panel" aria-labelledby="panel-title">
                <header class="panel-head">
                    <h2 id="panel-title" class="panel-title">{text.panel}</h2>
                    <button type="button" class="button" data-mode="quiet" data-square aria-label=text.refresh
                        title=text.refresh data-busy=live_flag(move || fetch.with(|fetch| fetch.is_under_way()))
                        on:click=move |_| load.run(())>
                        <Icon name="refresh-cw" />
                    </button>
                </header>
                <Refreshed fetch has_value old=Signal::stored(text.old_balance.to_owned()) on_retry=load>
                    {live(move || amounts.value.get().map(|amounts| figures(state, &amounts)))}
                </Refreshed>
            </section>
            <section class="empty balance-report">
                <span class="empty-icon"><Icon name="info" /></span>
                <h2>{text.not_offered_title}</h2>
                <p>{text.not_offered_lead}</p>
            </section>
        </div>
    }
}

/// What was published has no currency: the cloud's prices are in roubles, and a bonus is one of them.
fn figures(state: BalanceState, amounts: &BalanceAmount) -> impl IntoView + use<> {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let figure = |label: &'static str, amount: Amount, is_total: bool| {
        view! {
            <div class="panel-figure" data-total=is_total.then_some("")>
                <dt>{label}</dt>
                <dd class="amount" data-debt=(amount < Amount::default()).then_some("")>{i18n.money(amount, "RUB")}</dd>
            </div>
        }
    };
    view! {
        <dl class="panel-figures">
            {figure(text.total, amounts.base + amounts.bonus, true)}
            {figure(text.balance_personal, amounts.base, false)}
            {figure(text.balance_bonus, amounts.bonus, false)}
        </dl>
    }
}
