//! A choice of a few, side by side: radio buttons, so arrows move between them as everywhere.

use leptos::prelude::*;

/// A choice of a few.
#[component]
pub fn Segments(
    /// What is chosen, for screen readers.
    label: &'static str,
    /// Words before all of them, as “by” before “day”; empty for none.
    #[prop(optional)]
    prefix: &'static str,
    /// Name of the group; unique on the page.
    name: &'static str,
    /// Code and words of each.
    options: Vec<(&'static str, &'static str)>,
    /// Code of the chosen one.
    #[prop(into)]
    value: Signal<String>,
    /// Another was chosen.
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let has_prefix = !prefix.is_empty();
    let option = |(code, words): (&'static str, &'static str)| {
        view! {
            <label class="segment">
                <input type="radio" class="segment-input visually-hidden" name=name value=code
                    prop:checked=move || value.with(|value| value == code) on:change=move |_| on_choose.run(code) />
                <span class="segment-words">
                    {has_prefix.then(|| view! { <span class="visually-hidden">{prefix} " "</span> })} {words}
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
