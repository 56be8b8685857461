//! The page of the invitation link, and the requests that look up and accept an invitation.

use leptos::{ev, prelude::*};
use partner_api::{
    AcceptInvitation, LookUpInvitation,
    acceptance::{AcceptedInvitation, InvitationOffer, InvitationToken},
    endpoint::{Empty, NoPath},
};

use super::{
    offer, outcome,
    stored::{self, StoredInvitation},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::events::on_window,
    data::views::{Failure, Loading},
    i18n::use_i18n,
    pages::use_title,
    routes::use_navigation,
    session::{Session, use_session},
};

#[derive(Clone)]
enum Content {
    /// No invitation link was opened in this tab.
    NoLink,
    Loading,
    Failed(ApiError),
    Offer(InvitationOffer),
    Accepted(AcceptedInvitation),
    /// The server rejected the link. The app does not know why.
    Refused,
}

#[component]
pub fn InvitationPage() -> impl IntoView {
    let i18n = use_i18n();
    let text = i18n.text.invitation();
    let session = use_session();
    let navigation = use_navigation();
    use_title(move || text.title.to_owned());
    let content = RwSignal::new(Content::Loading);
    // State of the request that accepts the invitation. It is separate from `content`, so that the invitation stays on
    // the page during the request.
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);

    let load = move || match stored::open(navigation, i18n.locale) {
        None => content.set(Content::NoLink),
        Some(StoredInvitation::Accepted(accepted)) => content.set(Content::Accepted(accepted)),
        Some(StoredInvitation::Link { token, key, is_tried }) => {
            failure.set(None);
            content.set(Content::Loading);
            leptos::task::spawn_local(async move {
                let tried_key = is_tried.then_some(key);
                let loaded = look_up(session, &token, tried_key.as_deref()).await;
                _ = content.try_set(loaded.unwrap_or_else(Content::Failed));
            });
        }
    };
    load();
    // Load the invitation again when the fragment changes. The browser does not reload the page if the user opens
    // another invitation link in this tab, because the links differ only in the fragment.
    on_window(ev::hashchange, move |_| {
        if !window().location().hash().unwrap_or_default().is_empty() {
            load();
        }
    });
    let confirm = Callback::new(move |()| {
        let Some(StoredInvitation::Link { token, key, .. }) = stored::open(navigation, i18n.locale) else { return };
        failure.set(None);
        is_busy.set(true);
        stored::save(StoredInvitation::Link { token: token.clone(), key: key.clone(), is_tried: true });
        leptos::task::spawn_local(async move {
            match accept(session, &token, &key).await {
                Ok(accepted) => _ = content.try_set(accepted),
                Err(error) => _ = failure.try_set(Some(error)),
            }
            _ = is_busy.try_set(false);
        });
    });
    view! {
        <div class="invitation">
            {move || match content.get() {
                Content::Loading => view! {
                    <h1 class="visually-hidden">{text.title}</h1>
                    <Loading />
                }.into_any(),
                Content::Failed(error) => view! {
                    <h1 class="visually-hidden">{text.title}</h1>
                    <Failure error on_retry=Callback::new(move |()| load()) />
                }.into_any(),
                Content::Offer(offer) => offer::view(offer, is_busy.into(), failure.into(), confirm),
                Content::Accepted(accepted) => outcome::accepted(accepted),
                Content::Refused => outcome::refused(),
                Content::NoLink => outcome::no_link(),
            }}
        </div>
    }
}

/// Requests the invitation of a link.
///
/// If the server does not find the link, an earlier attempt may have accepted the invitation although its reply was
/// lost. The function then accepts again with `tried_key`, the idempotency key of that attempt, and so gets the lost
/// reply.
async fn look_up(session: Session, token: &str, tried_key: Option<&str>) -> Result<Content, ApiError> {
    let body = InvitationToken { token: token.to_owned() };
    match (session.call::<LookUpInvitation>(&NoPath {}, &Empty {}, &body, None).await, tried_key) {
        (Ok(offer), _) => Ok(Content::Offer(offer)),
        (Err(ApiError { kind: ErrorKind::NotFound, .. }), Some(key)) => accept(session, token, key).await,
        (Err(ApiError { kind: ErrorKind::NotFound, .. }), None) => Ok(refuse()),
        (Err(error), _) => Err(error),
    }
}

/// Accepts the invitation.
///
/// # Errors
/// Returns an error if the call fails for any reason except that the server does not find the link. The user can safely
/// try again with the same key.
async fn accept(session: Session, token: &str, key: &str) -> Result<Content, ApiError> {
    let body = InvitationToken { token: token.to_owned() };
    match session.call::<AcceptInvitation>(&NoPath {}, &Empty {}, &body, Some(key)).await {
        Ok(accepted) => {
            stored::save(StoredInvitation::Accepted(accepted.clone()));
            Ok(Content::Accepted(accepted))
        }
        Err(ApiError { kind: ErrorKind::NotFound, .. }) => Ok(refuse()),
        Err(error) => Err(error),
    }
}

fn refuse() -> Content {
    stored::delete();
    Content::Refused
}
