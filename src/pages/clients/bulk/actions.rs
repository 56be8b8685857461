//! A table of the operations on clients and invitations. The toolbar, the row menu and the confirmation take the label,
//! the icon and the texts of an operation from this table.

use partner_api::rules::Operation;

use crate::i18n::locales::{BulkText, Forms, Text, Words};

pub struct ClientAction {
    pub operation: Operation,
    pub icon: &'static str,
    /// Label of the toolbar button and of the confirm button in the dialog.
    pub verb: fn(Text) -> Words,
    /// Label in the row menu. `None` if the row menu uses `verb` followed by an ellipsis.
    pub menu: Option<fn(Text) -> Words>,
    /// Title of the confirmation dialog if all selected rows allow the operation.
    pub question: fn(&'static BulkText) -> &'static Forms,
    /// Title of the confirmation dialog if only some of the selected rows allow the operation.
    pub question_some: fn(&'static BulkText) -> &'static Forms,
    pub consequence: fn(&BulkText) -> Words,
    /// Text that says for how many rows the operation succeeded.
    pub done: fn(&'static BulkText) -> &'static Forms,
    /// Whether the operation permanently takes away a client or an invitation. Buttons of destructive operations are
    /// red.
    pub is_destructive: bool,
    pub undo: Option<Operation>,
}

/// All operations, in the order in which the toolbar and the row menu show them.
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
    /// Finds the table entry of an operation. A test checks that every operation has an entry.
    pub fn of(operation: Operation) -> &'static Self {
        ACTIONS.iter().find(|action| action.operation == operation).unwrap_or(&ACTIONS[0])
    }

    /// Label in the row menu. It ends with `…`, because the menu item opens a dialog.
    pub fn menu_label(&self, text: Text) -> String {
        self.menu.map_or_else(|| format!("{}…", (self.verb)(text)), |menu| menu(text).to_owned())
    }

    pub const fn is_for_invitations(&self) -> bool {
        matches!(self.operation, Operation::Resend | Operation::Revoke)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_an_action() {
        use Operation as O;
        for operation in [O::Block, O::Unblock, O::Detach, O::Resend, O::Revoke] {
            assert_eq!(ClientAction::of(operation).operation, operation);
        }
    }
}
