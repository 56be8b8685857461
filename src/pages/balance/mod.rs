//! The balance page of a client: its balance, its movements and its expenses, in Moscow time. The address holds the
//! tab, the period and the filters.

mod address;
mod detail;
mod expenses;
mod files;
mod filters;
mod outlook;
mod page;
mod panel;
mod periods;
mod print;
mod published;
mod query;
mod state;
mod statement;

use self::page::BalancePage;
use crate::lazy_chunk;

lazy_chunk! {
    /// Draws `BalancePage`, which is in a lazy chunk.
    lazy_page in balance: (pid: String) => view! { <BalancePage pid /> }.into_any()
}
