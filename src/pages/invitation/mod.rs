//! The page of the invitation link: who invites, the consequences of accepting, and the accept button. The page is
//! public.
//!
//! Opening the page does not accept the invitation, because mail scanners also open links.

mod offer;
mod outcome;
mod page;
mod stored;

use self::page::InvitationPage;
use crate::lazy_chunk;

lazy_chunk! {
    /// Draws `InvitationPage`. It is in the same lazy chunk as the contact page, because each additional chunk adds
    /// code to the initial download.
    lazy_page in contact: () => InvitationPage().into_any()
}
