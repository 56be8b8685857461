//! What stands in the form: typed, or known from the account; and its draft.

use leptos::prelude::*;
use partner_api::{
    auth::Session,
    contact::{ContactField, NewContactRequest},
    form::{Phone, parse_text},
};
use serde::{Deserialize, Serialize};

use crate::{
    browser::{clock::now, drafts},
    i18n::format,
    session::new_key,
};

/// Name of the draft.
const DRAFT: &str = "contact";

/// What is typed, the key of its request (a repeated one has one effect, even after a reload), and since when the form
/// has been open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) typed: NewContactRequest,
    pub(super) key: String,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub(super) opened_at: i64,
}

impl Draft {
    /// The one that was kept, or a new one.
    pub(super) fn load() -> Self {
        let fresh = || Self { typed: NewContactRequest::default(), key: new_key(), opened_at: now().millis };
        drafts::load::<Self>(DRAFT).filter(|draft| !draft.key.is_empty()).unwrap_or_else(fresh)
    }

    /// Keeps what is typed. The key belongs to it: other contents are another request.
    pub(super) fn keep(&mut self, typed: NewContactRequest) {
        if self.typed != typed {
            (self.typed, self.key) = (typed, new_key());
        }
        drafts::save(DRAFT, self);
    }

    /// How long the form has been open, in milliseconds. A clock that was set back counts from now.
    pub(super) fn open_for(&self) -> u64 {
        u64::try_from(now().millis - self.opened_at).unwrap_or(0)
    }

    /// Forgets it: the request was sent.
    pub(super) fn forget() {
        drafts::clear(DRAFT);
    }
}

/// What the account knows of who is signed in, and the form therefore does not ask.
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

/// The texts of the fields.
#[derive(Clone, Copy)]
pub(super) struct Fields([(ContactField, RwSignal<String>); 5]);

impl Fields {
    /// What is known goes before what was typed.
    pub(super) fn new(typed: &NewContactRequest, known: &[(ContactField, String)]) -> Self {
        Self(ContactField::ALL.map(|field| {
            let known = known.iter().find(|(it, _)| *it == field).map(|(_, fact)| &**fact);
            (field, RwSignal::new(known.unwrap_or_else(|| typed.typed(field)).to_owned()))
        }))
    }

    /// The text of one.
    pub(super) fn of(self, field: ContactField) -> RwSignal<String> {
        let [first, rest @ ..] = self.0;
        rest.into_iter().find(|(it, _)| *it == field).unwrap_or(first).1
    }

    /// All together.
    pub(super) fn typed(self) -> NewContactRequest {
        let text = |field| self.of(field).get();
        NewContactRequest {
            name: text(ContactField::Name),
            email: text(ContactField::Email),
            phone: text(ContactField::Phone),
            company: text(ContactField::Company),
            message: text(ContactField::Message),
            ..NewContactRequest::default()
        }
    }
}

/// Id of a field's input.
pub(super) const fn id_of(field: ContactField) -> &'static str {
    match field {
        ContactField::Name => "contact-name",
        ContactField::Email => "contact-email",
        ContactField::Phone => "contact-phone",
        ContactField::Company => "contact-company",
        ContactField::Message => "contact-message",
    }
}
