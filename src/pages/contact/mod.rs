//! The public page *Contact sales*, where a visitor asks to become a partner.

mod draft;
mod form;
mod known;
mod page;
mod problems;
mod sent;

use self::page::ContactPage;
use crate::lazy_chunk;

lazy_chunk! {
    /// Draws `ContactPage`, which is in a lazy chunk.
    lazy_page in contact: () => ContactPage().into_any()
}
