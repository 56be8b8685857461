//! Every text of the app, by language and subject. The app does not compile if a language lacks a text.
//!
//! `texts/` lists the texts of each subject. To add a language, add a folder with all these texts, and a line in
//! `languages!`. Names in braces are placeholders that the app fills in, so do not translate them. `{n}` is a number
//! that is already formatted, and every text with `{n}` has the type [`Forms`].
//!
//! `public/boot.js` and `public/embed.js`, which run without the WebAssembly, and the server, which writes emails and
//! exported files, have texts of their own. They use English for a language that they do not have.

mod texts;

pub use self::texts::*;

/// A text without plural forms.
pub type Words = &'static str;

/// A text with a number, in the plural categories of Unicode CLDR. If a language does not distinguish two categories,
/// it repeats the form.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// Form for 1 in English, and for 1, 21, 31 in Russian.
    pub one: &'static str,
    /// Form for 2, 3, 4, 22 in Russian.
    pub few: &'static str,
    /// Form for 5 to 20, 25 in Russian.
    pub many: &'static str,
    /// Form for fractions, and for numbers of no other category.
    pub other: &'static str,
}

/// Uses the same form for every number, because no word in the text depends on the number.
const fn same(text: &'static str) -> Forms {
    Forms { one: text, few: text, many: text, other: text }
}

/// The texts of a language. Each subject is a method, not a field, so that the texts that only a lazy chunk uses are
/// stored in that chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(Locale);

/// Lists the languages, one on each line: variant, folder, and the code used in addresses and in the attribute `lang`.
/// The language menu has the same order.
macro_rules! languages {
    ($($language:ident = $folder:ident: $code:literal;)*) => {
        $(mod $folder;)*

        /// A language of the app.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Locale {
            $($language,)*
        }

        impl Locale {
            /// All languages, in the order of the language menu.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$language),*];

            /// The code used in addresses and in the attribute `lang`.
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
