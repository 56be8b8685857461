//! The page of the invitation link: who invites, the consequences of accepting, and the button that accepts.
//!
//! Opening the page accepts nothing, because mail scanners open links, too. The page is public.

mod offer;
mod outcome;
mod page;
mod stored;

use self::page::InvitationPage;
use crate::lazy_chunk;

lazy_chunk! {
    /// [`InvitationPage`]. It shares a chunk with the other public page, because each chunk makes the first page larger.
    lazy_page in contact: () => InvitationPage().into_any()
}
