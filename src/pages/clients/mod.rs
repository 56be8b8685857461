//! The clients page. `page` draws the page, `state` has the data, and `store` searches, sorts and filters the
//! rows.

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
