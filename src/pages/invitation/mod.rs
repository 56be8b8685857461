//! The page of the letter's link: who invites, what confirming means, and the button that confirms.
//!
//! Opening it changes nothing: programs that look into mail do that as well. It is for everybody, signed in or not.

mod kept;
mod offer;
mod outcome;

use leptos::{ev, prelude::*};
use partner_api::{
    AcceptInvitation, LookUpInvitation,
    acceptance::{AcceptedInvitation, InvitationOffer, InvitationToken},
    endpoint::{Empty, NoPath},
};

use self::kept::Kept;
use crate::{
    api::{ApiError, ErrorKind},
    app::use_title,
    data::load::{Failure, Waiting},
    i18n::{locales, use_i18n},
    lazy_chunk,
    navigation::Navigation,
    session::{Session, use_session},
    shell::PublicShell,
    ui::live::live,
};

lazy_chunk! {
    /// [`InvitationPage`]. In the chunk of the other page for everybody: each chunk costs the first page something.
    page in contact: () => InvitationPage().into_any()
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Nobody opened a link here.
    NoLink,
    /// The offer is being fetched.
    Reading,
    /// It could not be.
    Unread(ApiError),
    /// The offer stands, maybe after a try that failed.
    Offered(InvitationOffer, Option<ApiError>),
    /// It is being accepted.
    Accepting(InvitationOffer),
    /// It was.
    Accepted(AcceptedInvitation),
    /// The link does not work, for whatever reason.
    Refused,
}

/// What stands on the page: trying to accept changes nothing of the offer.
#[derive(Clone, PartialEq)]
enum Shown {
    NoLink,
    Reading,
    Unread(ApiError),
    Offer(InvitationOffer),
    Accepted(AcceptedInvitation),
    Refused,
}

impl From<Stage> for Shown {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::NoLink => Self::NoLink,
            Stage::Reading => Self::Reading,
            Stage::Unread(error) => Self::Unread(error),
            Stage::Offered(offer, _) | Stage::Accepting(offer) => Self::Offer(offer),
            Stage::Accepted(accepted) => Self::Accepted(accepted),
            Stage::Refused => Self::Refused,
        }
    }
}

/// The page.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let i18n = use_i18n();
    let text = locales::invitation_of(i18n.locale);
    let session = use_session();
    let navigation = expect_context::<Navigation>();
    use_title(move || text.title.to_owned());
    let stage = RwSignal::new(Stage::Reading);
    let start = move || match kept::take(navigation, i18n.locale) {
        None => stage.set(Stage::NoLink),
        Some(Kept::Accepted(accepted)) => stage.set(Stage::Accepted(accepted)),
        Some(Kept::Link { token, key, is_tried }) => {
            stage.set(Stage::Reading);
            leptos::task::spawn_local(async move {
                let tried_key = is_tried.then_some(key);
                let read = read(session, &token, tried_key.as_deref()).await;
                _ = stage.try_set(read);
            });
        }
    };
    start();
    // Another link, opened in the same tab: only the fragment differs, so that the page is not loaded anew.
    let listener = window_event_listener(ev::hashchange, move |_| {
        if !window().location().hash().unwrap_or_default().is_empty() {
            start();
        }
    });
    on_cleanup(move || listener.remove());
    let confirm = Callback::new(move |()| {
        let (Stage::Offered(offer, _), Some(Kept::Link { token, key, .. })) =
            (stage.get_untracked(), kept::take(navigation, i18n.locale))
        else {
            return;
        };
        stage.set(Stage::Accepting(offer.clone()));
        kept::keep(Kept::Link { token: token.clone(), key: key.clone(), is_tried: true });
        leptos::task::spawn_local(async move {
            let accepted = accept(session, &token, &key).await;
            _ = stage.try_set(accepted.unwrap_or_else(|error| Stage::Offered(offer, Some(error))));
        });
    });
    let is_busy = Signal::derive(move || stage.with(|stage| matches!(stage, Stage::Accepting(_))));
    let failure = Signal::derive(move || match stage.get() {
        Stage::Offered(_, failure) => failure,
        _ => None,
    });
    let shown = Memo::new(move |_| Shown::from(stage.get()));
    view! {
        <PublicShell>
            <div class="invitation">
                {live(move || match shown.get() {
                    Shown::Reading => view! {
                        <h1 class="visually-hidden">{text.title}</h1>
                        <Waiting />
                    }.into_any(),
                    Shown::Unread(error) => view! {
                        <h1 class="visually-hidden">{text.title}</h1>
                        <Failure error on_retry=Callback::new(move |()| start()) />
                    }.into_any(),
                    Shown::Offer(offer) => offer::view(offer, is_busy, failure, confirm),
                    Shown::Accepted(accepted) => outcome::accepted(accepted),
                    Shown::Refused => outcome::refused(),
                    Shown::NoLink => outcome::no_link(),
                })}
            </div>
        </PublicShell>
    }
}

/// Fetches the offer. `tried_key` is of a try to accept of which nothing was heard: a link that no longer works may be
/// one that it used up. Accepting again with that key has no effect then, and tells.
async fn read(session: Session, token: &str, tried_key: Option<&str>) -> Stage {
    let body = InvitationToken { token: token.to_owned() };
    match (session.call::<LookUpInvitation>(&NoPath {}, &Empty {}, &body, None).await, tried_key) {
        (Ok(offer), _) => Stage::Offered(offer, None),
        (Err(ApiError { kind: ErrorKind::NotFound, .. }), Some(key)) => {
            accept(session, token, key).await.unwrap_or_else(Stage::Unread)
        }
        (Err(ApiError { kind: ErrorKind::NotFound, .. }), None) => refused(),
        (Err(error), _) => Stage::Unread(error),
    }
}

/// Accepts.
///
/// # Errors
/// Nothing is known of the link: another try may tell.
async fn accept(session: Session, token: &str, key: &str) -> Result<Stage, ApiError> {
    let body = InvitationToken { token: token.to_owned() };
    match session.call::<AcceptInvitation>(&NoPath {}, &Empty {}, &body, Some(key)).await {
        Ok(accepted) => {
            kept::keep(Kept::Accepted(accepted.clone()));
            Ok(Stage::Accepted(accepted))
        }
        Err(ApiError { kind: ErrorKind::NotFound, .. }) => Ok(refused()),
        Err(error) => Err(error),
    }
}

fn refused() -> Stage {
    kept::forget();
    Stage::Refused
}
