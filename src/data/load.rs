//! How loading looks, everywhere: at once nothing, then a skeleton, then a word that it is slow, or a failure with a retry.
//!
//! What is fetched anew as filters change is [`Kept`]: the old figures stay, marked, until the newer ones are there. A
//! newer request ends the older one, and leaving the page ends it as well.

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::AbortController;

use crate::{
    api::{ApiError, Call, ErrorKind, Reply},
    i18n::use_i18n,
    session::{Session, use_session},
    ui::{
        icon::Icon,
        live::{live, live_maybe, live_word},
    },
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

/// Says that the reply to a change was lost, and that the account is finding out whether it was made.
#[component]
pub fn Unsure() -> impl IntoView {
    let text = use_i18n().text;
    let is_unsure = use_session().is_unsure();
    view! {
        <div role="status">
            {live(move || is_unsure.get().then(|| view! {
                <p class="notice" data-kind="info"><Icon name="clock" /><span>{text.unsure}</span></p>
            }))}
        </div>
    }
}

/// Calls `act` when the connection is back, for as long as the calling component is there.
pub fn on_online(act: impl Fn() + 'static) {
    let listener = window_event_listener(ev::online, move |_| act());
    on_cleanup(move || listener.remove());
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

/// How far a request is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Fetch {
    /// None is under way, and the last one succeeded, if there was one.
    #[default]
    Idle,
    /// One is.
    UnderWay,
    /// One is, for longer than usual.
    Slow,
    /// The last one failed.
    Failed(ApiError),
}

impl Fetch {
    /// Whether one is under way.
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Self::UnderWay | Self::Slow)
    }
}

/// The newest of the requests for the same thing. It ends the ones before, and leaving the page ends it.
#[derive(Clone, Copy)]
pub struct Newest {
    /// How far it is.
    pub fetch: RwSignal<Fetch>,
    current: StoredValue<Option<Ticket>, LocalStorage>,
}

/// One of the requests.
#[derive(Clone)]
pub struct Ticket(AbortController);

impl Newest {
    /// None yet. Belongs to the calling component.
    pub fn new() -> Self {
        let newest = Self { fetch: RwSignal::new(Fetch::Idle), current: StoredValue::new_local(None) };
        on_cleanup(move || newest.stop());
        newest
    }

    /// Ends the one before and begins another. `None` where the page is gone.
    pub fn begin(self) -> Option<Ticket> {
        self.stop();
        let ticket = Ticket(AbortController::new().ok()?);
        self.current.try_set_value(Some(ticket.clone())).is_none().then_some(())?;
        self.fetch.set(Fetch::UnderWay);
        let begun = ticket.clone();
        set_timeout(
            move || {
                if self.is_current(&begun) && self.fetch.with_untracked(|fetch| *fetch == Fetch::UnderWay) {
                    self.fetch.set(Fetch::Slow);
                }
            },
            SLOW,
        );
        Some(ticket)
    }

    /// Sends a call. `None`: meanwhile a newer request has begun, or the page is gone, and nobody wants the reply.
    pub async fn send(self, ticket: &Ticket, session: Session, call: Call) -> Option<Result<Reply, ApiError>> {
        let reply = session.send(call.until(&ticket.0), None).await;
        self.is_current(ticket).then_some(reply)
    }

    /// Whether the last one failed.
    pub fn has_failed(self) -> bool {
        self.fetch.with_untracked(|fetch| matches!(fetch, Fetch::Failed(_)))
    }

    /// The request is over.
    pub fn end(self, outcome: Result<(), ApiError>) {
        _ = self.current.try_set_value(None);
        _ = self.fetch.try_set(outcome.map_or_else(Fetch::Failed, |()| Fetch::Idle));
    }

    /// Ends the request that is under way, if one is.
    pub fn stop(self) {
        if let Some(Ticket(abort)) = self.current.try_update_value(Option::take).flatten() {
            abort.abort();
        }
    }

    fn is_current(self, ticket: &Ticket) -> bool {
        let is_it = |current: &Option<Ticket>| current.as_ref().is_some_and(|current| current.0 == ticket.0);
        self.current.try_with_value(is_it).unwrap_or(false)
    }
}

impl Default for Newest {
    fn default() -> Self {
        Self::new()
    }
}

/// Something that is fetched, and fetched again: what was there stays until the newer is.
pub struct Kept<T: Send + Sync + 'static> {
    /// What was fetched last.
    pub value: RwSignal<Option<T>>,
    /// The request for the next.
    pub newest: Newest,
}

impl<T: Send + Sync + 'static> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Kept<T> {}

impl<T: Send + Sync + 'static> Kept<T> {
    /// Nothing yet. Belongs to the calling component.
    pub fn new() -> Self {
        Self { value: RwSignal::new(None), newest: Newest::new() }
    }

    /// Fetches it.
    pub fn load(self, session: Session, call: Call, decode: impl FnOnce(Reply) -> Result<T, ApiError> + 'static) {
        let Some(ticket) = self.newest.begin() else { return };
        leptos::task::spawn_local(async move {
            let Some(reply) = self.newest.send(&ticket, session, call).await else { return };
            let outcome = reply.and_then(decode).map(|value| _ = self.value.try_set(Some(value)));
            self.newest.end(outcome);
        });
    }
}

impl<T: Send + Sync + 'static> Default for Kept<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What [`Refreshed`] has to say beside the figures.
#[derive(Clone, PartialEq)]
enum Word {
    Nothing,
    Waiting,
    Failed(ApiError),
    OldSlow,
    OldFailed(ApiError),
}

/// Shows what is [`Kept`]: waiting or a failure where there is nothing yet; else what there is, marked while newer is
/// under way, with a word where that is slow or failed.
#[component]
pub fn Refreshed(
    /// How far the newest request is.
    #[prop(into)]
    fetch: Signal<Fetch>,
    /// Whether there is anything yet.
    #[prop(into)]
    has_value: Signal<bool>,
    /// Fetches again.
    on_retry: Callback<()>,
    /// What the old figures are of, for the word that newer ones failed.
    #[prop(into)]
    old: Signal<String>,
    /// Shows it.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = i18n.text;
    // What is wrong with a field is said at the field.
    let is_said = |error: &ApiError| matches!(&error.kind, ErrorKind::Invalid(problems) if !problems.is_empty());
    let has_value = Memo::new(move |_| has_value.get());
    let word = Memo::new(move |_| match (fetch.get(), has_value.get()) {
        (Fetch::Failed(error), _) if is_said(&error) => Word::Nothing,
        (Fetch::Failed(error), false) => Word::Failed(error),
        (Fetch::Failed(error), true) => Word::OldFailed(error),
        (Fetch::UnderWay | Fetch::Slow, false) => Word::Waiting,
        (Fetch::Slow, true) => Word::OldSlow,
        (Fetch::UnderWay, true) | (Fetch::Idle, _) => Word::Nothing,
    });
    let is_busy = Memo::new(move |_| fetch.with(Fetch::is_under_way));
    view! {
        <p class="visually-hidden" role="status">{live_maybe(move || is_busy.get().then(|| text.loading.to_owned()))}</p>
        {live(move || match word.get() {
            Word::Nothing => None,
            Word::Waiting => Some(view! { <Waiting /> }.into_any()),
            Word::Failed(error) => Some(view! { <Failure error on_retry /> }.into_any()),
            Word::OldSlow => Some(view! {
                <p class="notice" data-kind="info"><Icon name="clock" /><span>{text.loading_slow}</span></p>
            }.into_any()),
            Word::OldFailed(error) => Some(view! {
                <div class="notice" data-kind="danger" role="alert">
                    <Icon name="triangle-alert" />
                    <div>
                        <p>{old.get_untracked()} " " {i18n.error(&error)}</p>
                        {i18n.reference(&error).map(|line| view! { <p class="notice-reference">{line}</p> })}
                        <button type="button" class="link" on:click=move |_| on_retry.run(())>{text.retry}</button>
                    </div>
                </div>
            }.into_any()),
        })}
        <div class="refreshed" aria-busy=live_maybe(move || Some(is_busy.get().to_string()))
            data-old=live_word(move || fetch.with(|fetch| match fetch {
                Fetch::Idle => None,
                Fetch::UnderWay | Fetch::Slow => Some("loading"),
                Fetch::Failed(_) => Some("failed"),
            }))>
            {live(move || has_value.get().then(|| children()))}
        </div>
    }
}
