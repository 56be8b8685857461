//! A field of several lines.

use leptos::prelude::*;

use super::field::{bound_to, described_by, hint_of, label_of, problem_of};

#[component]
pub fn TextArea(
    /// Id of the input; unique on the page.
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    /// The word “optional” beside the label; empty for a required field.
    optional: &'static str,
    hint: &'static str,
    #[prop(into)] problem: Signal<Option<String>>,
    #[prop(into, optional)] is_read_only: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="field" data-bad=move || problem.with(Option::is_some)>
            {label_of(id, label, optional)}
            <textarea
                class="input text-area"
                id=id
                name=id
                rows="4"
                autocomplete="off"
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described_by(id, hint, problem)
                prop:readOnly=is_read_only
                use:bound_to=value
            ></textarea>
            {problem_of(id, problem)}
            {hint_of(id, hint)}
        </div>
    }
}
