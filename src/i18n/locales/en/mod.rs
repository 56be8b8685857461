//! English.

use super::Forms;

pub(super) mod add;
pub(super) mod balance;
pub(super) mod bulk;
pub(super) mod client_dialogs;
pub(super) mod clients;
pub(super) mod common;
pub(super) mod contact;
pub(super) mod errors;
pub(super) mod expenses;
pub(super) mod forms;
pub(super) mod invitation;
pub(super) mod keyboard;
pub(super) mod shell;
pub(super) mod sign_in;

/// English has two plural forms.
const fn forms(one: &'static str, other: &'static str) -> Forms {
    Forms { one, few: other, many: other, other }
}
