//! The chart of expenses: one column per bucket (day, week, month or year), and one series per service.

use leptos::prelude::*;
use partner_api::ledger::Expenses;

use super::{
    groups::{Group, code, from_hundredths, groups},
    service_name, text_of,
};
use crate::{
    i18n::I18n,
    ui::chart::{ChartTexts, Column, Series, StackedColumns},
};

/// Key of the series for the group of small services.
const OTHERS: &str = "others";

pub fn chart(i18n: I18n, expenses: &Expenses, off: RwSignal<Vec<String>>) -> impl IntoView + use<> {
    let text = text_of(i18n);
    let columns = expenses.buckets.iter().map(|bucket| Column {
        name: i18n.bucket(*bucket, expenses.granularity),
        mark: i18n.bucket_mark(*bucket, expenses.granularity),
    });
    let columns: Vec<_> = columns.collect();
    let series = groups(expenses).into_iter().map(|group| series(i18n, &group, columns.len())).collect();
    let currency = StoredValue::new(expenses.currency.clone());
    let format =
        Callback::new(move |value| currency.with_value(|currency| i18n.money(from_hundredths(value), currency)));
    let format_mark = Callback::new(move |value| {
        currency.with_value(|currency| i18n.compact_money(from_hundredths(value), currency))
    });
    let texts = ChartTexts {
        label: text.chart_slider.into(),
        whole: i18n.period(expenses.period),
        total: text.chart_total,
        previous: text.chart_previous,
        next: text.chart_next,
        release: text.chart_release,
        some_off: text.chart_some_off,
        all_off: text.chart_all_off,
        show_all: text.chart_show_all,
    };
    view! { <StackedColumns series columns off texts format format_mark /> }
}

fn series(i18n: I18n, group: &Group<'_>, columns: usize) -> Series {
    let (key, label) = match &group.services[..] {
        [service] => (code(service).to_owned(), service_name(i18n, service)),
        many => (OTHERS.to_owned(), i18n.count(&text_of(i18n).chart_others, many.len())),
    };
    Series { key, label, colour: group.colour, values: group.values(columns) }
}
