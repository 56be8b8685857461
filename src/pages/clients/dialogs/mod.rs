//! The dialogs of the clients page.

pub mod add;
mod add_many;
pub mod confirm;
mod hand_over;
mod hidden;
mod identifier;
mod new_client;
