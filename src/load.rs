//! How loading looks, everywhere: at once nothing, then a skeleton, then a word that it is slow, or a failure with a retry.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    api::ApiError,
    i18n::use_i18n,
    ui::{icon::Icon, live::live},
};

/// Loading longer than this is slow, and says so.
const SLOW: Duration = Duration::from_secs(5);

/// Placeholder while something loads.
#[component]
pub fn Waiting() -> impl IntoView {
    let text = use_i18n().text;
    let is_slow = RwSignal::new(false);
    let timer = set_timeout_with_handle(move || _ = is_slow.try_set(true), SLOW).ok();
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
    });
    let bars = (0..8).map(|_| view! { <div class="skeleton-row"></div> }).collect_view();
    view! {
        <div class="waiting">
            <p class="visually-hidden" role="status">{text.loading}</p>
            {live(move || is_slow.get().then(|| view! {
                <p class="notice" data-kind="info" role="status"><Icon name="clock" /><span>{text.loading_slow}</span></p>
            }))}
            <div aria-hidden="true">{bars}</div>
        </div>
    }
}

/// Something could not be loaded: why, and a retry.
#[component]
pub fn Failure(
    /// Why.
    error: ApiError,
    /// Tries again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="empty" role="alert">
            <span class="empty-icon" data-kind="danger"><Icon name="triangle-alert" /></span>
            <h2>{i18n.text.failed_title}</h2>
            <p>{i18n.error(&error)}</p>
            <button type="button" class="button" data-mode="primary" on:click=move |_| on_retry.run(())>
                <Icon name="refresh-cw" />
                {i18n.text.retry}
            </button>
            {i18n.reference(&error).map(|line| view! { <p class="empty-reference">{line}</p> })}
        </section>
    }
}

/// Something that is fetched once and shown: loading, failed with a retry, or ready.
#[component]
pub fn Loaded<T, V>(
    /// What was fetched, or why not; `None` while it is under way.
    #[prop(into)]
    result: Signal<Option<Result<T, ApiError>>>,
    /// Fetches again.
    on_retry: Callback<()>,
    /// Shows it.
    show: fn(T) -> V,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match result.get() {
        None => view! { <Waiting /> }.into_any(),
        Some(Err(error)) => view! { <Failure error on_retry /> }.into_any(),
        Some(Ok(value)) => show(value).into_any(),
    }
}
