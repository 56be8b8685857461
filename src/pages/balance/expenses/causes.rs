//! The section *Why did it change?*: a sentence with the reasons, and a table of the services with the largest changes.

use leptos::prelude::*;
use partner_api::{
    Day,
    ledger::{Expenses, ServiceExpenses},
};

use super::{
    reasons::{Formats, Reasons},
    service_name, text_of,
};
use crate::{
    i18n::{I18n, format::fill},
    ui::icon::Icon,
};

pub fn causes(i18n: I18n, expenses: &Expenses) -> impl IntoView + use<> {
    let text = text_of(i18n);
    let currency = &expenses.currency;
    let reasons = Reasons::of(expenses);
    let formats = Formats {
        text,
        preceding: &i18n.period(expenses.preceding),
        name: &|service| service_name(i18n, service),
        money: &|amount| i18n.money(amount, currency),
        // Put a word joiner after the sign, so that the sign and the amount stay on one line.
        change: &|amount| {
            i18n.change(amount, currency).replacen('+', "+\u{2060}", 1).replacen('\u{2212}', "\u{2212}\u{2060}", 1)
        },
    };
    let sentence = reasons.sentence(expenses, &formats);
    let includes_today = expenses.period.contains(Day::of(expenses.as_of.0));
    let today_note = includes_today.then(|| fill(text.today_open, &[("time", &i18n.moment(expenses.as_of))]));
    let rows = reasons.causes.iter().map(|service| row(i18n, service, currency)).collect_view();
    view! {
        <section class="causes">
            <h3>{text.why}</h3>
            <p>{sentence}</p>
            {today_note.map(|line| view! { <p class="report-note">{line}</p> })}
            {(!reasons.causes.is_empty()).then(|| view! {
                // Make the frame focusable, so that keyboard users can scroll the table on narrow screens. The table
                // itself has no focusable elements.
                <div class="report-frame" role="region" aria-label=text.why tabindex="0">
                    <table class="report">
                        <caption class="visually-hidden">{text.why}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{text.column_service}</th>
                                <th scope="col">{text.column_before}</th>
                                <th scope="col">{text.column_now}</th>
                                <th scope="col">{text.column_change}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            })}
        </section>
    }
}

fn row(i18n: I18n, service: &ServiceExpenses, currency: &str) -> impl IntoView + use<> {
    let text = text_of(i18n);
    let (icon, direction) =
        if service.change().0.is_sign_negative() { ("arrow-down", text.fell) } else { ("arrow-up", text.rose) };
    view! {
        <tr>
            <th scope="row"><bdi>{service_name(i18n, service)}</bdi></th>
            <td data-label=text.column_before>{i18n.money(service.preceding, currency)}</td>
            <td data-label=text.column_now>{i18n.money(service.total, currency)}</td>
            <td>
                <Icon name=icon /><span class="visually-hidden">{direction} " "</span>
                {i18n.change(service.change(), currency)}
            </td>
        </tr>
    }
}
