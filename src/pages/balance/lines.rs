//! The movements of a bucket, fetched when it is opened, some at a time.

use leptos::prelude::*;
use partner_api::{
    Amount, ListMovements,
    ledger::{Account, Direction, LedgerFilter, LedgerQuery, Movement, MovementKind, MovementsPage},
};

use super::{grouped::amount_cell, state::BalanceState};
use crate::{
    api::ApiError,
    data::load::{Fetch, Newest},
    i18n::{format::fill, locales::LedgerText},
    ui::{
        icon::Icon,
        live::{live, live_flag, live_text},
    },
};

/// So many at first, and with every press on the button.
const SOME: u32 = 100;

/// Rows of the table: the movements, and below them what there is to say.
#[component]
pub fn BucketLines(state: BalanceState, filter: LedgerFilter, currency: String, count: u32) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let newest = Newest::new();
    let lines = RwSignal::new(Vec::<Movement>::new());
    let marker = RwSignal::new(None::<String>);
    let load = move || {
        let query = LedgerQuery { limit: Some(SOME.to_string()), marker: marker.get_untracked(), ..filter.query() };
        let Some(ticket) = newest.begin() else { return };
        leptos::task::spawn_local(async move {
            let Some(reply) = newest.send(&ticket, state.session, state.ask::<ListMovements>(&query)).await else {
                return;
            };
            let outcome = reply.and_then(|reply| reply.decode::<ListMovements>()).map(|page| {
                let MovementsPage { data, marker: next } = page;
                lines.update(|lines| lines.extend(data));
                marker.set(next);
            });
            newest.end(outcome);
        });
    };
    let load = Callback::new(move |()| load());
    load.run(());
    let rows = move || lines.with(|lines| lines.iter().map(|line| row(state, line, &currency)).collect_view());
    let shown = Memo::new(move |_| lines.with(Vec::len));
    let foot = Memo::new(move |_| match newest.fetch.get() {
        Fetch::Failed(error) => Foot::Failed(error),
        Fetch::UnderWay if shown.get() == 0 => Foot::Waiting(i18n.text.loading),
        Fetch::Slow if shown.get() == 0 => Foot::Waiting(i18n.text.loading_slow),
        _ if marker.with(Option::is_some) => Foot::More,
        _ => Foot::Nothing,
    });
    let is_busy = move || newest.fetch.with(Fetch::is_under_way);
    let so_far = move || {
        let so_far = [("n", &*i18n.number(shown.get())), ("total", &*i18n.number(count as usize))];
        fill(text.shown_of, &so_far)
    };
    let more = move || i18n.count(&text.show_more, (count as usize).saturating_sub(shown.get()).min(SOME as usize));
    let foot =
        move || {
            match foot.get() {
        Foot::Nothing => None,
        Foot::Waiting(words) => Some(view! {
            <span class="ledger-waiting" role="status"><Icon name="loader" />{words}</span>
        }.into_any()),
        Foot::Failed(error) => Some(view! {
            <span class="ledger-failed" role="alert">
                <Icon name="triangle-alert" />
                <span>{i18n.text.failed_title} ". " {i18n.error(&error)} " "</span>
                <button type="button" class="link" on:click=move |_| load.run(())>{i18n.text.retry}</button>
            </span>
        }.into_any()),
        Foot::More => Some(view! {
            <span class="ledger-more">
                <span role="status">{live_text(so_far)}</span>
                <button type="button" class="button" data-busy=live_flag(is_busy) on:click=move |_| load.run(())>
                    {live_text(more)}
                </button>
            </span>
        }.into_any()),
    }
        };
    view! {
        {live(rows)}
        {live(move || foot().map(|foot| view! {
            <tr class="ledger-row" data-level="foot"><td colspan="3">{foot}</td></tr>
        }))}
    }
}

/// What stands below the movements.
#[derive(Clone, PartialEq)]
enum Foot {
    Nothing,
    Waiting(&'static str),
    Failed(ApiError),
    More,
}

fn row(state: BalanceState, line: &Movement, currency: &str) -> impl IntoView + use<> {
    let i18n = state.i18n;
    let nothing = Amount::default();
    let (debit, deposit) = match line.direction {
        Direction::Debit => (line.amount, nothing),
        Direction::Deposit => (nothing, line.amount),
    };
    let notes = [
        Some(kind_words(i18n.ledger(), line.kind).to_owned()),
        account_note(state, line),
        counted_as(state, line, currency),
    ];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <tr class="ledger-row" data-level="line">
            <th scope="row" class="ledger-what">
                <span class="ledger-time">{time(state, line)}</span>
                <bdi>{line.description.clone()}</bdi>
                <small class="ledger-note">{notes}</small>
            </th>
            {amount_cell(state, debit, Direction::Debit, currency)}
            {amount_cell(state, deposit, Direction::Deposit, currency)}
        </tr>
    }
}

/// When it was, by Moscow's clock; the viewer's own in a tooltip.
pub fn time(state: BalanceState, line: &Movement) -> impl IntoView + use<> {
    let i18n = state.i18n;
    let local = i18n.local(line.at).map(|time| fill(i18n.ledger().local_time, &[("time", &time)]));
    view! { <time datetime=line.at.to_string() title=local>{i18n.moment(line.at)}</time> }
}

/// Which account it touched, where that is not the usual one.
fn account_note(state: BalanceState, line: &Movement) -> Option<String> {
    (line.account == Account::Bonus).then(|| state.i18n.ledger().balance_bonus.to_owned())
}

/// What the kopeck rule did to it, if anything.
pub fn counted_as(state: BalanceState, line: &Movement, currency: &str) -> Option<String> {
    let i18n = state.i18n;
    let exact = line.exact.filter(|exact| *exact != line.amount)?;
    let (exact, counted) = (i18n.exact_money(exact, currency), i18n.money(line.amount, currency));
    Some(fill(i18n.ledger().counted_as, &[("exact", &exact), ("counted", &counted)]))
}

/// What a movement is.
pub const fn kind_words(text: &LedgerText, kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Usage => text.kind_usage,
        MovementKind::Subscription => text.kind_subscription,
        MovementKind::Payment => text.kind_payment,
        MovementKind::Bonus => text.kind_bonus,
        MovementKind::Refund => text.kind_refund,
        MovementKind::Expiry => text.kind_expiry,
        MovementKind::Other => text.kind_other,
    }
}
