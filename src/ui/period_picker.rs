//! A picker for a period of days: a button that shows the period, and a popover with presets and two date fields. Days
//! are strings in the form `YYYY-MM-DD`.

use leptos::{ev, html, prelude::*};

use super::{
    forms::field::{bound_to, described_by, label_of, problem_of},
    icon::Icon,
    menu::{Anchor, place},
};
use crate::browser::focus;

const FROM: &str = "period-from";
const TO: &str = "period-to";

/// The texts of the popover.
#[derive(Clone, Copy)]
pub struct PickerTexts {
    pub title: &'static str,
    /// Label of the field for the first day.
    pub from: &'static str,
    /// Label of the field for the last day.
    pub to: &'static str,
    /// Label of the button that applies the two dates.
    pub apply: &'static str,
}

/// First and last day of a period.
pub type Days = (String, String);

/// A named period, such as “This month”.
#[derive(Clone)]
pub struct PresetDays {
    pub label: &'static str,
    pub days: Days,
}

/// Callbacks that the page provides.
#[derive(Clone, Copy)]
pub struct PickerCalls {
    /// Returns the presets; called when the popover opens.
    pub presets: Callback<(), Vec<PresetDays>>,
    /// Returns the first and the last day that the user can choose; called when the popover opens.
    pub bounds: Callback<(), Days>,
    /// Returns a problem with the first day and a problem with the last day, if there are any.
    pub check: Callback<Days, (Option<String>, Option<String>)>,
    /// Called when the user chooses a period that has no problems.
    pub choose: Callback<Days>,
}

/// The button of the picker, and its popover while that is open.
#[component]
pub fn PeriodPicker(
    /// The current period, as text of the button.
    #[prop(into)]
    shown: Signal<String>,
    /// Name of the button for screen readers, with the current period.
    #[prop(into)]
    label: Signal<String>,
    /// The current days; empty while they are not known.
    #[prop(into)]
    days: Signal<Days>,
    /// Whether the button is marked as invalid.
    #[prop(into)]
    is_bad: Signal<bool>,
    texts: PickerTexts,
    calls: PickerCalls,
) -> impl IntoView {
    let open = RwSignal::new(None::<Anchor>);
    let on_click = move |event: ev::MouseEvent| open.update(|open| Anchor::toggle(open, &event));
    view! {
        <button type="button" class="button period-button" aria-haspopup="dialog"
            aria-expanded=move || open.with(Option::is_some).to_string()
            aria-label=label data-bad=is_bad on:click=on_click>
            <Icon name="calendar" />
            <span>{shown}</span>
            <Icon name="chevron-down" />
        </button>
        {move || open.get().map(|anchor| view! {
            <Popover anchor days=days.get_untracked() texts calls on_close=Callback::new(move |()| open.set(None)) />
        })}
    }
}

#[component]
fn Popover(
    anchor: Anchor,
    days: Days,
    texts: PickerTexts,
    calls: PickerCalls,
    on_close: Callback<()>,
) -> impl IntoView {
    let popover = NodeRef::<html::Div>::new();
    let (from, to) = (RwSignal::new(days.0.clone()), RwSignal::new(days.1.clone()));
    let both = move || (from.get_untracked(), to.get_untracked());
    // Check at once, because days from the page's address may already have a problem.
    let has_days = !days.0.is_empty() || !days.1.is_empty();
    let problems = RwSignal::new(if has_days { calls.check.run(days.clone()) } else { (None, None) });
    if !focus::is_lost() {
        focus::return_to_opener();
    }
    Effect::new(move |_| {
        if let Some(popover) = popover.get() {
            _ = popover.show_popover();
            place(&popover, anchor);
            focus::by_id(FROM);
        }
    });
    let close = move || {
        if let Some(popover) = popover.get_untracked() {
            _ = popover.hide_popover();
        }
        on_close.try_run(());
    };
    let on_toggle = move |event: web_sys::Event| {
        let state = js_sys::Reflect::get(&event, &"newState".into()).ok().and_then(|state| state.as_string());
        if state.as_deref() == Some("closed") {
            on_close.try_run(());
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let found = calls.check.run(both());
        match &found {
            (None, None) => {
                close();
                calls.choose.run(both());
            }
            (Some(_), _) => focus::by_id(FROM),
            (None, Some(_)) => focus::by_id(TO),
        }
        _ = problems.try_set(found);
    };
    let (first, last) = calls.bounds.run(());
    let preset = |PresetDays { label, days: offered }: PresetDays| {
        let is_current = offered == days;
        let on_click = move |_| {
            close();
            calls.choose.run(offered.clone());
        };
        view! {
            <li>
                <button type="button" class="menu-item" aria-pressed=is_current.to_string() on:click=on_click>
                    <span class="menu-icon">{is_current.then(|| view! { <Icon name="check" /> })}</span>
                    <span class="menu-text">{label}</span>
                </button>
            </li>
        }
    };
    let presets = calls.presets.run(()).into_iter().map(preset).collect_view();
    let date = |id: &'static str, label: &'static str, value: RwSignal<String>, problem: Signal<Option<String>>| {
        view! {
            <div class="field">
                {label_of(id, label, "")}
                <input type="date" class="input" id=id min=first.clone() max=last.clone() required=true
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby=described_by(id, "", problem) use:bound_to=value />
                {problem_of(id, problem)}
            </div>
        }
    };
    let fields = [
        date(FROM, texts.from, from, Signal::derive(move || problems.with(|(from, _)| from.clone()))),
        date(TO, texts.to, to, Signal::derive(move || problems.with(|(_, to)| to.clone()))),
    ];
    view! {
        <div node_ref=popover class="menu period" role="dialog" popover="auto" aria-label=texts.title on:toggle=on_toggle>
            <ul class="period-presets">{presets}</ul>
            <form class="form period-form" novalidate=true on:submit=on_submit>
                {fields.collect_view()}
                <button type="submit" class="button" data-mode="primary">{texts.apply}</button>
            </form>
        </div>
    }
}
