//! The field values of the form. A copy in the storage of the tab survives a reload and an expired session.

use leptos::prelude::*;
use partner_api::contact::{ContactField, NewContactRequest};
use serde::{Deserialize, Serialize};

use crate::{
    browser::{clock::now, drafts},
    session::new_key,
};

const DRAFT: &str = "contact";

/// The stored field values, and the idempotency key of the request that sends them. The key is stored too, so that
/// sending the same values again after a reload creates no second request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) typed: NewContactRequest,
    pub(super) key: String,
    /// Time at which the form was opened, in milliseconds since 1970-01-01T00:00:00Z.
    opened_at: i64,
}

impl Draft {
    /// Loads the stored draft. Creates an empty draft if the storage has none.
    pub(super) fn load() -> Self {
        let new = || Self { typed: NewContactRequest::default(), key: new_key(), opened_at: now().millis };
        drafts::load::<Self>(DRAFT).filter(|draft| !draft.key.is_empty()).unwrap_or_else(new)
    }

    /// Stores the field values. Changed values get a new idempotency key, because they make a different request.
    pub(super) fn save(&mut self, typed: NewContactRequest) {
        if self.typed != typed {
            (self.typed, self.key) = (typed, new_key());
        }
        drafts::save(DRAFT, self);
    }

    pub(super) fn delete() {
        drafts::delete(DRAFT);
    }

    /// Number of milliseconds since the form was opened. Zero if the clock was set back.
    pub(super) fn open_for(&self) -> u64 {
        u64::try_from(now().millis - self.opened_at).unwrap_or(0)
    }
}

/// The current value of each field.
#[derive(Clone, Copy)]
pub(super) struct Fields([(ContactField, RwSignal<String>); 5]);

impl Fields {
    /// Fills the fields from the draft. Known facts about the user take precedence over the values of the draft.
    pub(super) fn new(typed: &NewContactRequest, known: &[(ContactField, String)]) -> Self {
        Self(ContactField::ALL.map(|field| {
            let known = known.iter().find(|(it, _)| *it == field).map(|(_, fact)| &**fact);
            (field, RwSignal::new(known.unwrap_or_else(|| typed.typed(field)).to_owned()))
        }))
    }

    pub(super) fn of(self, field: ContactField) -> RwSignal<String> {
        let [first, rest @ ..] = self.0;
        rest.into_iter().find(|(it, _)| *it == field).unwrap_or(first).1
    }

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

pub(super) const fn id_of(field: ContactField) -> &'static str {
    match field {
        ContactField::Name => "contact-name",
        ContactField::Email => "contact-email",
        ContactField::Phone => "contact-phone",
        ContactField::Company => "contact-company",
        ContactField::Message => "contact-message",
    }
}
