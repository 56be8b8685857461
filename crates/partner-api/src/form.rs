//! Parsing what a person typed: a valid value, or what is wrong with it. Browser and server run the same.

use email_address::{EmailAddress, Options};

use crate::{invitation::NewInvitation, problem::FieldProblem};

/// Most octets of an email address (RFC 5321, section 4.5.3.1.3, less the angle brackets).
pub const MAX_EMAIL: usize = 254;
/// Most characters of a name, a company or an identifier.
pub const MAX_TEXT: usize = 255;

/// What is wrong with what was typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldError {
    /// Nothing was typed, and something is needed.
    Required,
    /// More than this many characters.
    TooLong {
        /// The limit.
        max: usize,
    },
    /// Not of the form that the field needs.
    Malformed,
    /// A control character (line breaks included).
    ControlCharacter,
}

impl FieldError {
    /// Stable code on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too_long",
            Self::Malformed => "malformed",
            Self::ControlCharacter => "control_character",
        }
    }
}

/// An email address as typed, trimmed and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address; unicode domains (IDN) and unicode local parts are accepted.
    ///
    /// # Errors
    /// Empty, longer than [`MAX_EMAIL`] octets, or no address with a dotted domain.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldError::Required);
        }
        if text.chars().any(is_control) {
            return Err(FieldError::ControlCharacter);
        }
        if text.len() > MAX_EMAIL {
            return Err(FieldError::TooLong { max: MAX_EMAIL });
        }
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        EmailAddress::parse_with_options(text, options)
            .map(|_| Self(text.to_owned()))
            .map_err(|_| FieldError::Malformed)
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain that was probably meant, where the typed one looks like a slip.
    pub fn likely_domain(&self) -> Option<&'static str> {
        let (_, domain) = self.0.rsplit_once('@')?;
        let domain = domain.to_ascii_lowercase();
        if COMMON_DOMAINS.iter().chain(&LOOKALIKES).any(|known| *known == domain) {
            return None;
        }
        COMMON_DOMAINS
            .iter()
            .map(|common| (strsim::osa_distance(&domain, common), *common))
            .filter(|(distance, common)| *distance <= likely_slips(common))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, common)| common)
    }

    /// The address with its [`Email::likely_domain`].
    pub fn likely_correction(&self) -> Option<String> {
        let (local, _) = self.0.rsplit_once('@')?;
        Some(format!("{local}@{}", self.likely_domain()?))
    }
}

/// How many slips may turn a domain into another: every name is a letter away from some short one (vk.ru from bk.ru).
const fn likely_slips(domain: &str) -> usize {
    match domain.len() {
        ..=6 => 0,
        7..=8 => 1,
        _ => 2,
    }
}

/// Domains with mailboxes of their own that look like slips of the common ones.
const LOOKALIKES: [&str; 3] = ["mail.com", "ymail.com", "email.com"];

/// Domains that partners' clients use most.
const COMMON_DOMAINS: [&str; 12] = [
    "mail.ru",
    "yandex.ru",
    "ya.ru",
    "gmail.com",
    "vk.com",
    "bk.ru",
    "list.ru",
    "inbox.ru",
    "rambler.ru",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
];

/// A telephone number in E.164: `+` and 7 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Parses a number in any usual layout. Without `+`, eleven digits that start with 8 and ten that start as Russian
    /// and Kazakh area codes do (3, 4, 7, 8, 9) are a national number: +7.
    ///
    /// The full numbering plans (libphonenumber's metadata) would outweigh the rest of the account, so a number is
    /// checked for its length only: an impossible number is the partner's to notice.
    ///
    /// # Errors
    /// Empty, a letter or another unexpected character, or too few or too many digits.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldError::Required);
        }
        let mut digits = String::new();
        for (at, c) in text.char_indices() {
            match ascii_digit(c) {
                Some(digit) => digits.push(digit),
                None if c == '+' && at == 0 => {}
                None if c.is_whitespace() || "()-–—./‑".contains(c) => {}
                None if is_control(c) => return Err(FieldError::ControlCharacter),
                None => return Err(FieldError::Malformed),
            }
        }
        if !text.starts_with('+') && digits.len() == 11 && digits.starts_with('8') {
            digits.replace_range(..1, "7");
        }
        if !text.starts_with('+') && digits.len() == 10 && digits.starts_with(['3', '4', '7', '8', '9']) {
            digits.insert(0, '7');
        }
        if (7..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(FieldError::Malformed)
        }
    }

    /// `+` and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// ASCII digit of a decimal digit, also of the Arabic-Indic ones and full-width ones that keyboards produce.
fn ascii_digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

/// A line of text in any script: a name, a company, an identifier. Empty is `None`.
///
/// # Errors
/// Longer than [`MAX_TEXT`] characters, or with a control character.
pub fn parse_text(text: &str) -> Result<Option<String>, FieldError> {
    let text = text.trim();
    if text.chars().any(is_control) {
        Err(FieldError::ControlCharacter)
    } else if text.chars().count() > MAX_TEXT {
        Err(FieldError::TooLong { max: MAX_TEXT })
    } else {
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

/// Control characters, and the ones that reverse the text around them: neither belongs in a line of text.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Fields of the dialog *Add client*, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewClientField {
    /// The only required one.
    Email,
    /// Name.
    Name,
    /// Telephone.
    Phone,
    /// Identifier.
    Identifier,
}

impl NewClientField {
    /// All, in the dialog's order.
    pub const ALL: [Self; 4] = [Self::Email, Self::Name, Self::Phone, Self::Identifier];

    /// JSON pointer into [`NewInvitation`].
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Email => "/email",
            Self::Name => "/name",
            Self::Phone => "/phone",
            Self::Identifier => "/client_id",
        }
    }

    /// The field of a pointer.
    pub fn of_pointer(pointer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.pointer() == pointer)
    }
}

/// A valid new client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClient {
    /// Where the letter goes.
    pub email: Email,
    /// Name.
    pub name: Option<String>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Identifier.
    pub identifier: Option<String>,
}

impl NewClient {
    /// Parses the body of a request, or what stands in the dialog.
    ///
    /// # Errors
    /// Every field that has a problem, in the dialog's order.
    pub fn parse(typed: &NewInvitation) -> Result<Self, Vec<(NewClientField, FieldError)>> {
        let mut problems = Vec::new();
        let email = keep(Email::parse(&typed.email), NewClientField::Email, &mut problems);
        let name = keep(parse_optional(typed.name.as_deref()), NewClientField::Name, &mut problems);
        let phone = match typed.phone.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(text) => keep(Phone::parse(text), NewClientField::Phone, &mut problems),
        };
        let identifier = keep(parse_optional(typed.client_id.as_deref()), NewClientField::Identifier, &mut problems);
        match email {
            Some(email) if problems.is_empty() => {
                Ok(Self { email, name: name.flatten(), phone, identifier: identifier.flatten() })
            }
            _ => Err(problems),
        }
    }
}

impl From<NewClient> for NewInvitation {
    fn from(client: NewClient) -> Self {
        Self {
            email: client.email.0,
            name: client.name,
            phone: client.phone.map(|phone| phone.0),
            client_id: client.identifier,
        }
    }
}

fn parse_optional(text: Option<&str>) -> Result<Option<String>, FieldError> {
    parse_text(text.unwrap_or_default())
}

/// The value, or one more problem.
pub(crate) fn keep<T, F>(parsed: Result<T, FieldError>, field: F, problems: &mut Vec<(F, FieldError)>) -> Option<T> {
    parsed.map_err(|error| problems.push((field, error))).ok()
}

/// The problems as the wire has them.
pub fn field_problems(problems: &[(NewClientField, FieldError)]) -> Vec<FieldProblem> {
    problems
        .iter()
        .map(|(field, error)| FieldProblem { pointer: field.pointer().into(), code: error.code().into() })
        .collect()
}
