//! The report's chart: the answer's services and buckets as the widget wants them.

use leptos::prelude::*;
use partner_api::ledger::Expenses;

use super::{
    Words,
    figures::{Group, code, from_hundredths, groups},
};
use crate::ui::chart::{ChartTexts, Column, Series, StackedColumns};

/// Key of the series that has the small services together.
const OTHERS: &str = "others";

/// The chart of an answer.
pub(super) fn chart(words: Words, expenses: &Expenses, off: RwSignal<Vec<String>>) -> impl IntoView + use<> {
    let Words { i18n, text } = words;
    let columns = expenses.buckets.iter().map(|bucket| Column {
        name: i18n.bucket(*bucket, expenses.granularity),
        mark: i18n.bucket_mark(*bucket, expenses.granularity),
    });
    let columns: Vec<_> = columns.collect();
    let series = groups(expenses).into_iter().map(|group| series(words, &group, columns.len())).collect();
    let currency = StoredValue::new(expenses.currency.clone());
    let format =
        Callback::new(move |value| currency.with_value(|currency| i18n.money(from_hundredths(value), currency)));
    let format_mark = Callback::new(move |value| {
        currency.with_value(|currency| i18n.compact_money(from_hundredths(value), currency))
    });
    let texts = ChartTexts {
        label: text.chart_walker.into(),
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

fn series(words: Words, group: &Group<'_>, columns: usize) -> Series {
    let (key, label) = match &group.services[..] {
        [service] => (code(service).to_owned(), words.name(service)),
        many => (OTHERS.to_owned(), words.i18n.count(&words.text.chart_others, many.len())),
    };
    Series { key, label, colour: group.colour, values: group.values(columns) }
}
