//! Data of one endpoint that is loaded again when filters change: the old value stays until the new one arrives.

use leptos::prelude::*;

use super::request::{LatestRequest, RequestState};
use crate::{
    api::{ApiError, Call, Reply},
    session::Session,
};

/// The value that was loaded last, and the state of the latest request. A failed request does not change the value.
pub struct Query<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    request: LatestRequest,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// Makes a query that has no value yet. The request is aborted when the calling component is unmounted.
    pub fn new(session: Session) -> Self {
        Self { value: RwSignal::new(None), request: LatestRequest::new(session) }
    }

    /// Sends the call and stores the decoded reply. A request that is still running is aborted.
    pub fn load(self, call: Call, decode: impl FnOnce(Reply) -> Result<T, ApiError> + 'static) {
        self.request.send(call, move |reply| {
            let value = decode(reply)?;
            self.value.set(Some(value));
            Ok(())
        });
    }

    pub fn state(self) -> Signal<RequestState> {
        self.request.state()
    }

    /// Whether the latest request has failed. Untracked, for event handlers.
    pub fn has_failed(self) -> bool {
        self.request.has_failed()
    }

    pub fn has_value(self) -> bool {
        self.value.with(Option::is_some)
    }

    pub fn with<U>(self, read: impl FnOnce(Option<&T>) -> U) -> U {
        self.value.with(|value| read(value.as_ref()))
    }

    pub fn with_untracked<U>(self, read: impl FnOnce(Option<&T>) -> U) -> U {
        self.value.with_untracked(|value| read(value.as_ref()))
    }
}

impl<T: Clone + Send + Sync + 'static> Query<T> {
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    pub fn get_untracked(self) -> Option<T> {
        self.value.get_untracked()
    }
}
