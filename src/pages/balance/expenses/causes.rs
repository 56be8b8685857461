//! *Why did it change?* as it is shown: the sentence, and the services behind it.

use leptos::prelude::*;
use partner_api::{
    Day,
    ledger::{Expenses, ServiceExpenses},
};

use super::{
    Words,
    why::{Why, Wording},
};
use crate::{i18n::format::fill, ui::icon::Icon};

/// The reasons of an answer.
pub(super) fn causes(words: Words, expenses: &Expenses) -> impl IntoView + use<> {
    let Words { i18n, text } = words;
    let currency = &expenses.currency;
    let why = Why::of(expenses);
    let wording = Wording {
        text,
        preceding: &i18n.period(expenses.preceding),
        name: &|service| words.name(service),
        money: &|amount| i18n.money(amount, currency),
        // A line may break between a sign and a currency, but must not.
        change: &|amount| {
            i18n.change(amount, currency).replacen('+', "+\u{2060}", 1).replacen('\u{2212}', "\u{2212}\u{2060}", 1)
        },
    };
    let sentence = why.sentence(expenses, &wording);
    let today = expenses.period.contains(Day::of(expenses.as_of.0));
    let open = today.then(|| fill(text.today_open, &[("time", &i18n.moment(expenses.as_of))]));
    let rows = why.causes.iter().map(|service| row(words, service, currency)).collect_view();
    view! {
        <section class="causes">
            <h3>{text.why}</h3>
            <p>{sentence}</p>
            {open.map(|line| view! { <p class="report-note">{line}</p> })}
            {(!why.causes.is_empty()).then(|| view! {
                // It may scroll and has nothing else to put the focus on.
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

fn row(words: Words, service: &ServiceExpenses, currency: &str) -> impl IntoView + use<> {
    let Words { i18n, text } = words;
    let (icon, way) =
        if service.change().0.is_sign_negative() { ("arrow-down", text.fell) } else { ("arrow-up", text.rose) };
    view! {
        <tr>
            <th scope="row"><bdi>{words.name(service)}</bdi></th>
            <td data-label=text.column_before>{i18n.money(service.preceding, currency)}</td>
            <td data-label=text.column_now>{i18n.money(service.total, currency)}</td>
            <td>
                <Icon name=icon /><span class="visually-hidden">{way} " "</span>
                {i18n.change(service.change(), currency)}
            </td>
        </tr>
    }
}
