//! Decides which operations are allowed on a client in each state. The app and the server share these rules, so the app
//! offers only operations that the server allows in the state that the app knows.

/// State of a row of the clients list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClientState {
    /// The client can sign in to the cloud.
    Active,
    /// The client cannot sign in to the cloud; its resources keep running.
    Blocked,
    /// The server did not return whether the client is blocked.
    Unknown,
    /// The invitation is pending, and the expiry date of its link has not passed or is not known.
    Invited,
    /// The invitation is pending and its link has expired.
    InvitationExpired,
    /// The server returned a client whose JSON has an unexpected shape.
    Unreadable,
}

impl ClientState {
    /// Derives the state from [`crate::Client::enabled`].
    pub const fn of_enabled(enabled: Option<bool>) -> Self {
        match enabled {
            Some(true) => Self::Active,
            Some(false) => Self::Blocked,
            None => Self::Unknown,
        }
    }

    /// Whether the row is an invitation instead of a client.
    pub const fn is_invitation(self) -> bool {
        matches!(self, Self::Invited | Self::InvitationExpired)
    }
}

/// Operation that a partner can perform on a client or an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Stop the client from signing in.
    Block,
    /// Let a blocked client sign in again.
    Unblock,
    /// Detach the client from the partner; the button is called *Delete*.
    Detach,
    /// Send the email of an invitation again. An expired invitation becomes valid for another 7 days.
    Resend,
    /// Revoke an invitation.
    Revoke,
}

/// Reason why an operation is not allowed in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Misfit {
    /// The client is blocked already.
    AlreadyBlocked,
    /// The client is not blocked.
    NotBlocked,
    /// The row is a pending invitation, not a client.
    NotYetClient,
    /// The row is a client, not an invitation.
    NotInvitation,
    /// The row's JSON has an unexpected shape, so the app cannot know the state.
    Unreadable,
}

/// Whether an operation is allowed for a client or an invitation in this state.
///
/// # Errors
/// Returns the reason why the operation is not allowed.
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
    fn operations_are_allowed_in_the_states_that_they_change() {
        use {ClientState as S, Operation as O};
        let states = |operation| {
            [S::Active, S::Blocked, S::Unknown, S::Invited, S::InvitationExpired, S::Unreadable]
                .into_iter()
                .filter(|state| allowed(operation, *state).is_ok())
                .collect::<Vec<_>>()
        };
        assert_eq!(states(O::Block), [S::Active, S::Unknown]);
        assert_eq!(states(O::Unblock), [S::Blocked, S::Unknown]);
        assert_eq!(states(O::Detach), [S::Active, S::Blocked, S::Unknown]);
        assert_eq!(states(O::Resend), [S::Invited, S::InvitationExpired]);
        assert_eq!(states(O::Revoke), [S::Invited, S::InvitationExpired]);
    }
}
