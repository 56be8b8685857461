//! Normalises text for storing and for comparing.

use unicode_normalization::UnicodeNormalization;

/// Converts a text to the composed Unicode form (NFC), so that the same text is always stored with the same characters.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Returns the key by which email addresses are compared and sorted: the address in lower case, with the domain in
/// ASCII if possible.
///
/// RFC 5321 allows mail servers to distinguish `Anna@` from `anna@`, but in practice none does. So addresses that
/// differ only in case belong to the same person.
pub fn email_key(email: &str) -> String {
    let (local, domain) = email.trim().rsplit_once('@').unwrap_or((email.trim(), ""));
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
    let local: String = local.nfkc().flat_map(char::to_lowercase).collect();
    format!("{local}@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_same_mailbox_have_the_same_key() {
        assert_eq!(email_key(" Anna@Example.COM "), "anna@example.com");
        assert_eq!(email_key("почта@Пример.РФ"), email_key("Почта@xn--e1afmkfd.xn--p1ai"));
        assert_ne!(email_key("a@example.com"), email_key("b@example.com"));
    }
}
