//! A button below a field that replaces its text by a likely correction.

use leptos::prelude::*;

use crate::browser::focus;

/// Shows the button while there is a correction to suggest.
#[component]
pub fn Suggestion(
    /// Id of the field. It gets the focus when the button is pressed, because the button then disappears.
    field_id: &'static str,
    value: RwSignal<String>,
    /// Returns a correction if the text looks wrong.
    suggest: fn(&str) -> Option<String>,
    /// Makes the label of the button for a correction.
    #[prop(into)]
    label: Callback<String, String>,
) -> impl IntoView {
    move || {
        value.with(|text| suggest(text)).map(|suggestion| {
            let label = label.run(suggestion.clone());
            let on_click = move |_| {
                value.set(suggestion.clone());
                focus::by_id(field_id);
            };
            view! { <button type="button" class="link field-suggestion" on:click=on_click>{label}</button> }
        })
    }
}
