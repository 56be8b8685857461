//! *Contact sales*: a request to become a partner. The call needs no session.

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, Success, endpoint},
    form::{Email, FieldError, Phone, is_control, keep, parse_text},
    problem::FieldProblem,
};

endpoint! {
    /// Stores a request to become a partner and queues two emails: one to sales and a confirmation to the sender. Needs
    /// an idempotency key.
    ///
    /// 422 with field problems; 429 with `Retry-After` after too many requests for one email address or from one network.
    /// A request that a bot seems to have sent gets a normal reply and is dropped.
    CreateContactRequest: Post "/api/v1/contact-requests", Problem, Visitor,
    path: NoPath, query: Empty, body: NewContactRequest, reply: ContactRequest,
    idempotency_key: true, success: Success::Created,
    rate_limits: &[
        RateLimit { per: RateKey::Email, max: 3, window_secs: 3_600 },
        RateLimit { per: RateKey::Network, max: 10, window_secs: 3_600 },
    ],
}

/// Largest number of characters of a message.
pub const MAX_MESSAGE: usize = 4_000;
/// Shortest time in milliseconds in which a person fills in the form; a faster one counts as a bot. Autofill can be
/// faster, so the app waits until this time has passed before it sends.
pub const MIN_FILL_MILLIS: u64 = 2_000;
/// Number of hours within which a manager promises to contact the sender.
pub const REPLY_HOURS: usize = 48;

/// Body of [`CreateContactRequest`], as parsed by [`NewContact`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "openapi", schemars(extend("required" = ["name", "email", "phone", "company"])))]
#[serde(deny_unknown_fields)]
pub struct NewContactRequest {
    /// Name of the person to contact; required, at most 255 characters.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 255)))]
    pub name: String,
    /// Email address for the confirmation; required. It becomes the login.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(email))]
    pub email: String,
    /// Phone number in any layout; required. The server stores E.164.
    #[serde(default)]
    pub phone: String,
    /// Name of the company; required, at most 255 characters.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 255)))]
    pub company: String,
    /// Free text with line breaks, at most 4,000 characters ([`MAX_MESSAGE`]); can be empty.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 4000)))]
    pub message: String,
    /// Language of the confirmation, `en` or `ru`; if missing, `Accept-Language` decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Trap for bots: a field that people cannot see. Must be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// Time between opening and sending the form in milliseconds, see [`MIN_FILL_MILLIS`].
    #[serde(default)]
    pub filled_in_ms: u64,
    /// Answer to the captcha, if the server requires one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captcha: Option<String>,
}

impl NewContactRequest {
    /// Whether a bot seems to have filled in the form.
    pub fn is_by_program(&self) -> bool {
        !self.website.is_empty() || self.filled_in_ms < MIN_FILL_MILLIS
    }

    /// The text in a field.
    pub fn typed(&self, field: ContactField) -> &str {
        match field {
            ContactField::Name => &self.name,
            ContactField::Email => &self.email,
            ContactField::Phone => &self.phone,
            ContactField::Company => &self.company,
            ContactField::Message => &self.message,
        }
    }
}

/// Reply of [`CreateContactRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ContactRequest {
    /// Reference of the request for people: `C-` and eight digits, easy to say on the phone in any language.
    pub reference: String,
}

/// Fields of the form *Contact sales*, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContactField {
    /// [`NewContactRequest::name`].
    Name,
    /// [`NewContactRequest::email`].
    Email,
    /// [`NewContactRequest::phone`].
    Phone,
    /// [`NewContactRequest::company`].
    Company,
    /// [`NewContactRequest::message`]; the only optional field.
    Message,
}

impl ContactField {
    /// All fields, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Name, Self::Email, Self::Phone, Self::Company, Self::Message];

    /// JSON pointer to the field in [`NewContactRequest`].
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Name => "/name",
            Self::Email => "/email",
            Self::Phone => "/phone",
            Self::Company => "/company",
            Self::Message => "/message",
        }
    }

    /// The field with this JSON pointer.
    pub fn of_pointer(pointer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.pointer() == pointer)
    }
}

/// A valid [`NewContactRequest`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Name of the person to contact.
    pub name: String,
    /// Email address.
    pub email: Email,
    /// Phone number.
    pub phone: Phone,
    /// Name of the company.
    pub company: String,
    /// Message with `\n` between lines; `None` if it is empty.
    pub message: Option<String>,
}

impl NewContact {
    /// Validates the body of a request or the contents of the form.
    ///
    /// # Errors
    /// Every field that has a problem, in the form's order.
    pub fn parse(typed: &NewContactRequest) -> Result<Self, Vec<(ContactField, FieldError)>> {
        use ContactField as F;
        let mut problems = Vec::new();
        let name = keep(required(&typed.name), F::Name, &mut problems);
        let email = keep(Email::parse(&typed.email), F::Email, &mut problems);
        let phone = keep(Phone::parse(&typed.phone), F::Phone, &mut problems);
        let company = keep(required(&typed.company), F::Company, &mut problems);
        let message = keep(parse_message(&typed.message), F::Message, &mut problems);
        match (name, email, phone, company, message) {
            (Some(name), Some(email), Some(phone), Some(company), Some(message)) => {
                Ok(Self { name, email, phone, company, message })
            }
            _ => Err(problems),
        }
    }
}

fn required(text: &str) -> Result<String, FieldError> {
    parse_text(text)?.ok_or(FieldError::Required)
}

/// Validates a text with several lines. Line breaks of every kind become `\n`, tabs become spaces; an empty text gives
/// `None`.
///
/// # Errors
/// Longer than [`MAX_MESSAGE`] characters, or with another control character.
pub fn parse_message(text: &str) -> Result<Option<String>, FieldError> {
    let text = text.trim().replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    if text.chars().any(|c| c != '\n' && is_control(c)) {
        Err(FieldError::ControlCharacter)
    } else if text.chars().count() > MAX_MESSAGE {
        Err(FieldError::TooLong { max: MAX_MESSAGE })
    } else {
        Ok((!text.is_empty()).then_some(text))
    }
}

/// The problems in the form in which the server returns them.
pub fn contact_problems(problems: &[(ContactField, FieldError)]) -> Vec<FieldProblem> {
    problems
        .iter()
        .map(|(field, error)| FieldProblem { pointer: field.pointer().into(), code: error.code().into() })
        .collect()
}
