//! The dialogs of the clients page. To add a dialog, add a variant to [`Dialog`] and a match arm in this file.

pub mod add;
mod add_many;
mod confirm;
mod hand_over;
mod hidden;
mod identifier;
mod new_client;

use self::{
    add::AddClient,
    add_many::AddMany,
    confirm::{ConfirmOperation, ConfirmRun},
    hand_over::HandOver,
    hidden::HiddenRows,
    identifier::EditIdentifier,
};
use super::{
    keyboard::{Keyboard, map::KeyMap, palette::Palette},
    poll::InvitationPoller,
    state::Dialog,
};
use crate::lazy_chunk;

lazy_chunk! {
    /// Draws the open dialog.
    lazy_dialog in dialogs: (dialog: Dialog) => match dialog {
        Dialog::Add => view! { <AddClient /> }.into_any(),
        Dialog::AddMany => view! { <AddMany /> }.into_any(),
        Dialog::Confirm(operation, keys) => view! { <ConfirmOperation operation keys /> }.into_any(),
        Dialog::Run(run) => view! { <ConfirmRun run /> }.into_any(),
        Dialog::Identifier(key) => view! { <EditIdentifier key /> }.into_any(),
        Dialog::InvitationLink(key) => view! { <HandOver key /> }.into_any(),
        Dialog::HiddenRows => view! { <HiddenRows /> }.into_any(),
        Dialog::KeyMap => view! { <KeyMap /> }.into_any(),
        Dialog::Palette => view! { <Palette /> }.into_any(),
    }
}

lazy_chunk! {
    /// Starts keyboard navigation and the invitation poller. Both are in the lazy chunk of the dialogs, because the
    /// first screen works without them.
    lazy_background in dialogs: () => view! { <Keyboard /> <InvitationPoller /> }.into_any()
}
