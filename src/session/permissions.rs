//! Decides what a user may do, from the user's role and the calls that the API has. [`partner_api::rules`] decides
//! whether an operation fits the state of a client.

use partner_api::{auth::Role, rules::Operation};

use crate::i18n::I18n;

/// An action that needs permission, because it changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Invite clients.
    Invite,
    /// Run an operation on clients or invitations.
    Operation(Operation),
    /// Change the identifier of a client.
    Identifier,
    /// Create a link for an invitation, to send by other means than email.
    Link,
}

/// Why a permission is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The role of the user is read-only.
    Role,
    /// The API has no call for the action.
    NotOffered,
}

impl Refusal {
    pub const fn text(self, i18n: I18n) -> &'static str {
        match self {
            Self::Role => i18n.text.clients().refused_role,
            Self::NotOffered => i18n.text.clients().refused_not_offered,
        }
    }
}

/// Returns why a permission is missing, or `None` if it is granted. `only_published` means that the API has only the
/// calls of the published description.
pub const fn refusal(role: Role, only_published: bool, permission: Permission) -> Option<Refusal> {
    let is_published =
        matches!(permission, Permission::Identifier | Permission::Operation(Operation::Resend | Operation::Revoke));
    match role {
        Role::Viewer => Some(Refusal::Role),
        Role::Owner if only_published && !is_published => Some(Refusal::NotOffered),
        Role::Owner => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERMISSIONS: [Permission; 8] = [
        Permission::Invite,
        Permission::Identifier,
        Permission::Link,
        Permission::Operation(Operation::Block),
        Permission::Operation(Operation::Unblock),
        Permission::Operation(Operation::Detach),
        Permission::Operation(Operation::Resend),
        Permission::Operation(Operation::Revoke),
    ];

    #[test]
    fn an_owner_has_every_permission_that_the_api_offers() {
        assert!(PERMISSIONS.iter().all(|it| refusal(Role::Owner, false, *it).is_none()));
        let offered = PERMISSIONS.map(|it| refusal(Role::Owner, true, it).is_none());
        assert_eq!(offered, [false, true, false, false, false, false, true, true]);
    }

    #[test]
    fn a_viewer_has_no_permission_because_of_the_role() {
        for only_published in [false, true] {
            assert!(PERMISSIONS.iter().all(|it| refusal(Role::Viewer, only_published, *it) == Some(Refusal::Role)));
        }
    }
}
