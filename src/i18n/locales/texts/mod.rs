//! The list of texts by subject. Notes for translators say what a text itself does not show, such as where it appears.

/// Declares a list of texts. A field has a note only if translators need one.
macro_rules! texts {
    ($(#[$about:meta])* $texts:ident { $($(#[$note:meta])* $name:ident: $kind:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug)]
        pub struct $texts {
            $($(#[$note])* pub $name: $kind,)*
        }

        #[cfg(test)]
        impl $texts {
            pub(in crate::i18n::locales) fn entries(&self) -> Vec<(&'static str, Vec<&'static str>)> {
                use crate::i18n::locales::tests::Variants;
                vec![$((stringify!($name), self.$name.variants())),*]
            }
        }
    };
}

mod add;
mod balance;
mod bulk;
mod client_dialogs;
mod clients;
mod common;
mod contact;
mod errors;
mod expenses;
mod forms;
mod invitation;
mod keyboard;
mod shell;
mod sign_in;

pub use self::{
    add::AddText, balance::BalanceText, bulk::BulkText, client_dialogs::ClientDialogsText, clients::ClientsText,
    common::CommonText, contact::ContactText, errors::ErrorsText, expenses::ExpensesText, forms::FormsText,
    invitation::InvitationText, keyboard::KeyboardText, shell::ShellText, sign_in::SignInText,
};
