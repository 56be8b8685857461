//! Validation of form input. Parsing returns a valid value, or the errors of the invalid fields. The app and the server
//! share this code, so both accept the same input.

use email_address::{EmailAddress, Options};

use crate::{invitation::NewInvitation, problem::FieldProblem};

/// Largest length of an email address in octets (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const MAX_EMAIL: usize = 254;
/// Largest number of characters of a name, a company or an identifier.
pub const MAX_TEXT: usize = 255;

/// Reason why the text in a field is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldError {
    /// The field is required but empty.
    Required,
    /// The text is too long.
    TooLong {
        /// Largest allowed number of characters; for an email address, of octets.
        max: usize,
    },
    /// The text does not have the required form, for example is not an email address.
    Malformed,
    /// The text contains a control character, such as a line break in a single-line field.
    ControlCharacter,
}

impl FieldError {
    /// Stable code for [`FieldProblem::code`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too_long",
            Self::Malformed => "malformed",
            Self::ControlCharacter => "control_character",
        }
    }
}

/// A valid email address, as typed and without surrounding white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address. Internationalised domains (IDN) and local parts are accepted.
    ///
    /// # Errors
    /// Returns an error if the text is empty, contains a control character, is longer than [`MAX_EMAIL`] octets, or is
    /// not an email address whose domain contains a dot.
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

    /// If the typed domain looks like a misspelling of a common mail domain, returns that common domain.
    pub fn likely_domain(&self) -> Option<&'static str> {
        let (_, domain) = self.0.rsplit_once('@')?;
        let domain = domain.to_ascii_lowercase();
        if COMMON_DOMAINS.iter().chain(&LOOKALIKES).any(|known| *known == domain) {
            return None;
        }
        COMMON_DOMAINS
            .iter()
            .map(|common| (strsim::osa_distance(&domain, common), *common))
            .filter(|(distance, common)| *distance <= max_typos(common))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, common)| common)
    }

    /// Returns the address with [`Email::likely_domain`] in place of the typed domain, so that the app can suggest the
    /// corrected address; `None` if the typed domain does not look misspelt.
    pub fn likely_correction(&self) -> Option<String> {
        let (local, _) = self.0.rsplit_once('@')?;
        Some(format!("{local}@{}", self.likely_domain()?))
    }
}

/// Largest number of typing errors for which a domain counts as a misspelling. Short domains allow none, because real
/// short domains differ by a single letter, for example vk.ru and bk.ru.
const fn max_typos(domain: &str) -> usize {
    match domain.len() {
        ..=6 => 0,
        7..=8 => 1,
        _ => 2,
    }
}

/// Real mail domains that look like misspellings of the common domains, so the app must not correct them.
const LOOKALIKES: [&str; 3] = ["mail.com", "ymail.com", "email.com"];

/// Mail domains that partners' clients use most often.
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

/// A valid phone number in E.164 format: `+` and 7 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Parses a phone number in any usual notation. Without `+`, a number counts as Russian or Kazakh and gets the
    /// country code 7 if it has eleven digits and begins with 8, or has ten digits and begins with 3, 4, 7, 8 or 9.
    ///
    /// The only other checks are the number of digits and a leading zero, because the numbering plans of all countries
    /// (libphonenumber) would make the app much larger.
    ///
    /// # Errors
    /// Returns an error if the text is empty, contains a letter or another unexpected character, has too few or too
    /// many digits, or begins with 0.
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

    /// The number in E.164 format.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Converts a decimal digit to ASCII. Some keyboards produce Arabic-Indic or full-width digits.
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

/// Validates a single-line text in any script, such as a name, a company or an identifier. Returns `None` for an empty
/// text.
///
/// # Errors
/// Returns an error if the text is longer than [`MAX_TEXT`] characters or contains a control character.
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

/// Whether the character is a control character, a line or paragraph separator or a byte order mark, or changes the
/// direction of the text around it.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Fields of the dialog *Add client*, in the order of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewClientField {
    /// [`NewInvitation::email`]; the only required field.
    Email,
    /// [`NewInvitation::name`].
    Name,
    /// [`NewInvitation::phone`].
    Phone,
    /// [`NewInvitation::client_id`].
    Identifier,
}

impl NewClientField {
    /// All fields, in the order of the dialog.
    pub const ALL: [Self; 4] = [Self::Email, Self::Name, Self::Phone, Self::Identifier];

    /// JSON pointer to the field in [`NewInvitation`].
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::Email => "/email",
            Self::Name => "/name",
            Self::Phone => "/phone",
            Self::Identifier => "/client_id",
        }
    }

    /// The field with this JSON pointer.
    pub fn of_pointer(pointer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.pointer() == pointer)
    }
}

/// A valid [`NewInvitation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClient {
    /// Address to which the invitation email is sent.
    pub email: Email,
    /// Name of the client; `None` if the field is empty.
    pub name: Option<String>,
    /// Phone number of the client; `None` if the field is empty.
    pub phone: Option<Phone>,
    /// Identifier: free text with which the partner marks the client; `None` if the field is empty.
    pub identifier: Option<String>,
}

impl NewClient {
    /// Validates the body of a request or the contents of the dialog.
    ///
    /// # Errors
    /// Returns every invalid field with its error, in the order of the dialog.
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

/// Returns the parsed value. If parsing failed, adds the field and its error to `problems` and returns `None`.
pub(crate) fn keep<T, F>(parsed: Result<T, FieldError>, field: F, problems: &mut Vec<(F, FieldError)>) -> Option<T> {
    parsed.map_err(|error| problems.push((field, error))).ok()
}

/// Converts field errors to the field problems that the server returns.
pub fn field_problems(problems: &[(NewClientField, FieldError)]) -> Vec<FieldProblem> {
    problems
        .iter()
        .map(|(field, error)| FieldProblem { pointer: field.pointer().into(), code: error.code().into() })
        .collect()
}
