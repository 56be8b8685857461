//! The printed report: a header that names the client, the period and the filters, and all rows of the report.

use leptos::{ev, prelude::*};
use partner_api::Instant;

use super::{
    filters::{direction_label, granularity_label},
    state::BalanceState,
};
use crate::browser::{clock::now, events::on_window, lowercase::lowercase};

/// Draws all rows while the page is being printed, because the statement otherwise draws only the rows on screen.
pub fn follow_printing(state: BalanceState) {
    let on = |name: &'static str, is_printing: bool| {
        on_window(ev::Custom::<web_sys::Event>::new(name), move |_| state.set_printing(is_printing));
    };
    on("beforeprint", true);
    on("afterprint", false);
}

/// The header of the report, visible on paper only.
#[component]
pub fn PrintHead(state: BalanceState) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let line = |label: &'static str, value: String| {
        view! { <div class="print-line"><dt>{label}</dt> <dd><bdi>{value}</bdi></dd></div> }
    };
    move || {
        // Draw the header again when printing begins, because the header shows the time of printing.
        state.is_printing();
        let filter = state.address().filter().get().ok()?;
        let service = match &filter.service {
            None => text.all_services.to_owned(),
            Some(code) => state.service_name(code).unwrap_or_else(|| text.no_service.to_owned()),
        };
        let is_detail = state.address().is_detail();
        let direction = filter.direction.filter(|_| is_detail).map(|it| direction_label(text, it).to_owned());
        let granularity = lowercase(&format!("{} {}", text.by, granularity_label(text, filter.granularity)));
        let granularity = (!is_detail || !state.address().is_statement()).then_some(granularity);
        let filters = [Some(service), direction, granularity].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let period = format!("{} ({})", i18n.period(filter.period), text.moscow_time);
        let client = format!("{}, {}", state.client_name(), state.address().client_pid());
        Some(view! {
            <dl class="print-head">
                {line(text.print_client, client)}
                {line(text.print_period, period)}
                {line(text.print_filters, filters)}
                {line(text.print_made, i18n.moment(Instant(now())))}
            </dl>
        })
    }
}
