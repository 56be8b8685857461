//! The clients page: start at [`page`] for the view, [`state`] for the data, [`store`] for search, sorting and filters.

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
