//! The panel beside the report. It shows the current balance, and how long the balance lasts.

use leptos::prelude::*;
use partner_api::{Amount, ledger::Balance, ledger::Bonus};

use super::{outlook::Outlook, state::BalanceState};
use crate::{
    data::{query::Query, request::RequestState, views::QueryView},
    i18n::format::fill,
    ui::{icon::Icon, tip::Tip},
};

#[component]
pub fn Panel(state: BalanceState) -> impl IntoView {
    let balance = state.balance();
    let on_refresh = Callback::new(move |()| state.refresh());
    let on_retry = Callback::new(move |()| state.retry_failed());
    view! {
        <PanelFrame state query=balance on_refresh on_retry>
            {move || balance.get().map(|balance| figures(state, &balance))}
        </PanelFrame>
    }
}

/// The frame of the panel: a heading, the refresh button, and the figures as children.
#[component]
pub fn PanelFrame<T: Send + Sync + 'static>(
    state: BalanceState,
    query: Query<T>,
    /// Runs when the user presses the refresh button.
    on_refresh: Callback<()>,
    /// Runs when the user presses *Try again* after a failed request.
    on_retry: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let text = state.text();
    let request = query.state();
    view! {
        <section class="panel" aria-labelledby="panel-title">
            <header class="panel-head">
                <h2 id="panel-title" class="panel-title">{text.panel}</h2>
                <button type="button" class="button" data-mode="quiet" data-square aria-label=text.refresh
                    title=text.refresh data-busy=move || request.with(RequestState::is_loading).then_some("")
                    on:click=move |_| on_refresh.run(())>
                    <Icon name="refresh-cw" />
                </button>
            </header>
            <QueryView
                state=request
                has_value=Signal::derive(move || query.has_value())
                on_retry
                stale_message=Signal::stored(text.old_balance.to_owned())
            >
                {children()}
            </QueryView>
        </section>
    }
}

/// The total balance, and the amounts on the personal account and the bonus account.
pub fn amounts(state: BalanceState, base: Amount, bonus: Amount, currency: &str) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let figure = |label: &'static str, amount: Amount, is_total: bool| {
        view! {
            <div class="panel-figure" data-total=is_total.then_some("")>
                <dt>{label}</dt>
                <dd class="amount" data-debt=(amount < Amount::default()).then_some("")>
                    {i18n.money(amount, currency)}
                </dd>
            </div>
        }
    };
    view! {
        <dl class="panel-figures">
            {figure(text.total, base + bonus, true)}
            {figure(text.balance_personal, base, false)}
            {figure(text.balance_bonus, bonus, false)}
        </dl>
    }
}

fn figures(state: BalanceState, balance: &Balance) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let money = |amount: Amount| i18n.money(amount, &balance.currency);
    let bonuses = balance.bonuses.iter().map(|bonus| bonus_item(state, bonus, &money(bonus.amount))).collect_view();
    let daily = balance.average_daily_debit.filter(|debit| *debit > Amount::default());
    let as_of = fill(text.as_of, &[("time", &i18n.moment(balance.as_of))]);
    let local = i18n.local(balance.as_of).map(|time| fill(text.local_time, &[("time", &time)]));
    view! {
        {outlook_notice(state, balance)}
        {amounts(state, balance.base, balance.bonus, &balance.currency)}
        {(!balance.bonuses.is_empty()).then(|| view! { <ul class="panel-bonuses">{bonuses}</ul> })}
        {daily.map(|debit| view! {
            <dl class="panel-figures">
                <div class="panel-figure">
                    <dt>{text.daily} <small class="panel-hint">{text.daily_hint}</small></dt>
                    <dd class="amount">{money(debit)}</dd>
                </div>
            </dl>
        })}
        <p class="panel-time"><Icon name="clock" /><Tip text=as_of tip=local id="panel-local" /></p>
    }
}

fn outlook_notice(state: BalanceState, balance: &Balance) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let outlook = Outlook::of(balance);
    let (icon, sentence) = match outlook {
        Outlook::Debt(amount) => {
            ("triangle-alert", fill(text.debt, &[("amount", &i18n.money(amount, &balance.currency))]))
        }
        Outlook::Zero => ("triangle-alert", text.zero.to_owned()),
        Outlook::Idle => ("info", text.idle.to_owned()),
        Outlook::Today => ("triangle-alert", text.lasts_today.to_owned()),
        Outlook::Days(days, last) => {
            let sentence = i18n.count_with(&text.lasts, days as usize, &[("date", &i18n.day(last))]);
            (if outlook.is_urgent() { "triangle-alert" } else { "circle-check" }, sentence)
        }
        Outlook::Long => ("circle-check", text.lasts_long.to_owned()),
    };
    let kind = match outlook {
        Outlook::Debt(_) => "danger",
        _ if outlook.is_urgent() => "warning",
        _ => "info",
    };
    view! {
        <p class="notice panel-outlook" data-kind=kind>
            <Icon name=icon />
            <span>
                <strong>{sentence}</strong>
                {matches!(outlook, Outlook::Debt(_)).then(|| view! { " " <span>{text.debt_lead}</span> })}
            </span>
        </p>
    }
}

fn bonus_item(state: BalanceState, bonus: &Bonus, amount: &str) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let valid_for = match &bonus.service_group {
        Some(group) => fill(text.bonus_group, &[("group", group)]),
        None => text.bonus_any.to_owned(),
    };
    let until = match bonus.expires {
        Some(day) => fill(text.bonus_until, &[("date", &i18n.day(day))]),
        None => text.bonus_forever.to_owned(),
    };
    view! {
        <li class="panel-bonus">
            <span class="panel-hint"><bdi>{valid_for}</bdi> ", " {until}</span>
            <span class="amount">{amount.to_owned()}</span>
        </li>
    }
}
