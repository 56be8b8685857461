//! What can be done to clients, as one table of values: toolbar, row menu, confirmation and run all read it.

use partner_api::rules::Operation;

use crate::i18n::locales::{BulkText, Forms, Text, Words};

/// One operation, with everything that the page says about it.
pub struct ClientAction {
    /// What is done.
    pub operation: Operation,
    /// Icon.
    pub icon: &'static str,
    /// Words in the toolbar, and the verb of the confirmation's button.
    pub verb: fn(Text) -> Words,
    /// Words in the row menu, where they differ from the verb.
    pub menu: Option<fn(Text) -> Words>,
    /// Title of the confirmation, when all the selected fit.
    pub question: fn(&'static BulkText) -> &'static Forms,
    /// Title of the confirmation, when some do not.
    pub question_some: fn(&'static BulkText) -> &'static Forms,
    /// What it means.
    pub consequence: fn(&BulkText) -> Words,
    /// What was done.
    pub done: fn(&'static BulkText) -> &'static Forms,
    /// Takes something away.
    pub is_destructive: bool,
    /// Takes it back.
    pub undo: Option<Operation>,
}

/// All, in the order of toolbar and menu.
pub const ACTIONS: [ClientAction; 5] = [
    ClientAction {
        operation: Operation::Block,
        icon: "lock",
        verb: |text| text.clients().block,
        menu: Some(|text| text.clients().menu_block),
        question: |text| &text.block_question,
        question_some: |text| &text.block_question_some,
        consequence: |text| text.block_consequence,
        done: |text| &text.blocked,
        is_destructive: false,
        undo: Some(Operation::Unblock),
    },
    ClientAction {
        operation: Operation::Unblock,
        icon: "lock-open",
        verb: |text| text.clients().unblock,
        menu: Some(|text| text.clients().menu_unblock),
        question: |text| &text.unblock_question,
        question_some: |text| &text.unblock_question_some,
        consequence: |text| text.unblock_consequence,
        done: |text| &text.unblocked,
        is_destructive: false,
        undo: Some(Operation::Block),
    },
    ClientAction {
        operation: Operation::Resend,
        icon: "send",
        verb: |text| text.clients().resend,
        menu: None,
        question: |text| &text.resend_question,
        question_some: |text| &text.resend_question_some,
        consequence: |text| text.resend_consequence,
        done: |text| &text.resent,
        is_destructive: false,
        undo: None,
    },
    ClientAction {
        operation: Operation::Revoke,
        icon: "mail-x",
        verb: |text| text.clients().revoke,
        menu: None,
        question: |text| &text.revoke_question,
        question_some: |text| &text.revoke_question_some,
        consequence: |text| text.revoke_consequence,
        done: |text| &text.revoked,
        is_destructive: true,
        undo: None,
    },
    ClientAction {
        operation: Operation::Detach,
        icon: "trash-2",
        verb: |text| text.clients().delete,
        menu: Some(|text| text.clients().menu_delete),
        question: |text| &text.delete_question,
        question_some: |text| &text.delete_question_some,
        consequence: |text| text.delete_consequence,
        done: |text| &text.deleted,
        is_destructive: true,
        undo: None,
    },
];

impl ClientAction {
    /// The action of an operation.
    pub fn of(operation: Operation) -> &'static Self {
        // Every operation is in the table: a test holds that.
        ACTIONS.iter().find(|action| action.operation == operation).unwrap_or(&ACTIONS[0])
    }

    /// Words in the row menu; they end with `…`, as a dialog follows.
    pub fn menu_label(&self, text: Text) -> String {
        self.menu.map_or_else(|| format!("{}…", (self.verb)(text)), |menu| menu(text).to_owned())
    }

    /// Whether it is for invitations, not for clients.
    pub const fn is_for_invitations(&self) -> bool {
        matches!(self.operation, Operation::Resend | Operation::Revoke)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_its_action() {
        use Operation as O;
        for operation in [O::Block, O::Unblock, O::Detach, O::Resend, O::Revoke] {
            assert_eq!(ClientAction::of(operation).operation, operation);
        }
    }
}
