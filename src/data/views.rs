//! Views for loading and failure, shared by all pages.

use leptos::{ev, prelude::*};

use super::{
    error_notice::ErrorNotice,
    request::{RequestState, SLOW},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::events::on_window,
    i18n::use_i18n,
    session::use_session,
    ui::icon::Icon,
};

/// Placeholder that a page shows until its data arrives.
#[component]
pub fn Loading() -> impl IntoView {
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
            <p class="visually-hidden" role="status">{text.common().loading}</p>
            {move || is_slow.get().then(|| view! {
                <p class="notice" data-kind="info" role="status"><Icon name="clock" /><span>{text.common().loading_slow}</span></p>
            })}
            <div aria-hidden="true">{bars}</div>
        </div>
    }
}

/// Tells the user that the reply to a change was lost, and that the session repeats the call to learn its outcome.
#[component]
pub fn UnknownOutcomeNotice() -> impl IntoView {
    let text = use_i18n().text;
    let has_lost_reply = use_session().has_lost_reply();
    view! {
        <div role="status">
            {move || has_lost_reply.get().then(|| view! {
                <p class="notice" data-kind="info"><Icon name="clock" /><span>{text.errors().checking_outcome}</span></p>
            })}
        </div>
    }
}

/// Calls `act` whenever the connection returns, until the calling component is unmounted.
pub fn on_online(act: impl Fn() + 'static) {
    on_window(ev::online, move |_| act());
}

/// The notice that [`QueryView`] shows above its value, or instead of the value if there is none.
#[derive(Clone, PartialEq)]
enum Notice {
    None,
    Loading,
    Failed(ApiError),
    /// The old value is shown, and loading the new value takes longer than usual.
    StaleSlow,
    /// The old value is shown, and loading the new value failed.
    StaleFailed(ApiError),
}

impl Notice {
    fn of(state: RequestState, has_value: bool) -> Self {
        // Problems of single fields need no notice here, because the page lists them itself.
        let is_at_field =
            |error: &ApiError| matches!(&error.kind, ErrorKind::Invalid(problems) if !problems.is_empty());
        match (state, has_value) {
            (RequestState::Failed(error), _) if is_at_field(&error) => Self::None,
            (RequestState::Failed(error), false) => Self::Failed(error),
            (RequestState::Failed(error), true) => Self::StaleFailed(error),
            (RequestState::Loading | RequestState::Slow, false) => Self::Loading,
            (RequestState::Slow, true) => Self::StaleSlow,
            (RequestState::Loading, true) | (RequestState::Idle, _) => Self::None,
        }
    }
}

/// Shows the value of a [`Query`](super::query::Query). Before the first value arrives, a placeholder or an error is
/// shown. Later the view keeps the old value, marked as old, while a newer value is loading or if loading it failed.
#[component]
pub fn QueryView(
    #[prop(into)] state: Signal<RequestState>,
    #[prop(into)] has_value: Signal<bool>,
    on_retry: Callback<()>,
    /// Text that says which value is shown if loading a newer value failed.
    #[prop(into)]
    stale_message: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let text = use_i18n().text;
    let has_value = Memo::new(move |_| has_value.get());
    let notice = Memo::new(move |_| Notice::of(state.get(), has_value.get()));
    let is_loading = Memo::new(move |_| state.with(RequestState::is_loading));
    view! {
        <p class="visually-hidden" role="status">{move || is_loading.get().then_some(text.common().loading)}</p>
        {move || match notice.get() {
            Notice::None => None,
            Notice::Loading => Some(view! { <Loading /> }.into_any()),
            Notice::Failed(error) => Some(view! { <Failure error on_retry /> }.into_any()),
            Notice::StaleSlow => Some(view! {
                <p class="notice" data-kind="info"><Icon name="clock" /><span>{text.common().loading_slow}</span></p>
            }.into_any()),
            Notice::StaleFailed(error) => {
                Some(view! { <ErrorNotice error lead=stale_message.get_untracked() on_retry /> }.into_any())
            }
        }}
        <div class="refreshed" aria-busy=move || is_loading.get().to_string()
            data-old=move || state.with(|state| match state {
                RequestState::Idle => None,
                RequestState::Loading | RequestState::Slow => Some("loading"),
                RequestState::Failed(_) => Some("failed"),
            })>
            {move || has_value.get().then(|| children())}
        </div>
    }
}

/// Replaces content that could not be loaded, and offers a retry.
#[component]
pub fn Failure(error: ApiError, on_retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="empty" role="alert">
            <span class="empty-icon" data-kind="danger"><Icon name="triangle-alert" /></span>
            <h2>{i18n.text.common().failed_title}</h2>
            <p>{i18n.error(&error)}</p>
            <button type="button" class="button" data-mode="primary" on:click=move |_| on_retry.run(())>
                <Icon name="refresh-cw" />
                {i18n.text.common().retry}
            </button>
            {i18n.reference(&error).map(|line| view! { <p class="error-reference">{line}</p> })}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use partner_api::FieldProblem;

    use super::*;

    fn failed(kind: ErrorKind) -> RequestState {
        RequestState::Failed(kind.into())
    }

    #[test]
    fn before_the_first_value_the_view_shows_loading_or_the_failure() {
        for state in [RequestState::Loading, RequestState::Slow] {
            assert!(Notice::of(state, false) == Notice::Loading);
        }
        assert!(Notice::of(failed(ErrorKind::Network), false) == Notice::Failed(ErrorKind::Network.into()));
    }

    #[test]
    fn a_value_stays_while_the_next_is_loading_or_failed() {
        assert!(Notice::of(RequestState::Loading, true) == Notice::None);
        assert!(Notice::of(RequestState::Slow, true) == Notice::StaleSlow);
        assert!(Notice::of(failed(ErrorKind::Network), true) == Notice::StaleFailed(ErrorKind::Network.into()));
    }

    #[test]
    fn field_problems_get_no_notice_but_an_error_without_them_does() {
        let problem = FieldProblem { pointer: "/from".into(), code: "malformed".into() };
        for has_value in [false, true] {
            assert!(Notice::of(failed(ErrorKind::Invalid(vec![problem.clone()])), has_value) == Notice::None);
        }
        assert!(Notice::of(failed(ErrorKind::Invalid(Vec::new())), false) != Notice::None);
    }
}
