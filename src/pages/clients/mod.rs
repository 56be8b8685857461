//! The clients page. [`page`] is its view, [`state`] its data, and [`store`] searches, sorts and filters the rows.

mod bulk;
mod dialogs;
mod keyboard;
mod list;
mod page;
mod poll;
mod query;
mod state;
pub mod store;
mod toolbar;

pub use self::{page::ClientsPage, state::ClientsState};
