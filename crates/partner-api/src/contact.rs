//! *Contact sales*: somebody asks to become a partner. Public: nobody has to be signed in.

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, Success, endpoint},
    form::{Email, FieldError, Phone, is_control, keep, parse_text},
    problem::FieldProblem,
};

endpoint! {
    /// Stores a request to become a partner, and its letters: to sales, and a confirmation to the sender. Needs an
    /// idempotency key.
    ///
    /// 422 with field problems; 429 with `Retry-After` where too many came for the address or from the network.
    /// What a program seems to have filled in is answered like any other, and dropped.
    CreateContactRequest: Post "/api/v1/contact-requests", Problem, Visitor,
    path: NoPath, query: Empty, body: NewContactRequest, reply: ContactRequest,
    idempotency_key: true, success: Success::Created,
    rate_limits: &[
        RateLimit { per: RateKey::Email, max: 3, window_secs: 3_600 },
        RateLimit { per: RateKey::Network, max: 10, window_secs: 3_600 },
    ],
}

/// Most characters of a message.
pub const MAX_MESSAGE: usize = 4_000;
/// Nobody fills the form in faster, in milliseconds. The account waits for the rest of it before it sends.
pub const MIN_FILL_MILLIS: u64 = 2_000;
/// Within so many hours a manager contacts the sender.
pub const REPLY_HOURS: usize = 48;

/// Body of [`CreateContactRequest`], as parsed by [`NewContact`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "openapi", schemars(extend("required" = ["name", "email", "phone", "company"])))]
#[serde(deny_unknown_fields)]
pub struct NewContactRequest {
    /// Name, or full name, of whom to contact.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 255)))]
    pub name: String,
    /// Where the confirmation goes; becomes the login.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(email))]
    pub email: String,
    /// Telephone, any layout; kept as E.164.
    #[serde(default)]
    pub phone: String,
    /// Name of the company.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 255)))]
    pub company: String,
    /// What else there is to say; may be empty, may have line breaks.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 4000)))]
    pub message: String,
    /// Language of the confirmation, `en` or `ru`; without it, what `Accept-Language` prefers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// A field that people do not see. Programs fill it in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// How long the form was open, in milliseconds. See [`MIN_FILL_MILLIS`].
    #[serde(default)]
    pub filled_in_ms: u64,
    /// Answer to the captcha, where the server asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captcha: Option<String>,
}

impl NewContactRequest {
    /// Whether a program seems to have filled the form in.
    pub fn is_by_program(&self) -> bool {
        !self.website.is_empty() || self.filled_in_ms < MIN_FILL_MILLIS
    }

    /// What was typed into a field.
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

/// The stored request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ContactRequest {
    /// What people name it by, also on the telephone: `C-` and eight digits.
    pub reference: String,
}

/// Fields of the form, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContactField {
    /// Whom to contact.
    Name,
    /// Email.
    Email,
    /// Telephone.
    Phone,
    /// Company.
    Company,
    /// The only one that may stay empty.
    Message,
}

impl ContactField {
    /// All, in the form's order.
    pub const ALL: [Self; 5] = [Self::Name, Self::Email, Self::Phone, Self::Company, Self::Message];

    /// JSON pointer into [`NewContactRequest`].
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Name => "/name",
            Self::Email => "/email",
            Self::Phone => "/phone",
            Self::Company => "/company",
            Self::Message => "/message",
        }
    }

    /// The field of a pointer.
    pub fn of_pointer(pointer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.pointer() == pointer)
    }
}

/// A valid request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Whom to contact.
    pub name: String,
    /// Email.
    pub email: Email,
    /// Telephone.
    pub phone: Phone,
    /// Company.
    pub company: String,
    /// Message, its lines parted by `\n`.
    pub message: Option<String>,
}

impl NewContact {
    /// Parses the body of a request, or what stands in the form.
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

/// Text of several lines. Line breaks of any system become `\n`, tabs become spaces; empty is `None`.
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

/// The problems as the wire has them.
pub fn contact_problems(problems: &[(ContactField, FieldError)]) -> Vec<FieldProblem> {
    problems
        .iter()
        .map(|(field, error)| FieldProblem { pointer: field.pointer().into(), code: error.code().into() })
        .collect()
}
