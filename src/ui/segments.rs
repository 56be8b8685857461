//! A choice between a few options that are shown side by side. They are radio buttons, so the arrow keys move between
//! them.

use leptos::prelude::*;

#[component]
pub fn Segments(
    /// Name of the choice for screen readers.
    label: &'static str,
    /// A word before the options, such as “by” before “day”; empty for none.
    #[prop(optional)]
    prefix: &'static str,
    /// Name of the radio buttons; unique on the page.
    name: &'static str,
    /// Code and label of each option.
    options: Vec<(&'static str, &'static str)>,
    /// Code of the chosen option.
    #[prop(into)]
    value: Signal<String>,
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let has_prefix = !prefix.is_empty();
    let option = |(code, label): (&'static str, &'static str)| {
        view! {
            <label class="segment">
                <input type="radio" class="segment-input visually-hidden" name=name value=code
                    prop:checked=move || value.with(|value| value == code) on:change=move |_| on_choose.run(code) />
                <span class="segment-words">
                    {has_prefix.then(|| view! { <span class="visually-hidden">{prefix} " "</span> })} {label}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="segments">
            <legend class="filter-legend visually-hidden">{label}</legend>
            {has_prefix.then(|| view! { <span class="segment-prefix" aria-hidden="true">{prefix}</span> })}
            {options.into_iter().map(option).collect_view()}
        </fieldset>
    }
}
