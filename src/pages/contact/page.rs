//! The contact page: the form or, after the form has been sent, the confirmation.

use leptos::prelude::*;

use super::{
    form::ContactForm,
    sent::{self, SentRequest},
};
use crate::{
    browser::focus,
    data::views::Loading,
    i18n::use_i18n,
    pages::use_title,
    session::{State, use_session},
};

#[component]
pub fn ContactPage() -> impl IntoView {
    let text = use_i18n().text.contact();
    let session = use_session();
    use_title(move || text.title.to_owned());
    let sent = RwSignal::new(sent::load());
    // Draw the form only when the session check is complete, because a later change of the session must not change the
    // form.
    let is_checking = Memo::new(move |_| session.state().with(|state| *state == State::Checking));
    let on_sent = Callback::new(move |request: SentRequest| {
        sent::save(&request);
        sent.set(Some(request));
        request_animation_frame(focus::heading);
    });
    let on_again = Callback::new(move |()| {
        sent::delete();
        sent.set(None);
        request_animation_frame(focus::heading);
    });
    view! {
        <div class="contact">
            {move || match sent.get() {
                Some(request) => sent::view(request, on_again),
                None if is_checking.get() => view! { <Loading /> }.into_any(),
                None => view! { <ContactForm on_sent /> }.into_any(),
            }}
        </div>
    }
}
