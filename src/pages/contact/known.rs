//! Facts about the signed-in user. The form shows these facts instead of asking for them.

use leptos::prelude::*;
use partner_api::{
    auth::Session,
    contact::ContactField,
    form::{Phone, parse_text},
};

use crate::i18n::{format, locales::ContactText};

/// Facts about the user. The form asks for a name, phone number or company that is missing here because it does not
/// pass validation.
pub(super) fn known_of(session: &Session) -> Vec<(ContactField, String)> {
    let line = |text: &Option<String>| parse_text(text.as_deref()?).ok().flatten();
    let phone = session.user.phone.as_deref().filter(|phone| Phone::parse(phone).is_ok());
    let facts = [
        (ContactField::Name, line(&session.user.name)),
        (ContactField::Email, Some(session.user.email.clone())),
        (ContactField::Phone, phone.map(format::phone)),
        (ContactField::Company, line(&session.partner.title)),
    ];
    facts.into_iter().filter_map(|(field, fact)| Some((field, fact?))).collect()
}

pub(super) fn view(text: &'static ContactText, known: &[(ContactField, String)]) -> impl IntoView + use<> {
    let facts = known.iter().map(|(field, fact)| {
        let label = match field {
            ContactField::Name => text.name,
            ContactField::Email => text.email,
            ContactField::Phone => text.phone,
            ContactField::Company => text.company,
            ContactField::Message => text.message,
        };
        view! { <div><dt>{label}</dt><dd><bdi>{fact.clone()}</bdi></dd></div> }
    });
    view! {
        <section class="contact-known" aria-labelledby="contact-known">
            <h2 id="contact-known">{text.known}</h2>
            <dl>{facts.collect_view()}</dl>
        </section>
    }
}
