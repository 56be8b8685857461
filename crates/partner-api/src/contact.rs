//! The form *Contact sales*, with which a visitor asks to become a partner. The call needs no session.

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
    /// 422 with field problems; 429 with `Retry-After` after too many requests for one email address or from one
    /// network. If a bot seems to have sent the request, the server replies as usual but drops the request.
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
/// Shortest time in milliseconds that a person needs to fill in the form. The server treats a faster sender as a bot.
/// Autofill can be faster, too, so the app delays the request until this time has passed.
pub const MIN_FILL_MILLIS: u64 = 2_000;
/// Number of hours within which a manager contacts the sender, as the form and the confirmation promise.
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
    /// Email address of the sender; required. The confirmation goes to this address. A sender who becomes a partner is
    /// expected to sign in with it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(email))]
    pub email: String,
    /// Phone number in any usual notation; required. The server stores the number in E.164 format.
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
    /// Language of the confirmation, `en` or `ru`. If missing, the server uses the header `Accept-Language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Trap for bots. The form hides this field from people, so a text here means that a bot filled in the form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// Time between opening and submitting the form in milliseconds, see [`MIN_FILL_MILLIS`].
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

    /// The text that the sender typed into a field.
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
    /// Number of the request, which the sender can quote on the phone: `C-` and eight digits.
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
    /// Returns every invalid field with its error, in the order of the form.
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
/// Returns an error if the text is longer than [`MAX_MESSAGE`] characters or contains any other control character.
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

/// Converts field errors to the field problems that the server returns.
pub fn contact_problems(problems: &[(ContactField, FieldError)]) -> Vec<FieldProblem> {
    problems
        .iter()
        .map(|(field, error)| FieldProblem { pointer: field.pointer().into(), code: error.code().into() })
        .collect()
}
