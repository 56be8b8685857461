//! What a printed report has and the screen has not: a head that says what it is, and every row.

use leptos::{ev, prelude::*};
use partner_api::Instant;

use super::{
    filters::{direction_words, granularity_words},
    state::BalanceState,
};
use crate::{
    browser::{clock::now, lowercase::lowercase},
    routes::BalanceTab,
    ui::live::live,
};

/// Draws all rows while the page is being printed.
pub fn follow_printing(state: BalanceState) {
    let begins = window_event_listener(ev::Custom::<web_sys::Event>::new("beforeprint"), move |_| {
        _ = state.is_printing.try_set(true);
    });
    let ends = window_event_listener(ev::Custom::<web_sys::Event>::new("afterprint"), move |_| {
        _ = state.is_printing.try_set(false);
    });
    on_cleanup(move || {
        begins.remove();
        ends.remove();
    });
}

/// The head, on paper only.
#[component]
pub fn PrintHead(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let line = |label: &'static str, value: String| {
        view! { <div class="print-line"><dt>{label}</dt> <dd><bdi>{value}</bdi></dd></div> }
    };
    let head = move || {
        // The time is that of printing.
        _ = state.is_printing.get();
        let filter = state.filter.get().ok()?;
        let service = match &filter.service {
            None => text.all_services.to_owned(),
            Some(code) => state.services.value.with(|services| {
                let found = services.iter().flatten().find(|service| service.code == *code);
                found.map_or_else(|| text.no_service.to_owned(), |service| service.name.clone())
            }),
        };
        let is_detail = state.tab.get() == BalanceTab::Detail;
        let direction = filter.direction.filter(|_| is_detail).map(|it| direction_words(text, it).to_owned());
        let granularity = lowercase(&format!("{} {}", text.by, granularity_words(text, filter.granularity)));
        let granularity = (!is_detail || !state.is_statement()).then_some(granularity);
        let filters = [Some(service), direction, granularity].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let period = format!("{} ({})", i18n.period(filter.period), text.moscow_time);
        let pid = state.path.with_value(|path| path.client_pid.clone());
        Some(view! {
            <dl class="print-head">
                {line(text.print_client, format!("{}, {pid}", state.client_name()))}
                {line(text.print_period, period)}
                {line(text.print_filters, filters)}
                {line(text.print_made, i18n.moment(Instant(now())))}
            </dl>
        })
    };
    live(head)
}
