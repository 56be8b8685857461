//! The tab *Detail*: opening and closing balance, and the movements between them, grouped by service or line by line.

mod grouped;
mod lines;
mod movement;
mod statement;
mod strip;

use leptos::prelude::*;
use partner_api::ledger::LedgerQuery;

use self::{grouped::Grouped, statement::StatementView, strip::strip};
use super::{
    periods,
    query::set_period,
    state::{BalanceState, Summary},
};
use crate::{data::views::QueryView, i18n::format::fill, ui::icon::Icon};

#[component]
pub fn DetailReport(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n();
    let summary = state.summary();
    let stale_message = Signal::derive(move || {
        let period = summary.with(|summary| summary.map(|summary| i18n.period(summary.movements.period)));
        fill(state.text().old_figures, &[("period", &period.unwrap_or_default())])
    });
    let is_statement = Memo::new(move |_| state.address().is_statement());
    let is_empty =
        Memo::new(move |_| summary.with(|summary| summary.is_some_and(|summary| summary.movements.shown.lines == 0)));
    view! {
        <QueryView
            state=summary.state()
            has_value=Signal::derive(move || summary.has_value())
            on_retry=Callback::new(move |()| state.refresh())
            stale_message
        >
            {move || summary.with(|summary| summary.map(|summary| strip(state, &summary.movements)))}
            {move || match (is_empty.get(), is_statement.get()) {
                (true, _) => summary.with(|summary| summary.map(|summary| no_movements(state, summary))).into_any(),
                (false, true) => view! { <StatementView state /> }.into_any(),
                (false, false) => view! { <Grouped state /> }.into_any(),
            }}
        </QueryView>
    }
}

/// The message for a period without movements, or with filters that hide all movements.
fn no_movements(state: BalanceState, summary: &Summary) -> impl IntoView + use<> {
    let (i18n, text) = (state.i18n(), state.text());
    let is_filtered = summary.movements.all.lines > 0;
    let wider = periods::wider(summary.filter.period).filter(|_| !is_filtered);
    let show_all = move |_| {
        state.address().change_query(|query| {
            *query = LedgerQuery { direction: None, service: None, ..query.clone() };
        });
    };
    let hint = if is_filtered { Some(text.nothing_filtered) } else { wider.map(|_| text.nothing_wider) };
    view! {
        <section class="empty">
            <span class="empty-icon"><Icon name="calendar" /></span>
            <h2>{text.nothing}</h2>
            {hint.map(|hint| view! { <p>{hint}</p> })}
            {is_filtered.then(|| view! {
                <button type="button" class="button" on:click=show_all>{text.show_all}</button>
            })}
            {wider.map(|period| {
                let label = fill(text.show_wider, &[("period", &i18n.period(period))]);
                let show = move |_| state.address().change_query(|query| set_period(query, period, state.address().today()));
                view! { <button type="button" class="button" on:click=show>{label}</button> }
            })}
        </section>
    }
}
