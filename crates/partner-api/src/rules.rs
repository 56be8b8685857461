//! What may be done to a client in which state, and why not. Both sides run these rules.

/// State of a row of the clients list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClientState {
    /// May sign in.
    Active,
    /// May not sign in; its resources keep working.
    Blocked,
    /// The API did not say whether it is blocked.
    Unknown,
    /// Invited, not confirmed yet.
    Invited,
    /// Invited, and the letter's link has run out.
    InvitationExpired,
    /// The account cannot read what the API sent.
    Unreadable,
}

impl ClientState {
    /// State of a client, by its `enabled` field.
    pub const fn of_enabled(enabled: Option<bool>) -> Self {
        match enabled {
            Some(true) => Self::Active,
            Some(false) => Self::Blocked,
            None => Self::Unknown,
        }
    }

    /// Whether the row is an invitation and not yet a client.
    pub const fn is_invitation(self) -> bool {
        matches!(self, Self::Invited | Self::InvitationExpired)
    }
}

/// What a partner does to clients and invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Forbid signing in.
    Block,
    /// Allow signing in.
    Unblock,
    /// Detach from the partner (the button says *Delete*).
    Detach,
    /// Send the letter again, with a new term where it has run out.
    Resend,
    /// Take the invitation back.
    Revoke,
}

/// Why an operation does not fit a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Misfit {
    /// Blocked before.
    AlreadyBlocked,
    /// Not blocked.
    NotBlocked,
    /// Not a client yet: the invitation is pending.
    NotYetClient,
    /// A client, not an invitation.
    NotInvitation,
    /// Nobody knows what it is.
    Unreadable,
}

/// Whether the operation fits the state.
///
/// # Errors
/// The reason why not.
pub const fn allowed(operation: Operation, state: ClientState) -> Result<(), Misfit> {
    use {ClientState as S, Operation as O};
    match (operation, state) {
        (_, S::Unreadable) => Err(Misfit::Unreadable),
        (O::Block, S::Blocked) => Err(Misfit::AlreadyBlocked),
        (O::Unblock, S::Active) => Err(Misfit::NotBlocked),
        (O::Block | O::Unblock | O::Detach, S::Invited | S::InvitationExpired) => Err(Misfit::NotYetClient),
        (O::Resend | O::Revoke, S::Active | S::Blocked | S::Unknown) => Err(Misfit::NotInvitation),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_fit_the_states_they_change() {
        use {ClientState as S, Operation as O};
        let fits = |operation| {
            [S::Active, S::Blocked, S::Unknown, S::Invited, S::InvitationExpired, S::Unreadable]
                .into_iter()
                .filter(|state| allowed(operation, *state).is_ok())
                .collect::<Vec<_>>()
        };
        assert_eq!(fits(O::Block), [S::Active, S::Unknown]);
        assert_eq!(fits(O::Unblock), [S::Blocked, S::Unknown]);
        assert_eq!(fits(O::Detach), [S::Active, S::Blocked, S::Unknown]);
        assert_eq!(fits(O::Resend), [S::Invited, S::InvitationExpired]);
        assert_eq!(fits(O::Revoke), [S::Invited, S::InvitationExpired]);
    }
}
