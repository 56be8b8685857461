//! Every word on screen. A language fills [`Text`]: a missing text does not compile.
//!
//! To add a language, add a file here that fills all of them, and its line to `languages!`. Each text's note says what a
//! translator has to know. Names in braces are filled in by the account and stay as they are; `{n}` is a number that is
//! already formatted. Texts that must work before the WASM does stand in `boot.js`: a language without them has the
//! English ones. The server writes letters in English where it does not know the language, and refuses files in it: there,
//! a language is a variant of `Locale` (`crates/partner-server/src/rules.rs`).

pub use self::{
    contact::{ContactLinkText, ContactText},
    dialogs::DialogsText,
    expenses::ExpensesText,
    invitation::InvitationText,
    ledger::LedgerText,
    sign_in::SignInText,
    text::Text,
};

/// A text of one form.
pub type Words = &'static str;

/// A text with a number, in the plural categories of Unicode's CLDR; a language repeats the form it does not tell apart.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// 1 in English; 1, 21, 31 in Russian.
    pub one: &'static str,
    /// 2, 3, 4, 22 in Russian.
    pub few: &'static str,
    /// 5 to 20, 25 in Russian.
    pub many: &'static str,
    /// Fractions, and everything else.
    pub other: &'static str,
}

/// One form for every number, for a text without a word that agrees with it.
const fn same(text: &'static str) -> Forms {
    Forms { one: text, few: text, many: text, other: text }
}

/// The languages, one line each: variant, file, code as in an address and in `lang`; in the order of the switch.
macro_rules! languages {
    ($($(#[$note:meta])* $language:ident = $file:ident: $code:literal;)*) => {
        $(mod $file;)*

        /// A language of the account.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Locale {
            $($(#[$note])* $language,)*
        }

        impl Locale {
            /// All, in the order of the switch.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$language),*];

            /// As in an address and in `lang`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$language => $code,)*
                }
            }
        }

        /// The texts that the first page needs.
        pub const fn of(locale: Locale) -> &'static Text {
            match locale {
                $(Locale::$language => &$file::TEXT,)*
            }
        }

        /// The texts of the balance page.
        pub const fn ledger_of(locale: Locale) -> &'static LedgerText {
            match locale {
                $(Locale::$language => &$file::LEDGER,)*
            }
        }

        /// The texts of the report of expenses.
        pub const fn expenses_of(locale: Locale) -> &'static ExpensesText {
            match locale {
                $(Locale::$language => &$file::EXPENSES,)*
            }
        }

        /// The texts of what opens over the clients list.
        pub const fn dialogs_of(locale: Locale) -> &'static DialogsText {
            match locale {
                $(Locale::$language => &$file::DIALOGS,)*
            }
        }

        /// The texts of the sign-in form.
        pub const fn sign_in_of(locale: Locale) -> &'static SignInText {
            match locale {
                $(Locale::$language => &$file::SIGN_IN,)*
            }
        }

        /// The texts of *Contact sales*.
        pub const fn contact_of(locale: Locale) -> &'static ContactText {
            match locale {
                $(Locale::$language => &$file::CONTACT,)*
            }
        }

        /// What leads to *Contact sales*.
        pub const fn contact_link_of(locale: Locale) -> &'static ContactLinkText {
            match locale {
                $(Locale::$language => &$file::CONTACT_LINK,)*
            }
        }

        /// The texts of the page of an invitation.
        pub const fn invitation_of(locale: Locale) -> &'static InvitationText {
            match locale {
                $(Locale::$language => &$file::INVITATION,)*
            }
        }
    };
}

languages! {
    /// English.
    En = en: "en";
    /// Russian.
    Ru = ru: "ru";
}

macro_rules! texts {
    ($(#[$about:meta])* $texts:ident { $($(#[$note:meta])* $name:ident: $kind:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug)]
        pub struct $texts {
            $($(#[$note])* pub $name: $kind,)*
        }

        #[cfg(test)]
        impl $texts {
            pub(super) fn entries(&self) -> Vec<(&'static str, Vec<&'static str>)> {
                vec![$((stringify!($name), super::tests::$kind(&self.$name))),*]
            }
        }
    };
}

// Below the macro, which `text` and `ledger` use.
mod contact;
mod dialogs;
mod expenses;
mod invitation;
mod ledger;
mod sign_in;
mod text;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[expect(non_snake_case, reason = "named as the kind of text that it takes apart")]
    pub(super) fn Words(words: &Words) -> Vec<&'static str> {
        vec![words]
    }

    #[expect(non_snake_case, reason = "named as the kind of text that it takes apart")]
    pub(super) fn Forms(forms: &Forms) -> Vec<&'static str> {
        vec![forms.one, forms.few, forms.many, forms.other]
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn no_text_is_empty_and_all_languages_fill_in_the_same_names() {
        let entries = |locale| {
            let lists = [
                of(locale).entries(),
                ledger_of(locale).entries(),
                expenses_of(locale).entries(),
                contact_of(locale).entries(),
                contact_link_of(locale).entries(),
                invitation_of(locale).entries(),
                dialogs_of(locale).entries(),
                sign_in_of(locale).entries(),
            ];
            lists.concat()
        };
        let english = entries(Locale::En);
        for locale in Locale::ALL {
            for ((name, texts), (_, in_english)) in entries(locale).into_iter().zip(&english) {
                let is_plural = texts.len() > 1;
                for text in texts {
                    assert!(!text.trim().is_empty(), "{name} is empty in {}", locale.code());
                    assert!(
                        is_plural || !placeholders(text).contains("n"),
                        "{name} has a number and needs plural forms"
                    );
                    let expected = placeholders(in_english.last().unwrap_or(&""));
                    assert_eq!(placeholders(text), expected, "{name} in {}: {text}", locale.code());
                }
            }
        }
    }
}
