//! The notice of a failed call inside a page or dialog: what failed, the reference for support, and a retry button.

use leptos::prelude::*;

use crate::{api::ApiError, i18n::use_i18n, ui::icon::Icon};

#[component]
pub fn ErrorNotice(
    error: ApiError,
    /// Text before the error message.
    #[prop(optional, into)]
    lead: Option<String>,
    /// Message to show instead of the general message for this kind of error.
    #[prop(optional, into)]
    message: Option<String>,
    /// Second line, for example advice on what to do.
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    #[prop(optional)] on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let message = message.unwrap_or_else(|| i18n.error(&error));
    view! {
        <div class="notice" data-kind="danger" role="alert">
            <Icon name="triangle-alert" />
            <div>
                <p>{lead.map(|lead| format!("{lead} "))}{message}</p>
                {hint.map(|hint| view! { <p>{hint}</p> })}
                {i18n.reference(&error).map(|line| view! { <p class="error-reference">{line}</p> })}
                {on_retry.map(|retry| view! {
                    <button type="button" class="link" on:click=move |_| retry.run(())>{i18n.text.common().retry}</button>
                })}
            </div>
        </div>
    }
}
