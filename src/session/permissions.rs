//! What may be done here at all, as far as the person's role and the API let it, and why not. Whether it fits a client's
//! state is another question ([`partner_api::rules`]).

use partner_api::{auth::Role, rules::Operation};

/// Something that is not possible for everybody or with every API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Invite clients, one or many.
    Invite,
    /// Do something to clients or invitations.
    Operation(Operation),
    /// Change an identifier.
    Identifier,
    /// Make the link of an invitation, to hand it over.
    Link,
}

/// Why it is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The role lets the person look only.
    Role,
    /// The API has no call for it.
    NotOffered,
}

/// Why a wish cannot be granted, if it cannot. `only_published`: the API has the published calls and no others.
pub const fn refusal(role: Role, only_published: bool, wish: Wish) -> Option<Refusal> {
    // Published: the identifier, and sending, renewing and revoking invitations.
    let is_published = matches!(wish, Wish::Identifier | Wish::Operation(Operation::Resend | Operation::Revoke));
    match role {
        Role::Viewer => Some(Refusal::Role),
        Role::Owner if only_published && !is_published => Some(Refusal::NotOffered),
        Role::Owner => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WISHES: [Wish; 8] = [
        Wish::Invite,
        Wish::Identifier,
        Wish::Link,
        Wish::Operation(Operation::Block),
        Wish::Operation(Operation::Unblock),
        Wish::Operation(Operation::Detach),
        Wish::Operation(Operation::Resend),
        Wish::Operation(Operation::Revoke),
    ];

    #[test]
    fn an_owner_may_do_whatever_the_api_offers() {
        assert!(WISHES.iter().all(|wish| refusal(Role::Owner, false, *wish).is_none()));
        let offered = WISHES.map(|wish| refusal(Role::Owner, true, wish).is_none());
        assert_eq!(offered, [false, true, false, false, false, false, true, true]);
    }

    #[test]
    fn a_viewer_may_change_nothing_and_hears_that_first() {
        for only_published in [false, true] {
            assert!(WISHES.iter().all(|wish| refusal(Role::Viewer, only_published, *wish) == Some(Refusal::Role)));
        }
    }
}
