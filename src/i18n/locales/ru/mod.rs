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

/// One (1, 21), few (2, 3, 4, 22), many (5 to 20, 25). A fraction takes the form of few.
const fn forms(one: &'static str, few: &'static str, many: &'static str) -> Forms {
    Forms { one, few, many, other: few }
}
