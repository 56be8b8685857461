//! Every text of the app, by language and subject. A missing text does not compile.
//!
//! `texts/` lists the texts of each subject. A language is a folder that fills all lists, and one line in `languages!`.
//! The app fills in the names in braces, so they stay as they are in every language. `{n}` is a number that is already
//! formatted, and a text with it is [`Forms`].
//!
//! Two places have texts of their own: `public/boot.js`, which runs before the WebAssembly does, and the server, for
//! emails and exported files. Both use English if they do not have the language.

mod texts;

pub use self::texts::*;

/// A text of one form.
pub type Words = &'static str;

/// A text with a number, in the plural categories of Unicode's CLDR. A language repeats a form that it does not
/// distinguish.
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

/// One form for every number: no word in the text agrees with it.
const fn same(text: &'static str) -> Forms {
    Forms { one: text, few: text, many: text, other: text }
}

/// The texts of a language. Each subject is a method, not a field, so that a lazy chunk carries the subjects that only it
/// uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(Locale);

/// The languages, one line each: variant, folder, code in addresses and in `lang`; in the order of the switch.
macro_rules! languages {
    ($($language:ident = $folder:ident: $code:literal;)*) => {
        $(mod $folder;)*

        /// A language of the app.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Locale {
            $($language,)*
        }

        impl Locale {
            /// In the order of the switch.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$language),*];

            /// The code in addresses and in `lang`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$language => $code,)*
                }
            }

            pub const fn text(self) -> Text {
                Text(self)
            }
        }

        subjects! {
            [$($language $folder)*]
            common: CommonText,
            shell: ShellText,
            errors: ErrorsText,
            forms: FormsText,
            clients: ClientsText,
            bulk: BulkText,
            add: AddText,
            client_dialogs: ClientDialogsText,
            keyboard: KeyboardText,
            balance: BalanceText,
            expenses: ExpensesText,
            contact: ContactText,
            invitation: InvitationText,
            sign_in: SignInText,
        }
    };
}

macro_rules! subjects {
    ($languages:tt $($subject:ident: $texts:ident,)*) => {
        impl Text {
            $(subject! { $languages $subject $texts })*

            #[cfg(test)]
            fn entries(self) -> Vec<(&'static str, Vec<&'static str>)> {
                [$(self.$subject().entries()),*].concat()
            }
        }
    };
}

macro_rules! subject {
    ([$($language:ident $folder:ident)*] $subject:ident $texts:ident) => {
        pub const fn $subject(self) -> &'static $texts {
            match self.0 {
                $(Locale::$language => &$folder::$subject::TEXT,)*
            }
        }
    };
}

languages! {
    En = en: "en";
    Ru = ru: "ru";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// All forms of a text.
    pub(super) trait Variants {
        fn variants(&self) -> Vec<&'static str>;
    }

    impl Variants for Words {
        fn variants(&self) -> Vec<&'static str> {
            vec![self]
        }
    }

    impl Variants for Forms {
        fn variants(&self) -> Vec<&'static str> {
            vec![self.one, self.few, self.many, self.other]
        }
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn no_text_is_empty_and_all_languages_fill_in_the_same_names() {
        let english = Locale::En.text().entries();
        for locale in Locale::ALL {
            for ((name, texts), (_, in_english)) in locale.text().entries().into_iter().zip(&english) {
                for text in texts {
                    assert!(!text.trim().is_empty(), "{name} is empty in {}", locale.code());
                    let expected = placeholders(in_english.last().unwrap_or(&""));
                    assert_eq!(placeholders(text), expected, "{name} in {}: {text}", locale.code());
                }
            }
        }
    }

    #[test]
    fn a_text_with_a_number_has_plural_forms() {
        for (name, texts) in Locale::En.text().entries() {
            let has_number = texts.iter().any(|text| placeholders(text).contains("n"));
            assert_eq!(texts.len() > 1, has_number, "{name}: a text is `Forms` if, and only if, it has {{n}}");
        }
    }
}
