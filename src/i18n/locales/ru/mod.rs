//! Russian.

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

/// Russian has three plural forms: one (1, 21), few (2, 3, 4, 22) and many (5 to 20, 25). Fractions use the form `few`.
const fn forms(one: &'static str, few: &'static str, many: &'static str) -> Forms {
    Forms { one, few, many, other: few }
}
