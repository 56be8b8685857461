//! Runs one request at a time for a piece of data: a newer request aborts the older one, and leaving the page aborts
//! the running one.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::AbortController;

use crate::{
    api::{ApiError, Call, Reply},
    session::Session,
};

/// A call that takes longer than this is shown as slow.
pub(super) const SLOW: Duration = Duration::from_secs(5);

/// State of the latest request.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RequestState {
    /// No request is running, and the latest one, if any, succeeded.
    #[default]
    Idle,
    Loading,
    /// The current call of the request has been running for longer than `SLOW`.
    Slow,
    Failed(ApiError),
}

impl RequestState {
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading | Self::Slow)
    }

    pub const fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}

/// Numbers the requests, and ignores events of all requests except the latest.
#[derive(Debug, Default)]
struct Latest {
    id: u32,
    state: RequestState,
}

impl Latest {
    fn begin(&mut self) -> u32 {
        self.id = self.id.wrapping_add(1);
        self.state = RequestState::Loading;
        self.id
    }

    const fn is_running(&self, id: u32) -> bool {
        self.id == id && self.state.is_loading()
    }

    /// Clears the state `Slow` when the request sends another call. Returns whether the state has changed.
    fn restart_clock(&mut self, id: u32) -> bool {
        let is_slow = self.id == id && self.state == RequestState::Slow;
        if is_slow {
            self.state = RequestState::Loading;
        }
        is_slow
    }

    /// Sets the state `Slow` if the request is still loading. Returns whether the state has changed.
    fn mark_slow(&mut self, id: u32) -> bool {
        let is_due = self.id == id && self.state == RequestState::Loading;
        if is_due {
            self.state = RequestState::Slow;
        }
        is_due
    }

    /// Ends the request if it is still running. Returns whether the state has changed.
    fn end(&mut self, id: u32, outcome: Result<(), ApiError>) -> bool {
        let is_running = self.is_running(id);
        if is_running {
            self.state = outcome.map_or_else(RequestState::Failed, |()| RequestState::Idle);
        }
        is_running
    }
}

/// Sends requests for one piece of data, and accepts only the reply to the latest request.
#[derive(Clone, Copy)]
pub struct LatestRequest {
    session: Session,
    latest: RwSignal<Latest>,
    state: Signal<RequestState>,
    abort: StoredValue<Option<AbortController>, LocalStorage>,
    slow_timer: StoredValue<Option<TimeoutHandle>>,
}

/// A running request. It may consist of several calls, for example one for each page of a list.
pub(super) struct Running {
    id: u32,
    abort: AbortController,
}

impl LatestRequest {
    /// Makes the state without a request. A running request is aborted when the calling component is unmounted.
    pub fn new(session: Session) -> Self {
        let latest = RwSignal::new(Latest::default());
        let request = Self {
            session,
            latest,
            state: Signal::derive(move || latest.with(|latest| latest.state.clone())),
            abort: StoredValue::new_local(None),
            slow_timer: StoredValue::new(None),
        };
        on_cleanup(move || request.abort());
        request
    }

    pub fn state(self) -> Signal<RequestState> {
        self.state
    }

    /// Whether the latest request has failed. Untracked, for event handlers.
    pub fn has_failed(self) -> bool {
        self.latest.with_untracked(|latest| latest.state.error().is_some())
    }

    /// Sends a call. `on_reply` runs only if no newer request has begun and the page is still open.
    pub fn send(self, call: Call, on_reply: impl FnOnce(Reply) -> Result<(), ApiError> + 'static) {
        let Some(running) = self.begin() else { return };
        leptos::task::spawn_local(async move {
            if let Some(reply) = self.call(&running, call).await {
                self.end(&running, reply.and_then(on_reply));
            }
        });
    }

    /// Aborts the running request and begins another one. Returns `None` if the page was closed.
    pub(super) fn begin(self) -> Option<Running> {
        self.abort();
        let abort = AbortController::new().ok()?;
        let id = self.latest.try_update(Latest::begin)?;
        self.abort.try_set_value(Some(abort.clone()));
        Some(Running { id, abort })
    }

    /// Sends one call of a running request. Returns `None` if a newer request has begun or the page was closed.
    pub(super) async fn call(self, running: &Running, call: Call) -> Option<Result<Reply, ApiError>> {
        if !self.is_running(running) {
            return None;
        }
        self.start_slow_timer(running.id);
        let reply = self.session.send(call.until(&running.abort), None).await;
        self.is_running(running).then_some(reply)
    }

    pub(super) fn end(self, running: &Running, outcome: Result<(), ApiError>) {
        self.latest.try_maybe_update(|latest| (latest.end(running.id, outcome), ()));
    }

    fn start_slow_timer(self, id: u32) {
        self.latest.try_maybe_update(|latest| (latest.restart_clock(id), ()));
        let mark_slow = move || _ = self.latest.try_maybe_update(|latest| (latest.mark_slow(id), ()));
        let timer = set_timeout_with_handle(mark_slow, SLOW).ok();
        let previous = self.slow_timer.try_update_value(|current| std::mem::replace(current, timer));
        if let Some(previous) = previous.flatten() {
            previous.clear();
        }
    }

    fn is_running(self, running: &Running) -> bool {
        self.latest.try_with_untracked(|latest| latest.is_running(running.id)).unwrap_or(false)
    }

    fn abort(self) {
        if let Some(abort) = self.abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ErrorKind;

    fn failure() -> Result<(), ApiError> {
        Err(ErrorKind::Network.into())
    }

    #[test]
    fn a_request_loads_becomes_slow_and_ends() {
        let mut latest = Latest::default();
        assert_eq!(latest.state, RequestState::Idle);
        let id = latest.begin();
        assert_eq!(latest.state, RequestState::Loading);
        assert!(latest.mark_slow(id));
        assert_eq!(latest.state, RequestState::Slow);
        assert!(latest.state.is_loading() && !latest.mark_slow(id));
        assert!(latest.end(id, Ok(())));
        assert_eq!(latest.state, RequestState::Idle);
    }

    #[test]
    fn the_next_call_of_a_request_is_not_slow_at_first() {
        let mut latest = Latest::default();
        let id = latest.begin();
        assert!(!latest.restart_clock(id));
        latest.mark_slow(id);
        assert!(latest.restart_clock(id));
        assert_eq!(latest.state, RequestState::Loading);
        latest.end(id, Ok(()));
        assert!(!latest.restart_clock(id));
    }

    #[test]
    fn a_failure_stays_until_the_next_request_begins() {
        let mut latest = Latest::default();
        let id = latest.begin();
        assert!(latest.end(id, failure()));
        assert_eq!(latest.state, RequestState::Failed(ErrorKind::Network.into()));
        assert_eq!(latest.state.error(), Some(&ErrorKind::Network.into()));
        latest.begin();
        assert_eq!(latest.state, RequestState::Loading);
    }

    #[test]
    fn reports_about_an_older_request_are_ignored() {
        let mut latest = Latest::default();
        let older = latest.begin();
        let newer = latest.begin();
        assert!(!latest.is_running(older) && latest.is_running(newer));
        assert!(!latest.mark_slow(older) && !latest.end(older, failure()));
        assert_eq!(latest.state, RequestState::Loading);
    }

    #[test]
    fn a_request_ends_once() {
        let mut latest = Latest::default();
        let id = latest.begin();
        assert!(latest.end(id, Ok(())));
        assert!(!latest.end(id, failure()) && !latest.mark_slow(id));
        assert_eq!(latest.state, RequestState::Idle);
    }
}
