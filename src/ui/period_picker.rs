//! A period of days: a button that shows it, and a popover with presets and two dates. Days are texts, `YYYY-MM-DD`.

use leptos::{ev, html, prelude::*};

use super::{
    field::focus,
    icon::Icon,
    live::{live, live_flag, live_maybe, live_true},
    menu::{Anchor, place},
};

/// Words of the picker.
#[derive(Clone, Copy)]
pub struct PickerWords {
    /// Heading of the popover.
    pub title: &'static str,
    /// Label of the first day.
    pub from: &'static str,
    /// Label of the last day.
    pub to: &'static str,
    /// Button that takes the two dates.
    pub apply: &'static str,
}

/// First and last day.
pub type Days = (String, String);

/// A period that is offered by its name.
#[derive(Clone)]
pub struct PresetDays {
    /// Words.
    pub label: &'static str,
    /// Its days.
    pub days: Days,
}

/// What the picker asks the page.
#[derive(Clone, Copy)]
pub struct PickerCalls {
    /// The periods to offer, when it opens.
    pub presets: Callback<(), Vec<PresetDays>>,
    /// The first and the last day that can be chosen, when it opens.
    pub bounds: Callback<(), Days>,
    /// What is wrong with the first and with the last day, if anything.
    pub check: Callback<Days, (Option<String>, Option<String>)>,
    /// A good period was chosen.
    pub choose: Callback<Days>,
}

/// The button, and the popover while it is open.
#[component]
pub fn PeriodPicker(
    /// What the button shows.
    #[prop(into)]
    shown: Signal<String>,
    /// The same for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The current days, as far as they are known.
    #[prop(into)]
    days: Signal<Days>,
    /// Something is wrong with them.
    #[prop(into)]
    is_bad: Signal<bool>,
    /// Its words.
    words: PickerWords,
    /// What it asks the page.
    calls: PickerCalls,
) -> impl IntoView {
    let open = RwSignal::new(None::<Anchor>);
    let on_click = move |event: ev::MouseEvent| open.update(|open| Anchor::toggle(open, &event));
    view! {
        <button type="button" class="button period-button" aria-haspopup="dialog"
            aria-expanded=live_maybe(move || Some(open.get().is_some().to_string()))
            aria-label=live_maybe(move || Some(label.get())) data-bad=live_flag(move || is_bad.get())
            on:click=on_click>
            <Icon name="calendar" />
            <span>{live_maybe(move || Some(shown.get()))}</span>
            <Icon name="chevron-down" />
        </button>
        {live(move || open.get().map(|anchor| view! {
            <Popover anchor days=days.get_untracked() words calls on_close=Callback::new(move |()| open.set(None)) />
        }))}
    }
}

#[component]
fn Popover(
    anchor: Anchor,
    days: Days,
    words: PickerWords,
    calls: PickerCalls,
    on_close: Callback<()>,
) -> impl IntoView {
    let popover = NodeRef::<html::Div>::new();
    let (from, to) = (RwSignal::new(days.0.clone()), RwSignal::new(days.1.clone()));
    let both = move || (from.get_untracked(), to.get_untracked());
    // What is wrong already is said at once.
    let has_days = !days.0.is_empty() || !days.1.is_empty();
    let problems = RwSignal::new(if has_days { calls.check.run(days.clone()) } else { (None, None) });
    Effect::new(move |_| {
        if let Some(popover) = popover.get() {
            _ = popover.show_popover();
            place(&popover, anchor);
            focus(FROM);
        }
    });
    // Hiding gives the focus back to the button.
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
            (Some(_), _) => focus(FROM),
            (None, Some(_)) => focus(TO),
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
    let date = |id: &'static str, label, value: RwSignal<String>, problem: Signal<Option<String>>| {
        let problem_id = format!("{id}-problem");
        let described_by = problem_id.clone();
        view! {
            <div class="field">
                <label class="field-label" for=id>{label}</label>
                <input type="date" class="input" id=id min=first.clone() max=last.clone() required=true
                    aria-invalid=live_true(move || problem.get().is_some())
                    aria-describedby=live_maybe(move || problem.get().map(|_| described_by.clone()))
                    prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
                {live(move || problem.get().map(|problem| view! {
                    <p class="field-problem" id=problem_id.clone()><Icon name="circle-alert" /><span>{problem}</span></p>
                }))}
            </div>
        }
    };
    let fields = [
        date(FROM, words.from, from, Signal::derive(move || problems.with(|(from, _)| from.clone()))),
        date(TO, words.to, to, Signal::derive(move || problems.with(|(_, to)| to.clone()))),
    ];
    view! {
        <div node_ref=popover class="menu period" role="dialog" popover="auto" aria-label=words.title on:toggle=on_toggle>
            <ul class="period-presets">{presets}</ul>
            <form class="form period-form" novalidate=true on:submit=on_submit>
                {fields.collect_view()}
                <button type="submit" class="button" data-mode="primary">{words.apply}</button>
            </form>
        </div>
    }
}

const FROM: &str = "period-from";
const TO: &str = "period-to";
