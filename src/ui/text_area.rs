//! A form field of several lines, with its label, hint and problem; a field of one line is in [`super::field`].

use leptos::prelude::*;

use super::{
    icon::Icon,
    live::{live, live_flag, live_maybe, live_true},
};

/// A field of several lines.
#[component]
pub fn TextArea(
    /// Id of the input; unique on the page.
    id: &'static str,
    /// Words above it.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// Words beside the label: it may stay empty.
    optional: &'static str,
    /// Words under it.
    hint: &'static str,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// It cannot be changed just now.
    #[prop(into, optional)]
    is_fixed: Signal<bool>,
) -> impl IntoView {
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described_by = {
        let (hint_id, problem_id) = (hint_id.clone(), problem_id.clone());
        move || Some(if problem.get().is_some() { format!("{problem_id} {hint_id}") } else { hint_id.clone() })
    };
    view! {
        <div class="field" data-bad=live_flag(move || problem.get().is_some())>
            <label class="field-label" for=id>
                {label}
                <span class="field-optional">{optional}</span>
            </label>
            <textarea
                class="input text-area"
                id=id
                name=id
                rows="4"
                autocomplete="off"
                aria-invalid=live_true(move || problem.get().is_some())
                aria-describedby=live_maybe(described_by)
                prop:readOnly=move || is_fixed.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            {live(move || problem.get().map(|problem| view! {
                <p class="field-problem" id=problem_id.clone()><Icon name="circle-alert" /><span>{problem}</span></p>
            }))}
            <p class="field-hint" id=hint_id>{hint}</p>
        </div>
    }
}
