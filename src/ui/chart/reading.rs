//! The parts of a chart that show figures: the slider over the plot, the line below it, and the legend.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{Data, value};
use crate::{browser::focus, ui::icon::Icon};

/// The slider that moves the active column.
#[component]
pub(super) fn ColumnSlider(
    data: StoredValue<Data>,
    active: RwSignal<Option<usize>>,
    off: RwSignal<Vec<String>>,
    count: usize,
    format: Callback<u64, String>,
) -> impl IntoView {
    let last = count.saturating_sub(1);
    let at = move || active.get().unwrap_or(last);
    let value_text = move || {
        let at = at();
        data.with_value(|data| {
            off.with(|off| {
                let total = format.run(data.total(off, Some(at)));
                let mut text = format!("{}. {} {total}", data.name(Some(at)), data.texts.total);
                for series in data.series.iter().filter(|series| !off.contains(&series.key)) {
                    let value = value(series, Some(at));
                    if value > 0 {
                        text.extend([", ", &series.label, " ", &format.run(value)]);
                    }
                }
                text
            })
        })
    };
    view! {
        <input
            type="range"
            class="chart-slider"
            min="0"
            max=last.to_string()
            step="1"
            aria-label=data.with_value(|data| data.texts.label.clone())
            aria-valuetext=value_text
            prop:value=move || at().to_string()
            on:input=move |event| active.set(event_target_value(&event).parse().ok())
            on:focus=move |_| active.update(|active| _ = active.get_or_insert(last))
            on:keydown=move |event: ev::KeyboardEvent| if event.key() == "Escape" { active.set(None) }
        />
    }
}

/// Shows the name and the sum of the active column or, without one, of the whole period. Its buttons go to the
/// neighbouring columns.
#[component]
pub(super) fn Readout(
    data: StoredValue<Data>,
    active: RwSignal<Option<usize>>,
    off: RwSignal<Vec<String>>,
    count: usize,
    format: Callback<u64, String>,
) -> impl IntoView {
    let (previous, next, release, total_label) = data.with_value(|data| {
        let texts = &data.texts;
        (texts.previous, texts.next, texts.release, texts.total)
    });
    let last = count.saturating_sub(1);
    let total = move || data.with_value(|data| off.with(|off| format.run(data.total(off, active.get()))));
    let button = |label: &'static str, icon: &'static str, go: fn(Option<usize>, usize) -> Option<usize>| {
        view! {
            <button type="button" class="button" data-mode="quiet" data-square aria-label=label title=label
                on:click=move |_| active.update(|active| *active = go(*active, last))>
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="chart-readout" data-whole=move || active.get().is_none()>
            <span class="chart-steps">
                {button(previous, "chevron-left", |active, last| Some(active.map_or(last, |at| at.saturating_sub(1))))}
                {button(next, "chevron-right", |active, last| Some(active.map_or(0, |at| (at + 1).min(last))))}
            </span>
            <strong>{move || data.with_value(|data| data.name(active.get()))}</strong>
            <span class="chart-total">{total_label} " " <b>{total}</b></span>
            <span class="chart-release">{button(release, "x", |_, _| None)}</span>
        </div>
    }
}

/// Lists the series with their colours, names and figures. A click hides or shows a series.
#[component]
pub(super) fn Legend(
    data: StoredValue<Data>,
    active: RwSignal<Option<usize>>,
    off: RwSignal<Vec<String>>,
    format: Callback<u64, String>,
) -> impl IntoView {
    let keys: Vec<_> = data.with_value(|data| {
        data.series.iter().map(|series| (series.key.clone(), series.label.clone(), series.colour)).collect()
    });
    let (some_off, show_all) = data.with_value(|data| (data.texts.some_off, data.texts.show_all));
    let entries = keys.into_iter().enumerate().map(|(at, (key, label, colour))| {
        let shown = key.clone();
        let toggle = move |_| {
            off.update(|off| match off.iter().position(|known| *known == key) {
                Some(known) => _ = off.remove(known),
                None => off.push(key.clone()),
            });
        };
        let figure = move || data.with_value(|data| format.run(value(&data.series[at], active.get())));
        let is_on = move || off.with(|off| !off.contains(&shown));
        view! {
            <li>
                <button type="button" class="chart-key" on:click=toggle
                    aria-pressed=move || is_on().to_string()>
                    <span class="swatch" data-colour=colour.to_string()></span>
                    <span class="chart-label">{label}</span>
                    <span class="chart-figure">{figure}</span>
                </button>
            </li>
        }
    });
    let is_partial = move || off.with(|off| data.with_value(|data| data.series.iter().any(|it| off.contains(&it.key))));
    let on_show_all = move |event: ev::MouseEvent| {
        if let Some(button) = event.current_target().and_then(|target| target.dyn_into().ok()) {
            focus::to_neighbour(&button, ".chart-key, .chart-note .link");
        }
        off.set(Vec::new());
    };
    view! {
        <ul class="chart-legend">{entries.collect_view()}</ul>
        {move || is_partial().then(|| view! {
            <p class="chart-note">
                {some_off} " "
                <button type="button" class="link" on:click=on_show_all>{show_all}</button>
            </p>
        })}
    }
}
