//! *Contact sales*: the page for everybody where somebody asks to become a partner.

mod fields;
mod form;
mod problems;
mod sent;

use leptos::prelude::*;

use self::{form::ContactForm, sent::SentRequest};
use crate::{
    app::use_title,
    config::ContactConfig,
    data::load::Waiting,
    i18n::{locales, use_i18n},
    lazy_chunk,
    session::{State, use_session},
    shell::PublicShell,
    ui::{dialog::focus_heading, live::live},
};

lazy_chunk! {
    /// [`ContactPage`]
    page in contact: () => ContactPage().into_any()
}

/// The form, and after sending what happens next.
#[component]
pub fn ContactPage() -> impl IntoView {
    let text = locales::contact_of(use_i18n().locale);
    let session = use_session();
    use_title(move || text.title.to_owned());
    let config = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        // Where it cannot be read, the page has no links.
        _ = config.try_set(Some(ContactConfig::load().await.unwrap_or_default()));
    });
    let sent = RwSignal::new(sent::load());
    // What is known of the visitor is asked once: a session that changes under the form changes nothing in it.
    let is_checking = Memo::new(move |_| session.state().with(|state| *state == State::Checking));
    let on_sent = Callback::new(move |request: SentRequest| {
        sent::keep(&request);
        sent.set(Some(request));
        request_animation_frame(focus_heading);
    });
    let on_again = Callback::new(move |()| {
        sent::forget();
        sent.set(None);
        request_animation_frame(focus_heading);
    });
    view! {
        <PublicShell>
            <div class="contact">
                {live(move || match sent.get() {
                    Some(request) => sent::view(request, config, on_again),
                    None if is_checking.get() => view! { <Waiting /> }.into_any(),
                    None => view! { <ContactForm config on_sent /> }.into_any(),
                })}
            </div>
        </PublicShell>
    }
}
