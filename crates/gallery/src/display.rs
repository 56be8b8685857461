//! Widgets that show content: tabs, table headings, tooltips, periods, charts, icons.

use leptos::prelude::*;
use partner_account::ui::{
    chart::{ChartTexts, Column, Series, StackedColumns},
    icon::Icon,
    period_picker::{Days, PeriodPicker, PickerCalls, PickerTexts, PresetDays},
    sort_head::SortHead,
    tabs::{TabLink, TabLinks},
    tip::Tip,
};
use wasm_bindgen::JsCast;

use crate::Group;

const TEXTS: PickerTexts = PickerTexts { title: "Period", from: "From", to: "To", apply: "Show" };

#[component]
pub fn Display() -> impl IntoView {
    let tab = |label, href: &'static str, is_current: bool| TabLink {
        label,
        href: Signal::stored(href.to_owned()),
        is_current: Signal::stored(is_current),
    };
    let head = |label, order: Option<bool>| {
        view! { <SortHead label order=Signal::stored(order) on_sort=Callback::new(|()| ()) /> }
    };
    let period = |shown: &str, days: (&str, &str), is_bad: bool| {
        let days: Days = (days.0.to_owned(), days.1.to_owned());
        view! {
            <PeriodPicker shown=Signal::stored(shown.to_owned()) label=Signal::stored(format!("Period: {shown}"))
                days=Signal::stored(days) is_bad=Signal::stored(is_bad) texts=TEXTS calls=calls() />
        }
    };
    view! {
        <Group title="Tabs">
            <TabLinks label="Balance" tabs=vec![tab("Detail", "#detail", true), tab("Expenses", "#expenses", false)] />
        </Group>
        <Group title="Table heads">
            <div class="gallery-scroll"><table class="gallery-table">
                <thead><tr>{head("Not sorted by", None)} {head("Ascending", Some(false))} {head("Descending", Some(true))}</tr></thead>
                <tbody class={"gallery-rows"}><tr class={"gallery-line"}>{["Alpha", "1", "2"].map(|text| view! { <td>{text}</td> }).collect_view()}</tr></tbody>
            </table></div>
        </Group>
        <Group title="Tooltips">
            <p><Tip text="Without a tooltip".to_owned() tip=None id="gallery-tip-none" /></p>
            <p><Tip text="5 days".to_owned() tip=Some("At the average of the last 7 days".to_owned()) id="gallery-tip" /></p>
        </Group>
        <Group title="Periods">
            <div class="gallery-row" data-opens="period">
                {period("1–30 September 2026", ("2026-09-01", "2026-09-30"), false)}
                {period("30 September – 1 September 2026", ("2026-09-30", "2026-09-01"), true)}
            </div>
        </Group>
        <Group title="Chart">
            <StackedColumns series=series() columns=columns() off=RwSignal::new(Vec::new()) texts=texts()
                format=Callback::new(|value: u64| format!("{value} ₽")) format_mark=Callback::new(|value: u64| value.to_string()) />
        </Group>
        <Group title="Chart with all series hidden">
            <StackedColumns series=series() columns=columns() texts=texts()
                off=RwSignal::new(series().into_iter().map(|series| series.key).collect())
                format=Callback::new(|value: u64| format!("{value} ₽")) format_mark=Callback::new(|value: u64| value.to_string()) />
        </Group>
    }
}

fn calls() -> PickerCalls {
    PickerCalls {
        presets: Callback::new(|()| {
            let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
            vec![
                PresetDays { label: "This month", days: days("2026-09-01", "2026-09-30") },
                PresetDays { label: "Last month", days: days("2026-08-01", "2026-08-31") },
            ]
        }),
        bounds: Callback::new(|()| ("2025-01-01".to_owned(), "2026-09-30".to_owned())),
        check: Callback::new(|(from, to): Days| {
            let is_late = from > to;
            (is_late.then(|| "The first day is after the last".to_owned()), None)
        }),
        choose: Callback::new(|_| ()),
    }
}

fn series() -> Vec<Series> {
    let services = ["Virtual machines", "Disks", "Backups", "Load balancers"];
    let one = |(colour, label): (usize, &&str)| Series {
        key: format!("{colour}"),
        label: (*label).to_owned(),
        colour,
        values: (0..12).map(|month| (month * 37 + colour as u64 * 91) % 400).collect(),
    };
    services.iter().enumerate().map(one).collect()
}

fn columns() -> Vec<Column> {
    let one = |month| Column { name: format!("Month {month} of 2026"), mark: format!("{month}") };
    (1..=12).map(one).collect()
}

fn texts() -> ChartTexts {
    ChartTexts {
        label: "Months".to_owned(),
        whole: "The whole year".to_owned(),
        total: "Total",
        previous: "Previous month",
        next: "Next month",
        release: "Whole year",
        some_off: "Some series are hidden",
        all_off: "All series are hidden",
        show_all: "Show all",
    }
}

/// Shows the icons of the sprite that the build puts into the page.
#[component]
pub fn Icons() -> impl IntoView {
    let symbols = document().query_selector_all("symbol[id^='i-']").expect("the selector is right");
    let count = symbols.length();
    let name = move |at| {
        let symbol = symbols.item(at)?.dyn_into::<web_sys::Element>().ok()?;
        // Leak the names, because `Icon` takes a `'static` name. The page needs the names until it is closed.
        Some(&*String::leak(symbol.id().strip_prefix("i-")?.to_owned()))
    };
    let icon = |name: &'static str| view! { <li class="gallery-icon"><Icon name /><span>{name}</span></li> };
    view! {
        <Group title="Icons">
            <ul class="gallery-icons">{(0..count).filter_map(name).map(icon).collect_view()}</ul>
        </Group>
    }
}
