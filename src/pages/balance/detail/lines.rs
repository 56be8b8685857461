//! The movements of one bucket (a day, week, month or year). The first page loads when the user opens the bucket, and
//! each further page when the user asks for it.

use leptos::prelude::*;
use partner_api::{
    Amount, ListMovements,
    ledger::{Account, Direction, LedgerFilter, LedgerQuery, Movement, MovementsPage},
};

use super::{
    super::state::BalanceState,
    movement::{amount_cell, kind_label, rounding_note, time},
};
use crate::{
    api::ApiError,
    data::{
        error_notice::ErrorNotice,
        paged::{Paged, Source},
        request::RequestState,
    },
    ui::icon::Icon,
};

/// Number of movements per request.
const PAGE: u32 = 100;

/// Draws one row per movement. Below them, a row says that movements are loading, shows an error, or has the button to
/// load more; after the last page, this row is missing.
#[component]
pub fn BucketLines(state: BalanceState, filter: LedgerFilter, currency: String, total: u32) -> impl IntoView {
    let lines = RwSignal::new(Vec::<Movement>::new());
    let pages = Paged::<ListMovements>::one_page(state.session());
    pages.restart(Source {
        path: state.client_path(),
        query: Box::new(move |marker| LedgerQuery { limit: Some(PAGE.to_string()), marker, ..filter.query() }),
        on_page: Box::new(move |page: MovementsPage, _| lines.update(|lines| lines.extend(page.data))),
    });
    let rows = move || lines.with(|lines| lines.iter().map(|line| row(state, line, &currency)).collect_view());
    let shown = Memo::new(move |_| lines.with(Vec::len));
    let foot = Memo::new(move |_| match pages.state().get() {
        RequestState::Failed(error) => Foot::Failed(error),
        RequestState::Loading if shown.get() == 0 => Foot::Loading(state.i18n().text.common().loading),
        RequestState::Slow if shown.get() == 0 => Foot::Loading(state.i18n().text.common().loading_slow),
        _ if pages.has_more() => Foot::More,
        _ => Foot::None,
    });
    let foot = move || {
        let content = match foot.get() {
            Foot::None => return None,
            Foot::Loading(message) => view! {
                <span class="ledger-waiting" role="status"><Icon name="loader" />{message}</span>
            }
            .into_any(),
            Foot::Failed(error) => {
                let lead = format!("{}.", state.i18n().text.common().failed_title);
                view! { <ErrorNotice error lead on_retry=Callback::new(move |()| pages.resume()) /> }.into_any()
            }
            Foot::More => view! { <MoreFoot state pages shown total=total as usize /> }.into_any(),
        };
        Some(view! { <tr class="ledger-row" data-level="foot"><td colspan="3">{content}</td></tr> })
    };
    view! { {rows} {foot} }
}

/// Content of the row below the movements.
#[derive(Clone, PartialEq)]
enum Foot {
    None,
    Loading(&'static str),
    Failed(ApiError),
    More,
}

#[component]
fn MoreFoot(state: BalanceState, pages: Paged<ListMovements>, shown: Memo<usize>, total: usize) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let progress = move || i18n.count_with(&text.shown_of, shown.get(), &[("total", &i18n.number(total))]);
    let label = move || i18n.count(&text.show_more, total.saturating_sub(shown.get()).min(PAGE as usize));
    let is_loading = move || pages.state().with(RequestState::is_loading);
    view! {
        <span class="ledger-more">
            <span role="status">{progress}</span>
            <button type="button" class="button" data-busy=move || is_loading().then_some("")
                on:click=move |_| pages.resume()>
                {label}
            </button>
        </span>
    }
}

fn row(state: BalanceState, line: &Movement, currency: &str) -> impl IntoView + use<> {
    let text = state.text();
    let (debit, deposit) = match line.direction {
        Direction::Debit => (line.amount, Amount::default()),
        Direction::Deposit => (Amount::default(), line.amount),
    };
    let notes = [
        Some(kind_label(text, line.kind).to_owned()),
        (line.account == Account::Bonus).then(|| text.balance_bonus.to_owned()),
        rounding_note(state, line, currency),
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
