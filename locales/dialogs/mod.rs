//! The list of texts of the dialogs about one row, with what a translator has to know of each.

pub(super) mod en;
pub(super) mod ru;

use super::Words;

texts! {
/// The texts of the dialogs about one row, in one language.
DialogsText {
    /// Title: another identifier for a client. `{client}` its email.
    identifier_title: Words,
    /// Button.
    save: Words,
    /// The same while it works.
    saving: Words,
    /// Message: the identifier was changed.
    identifier_saved: Words,
    /// Somebody else has changed it meanwhile. `{identifier}` that is there now.
    identifier_changed: Words,
    /// Somebody else has removed it meanwhile.
    identifier_removed: Words,

    /// Title: a link to an invitation. `{client}` its email.
    link_title: Words,
    /// What making the link means.
    link_lead: Words,
    /// Who gets the link can accept.
    link_warning: Words,
    /// Button: makes the link.
    link_create: Words,
    /// The same while it works.
    link_creating: Words,
    /// Field with the link.
    link_label: Words,
    /// Under the field. `{moment}` by Moscow's clock.
    link_until: Words,
    /// Button: copies the link.
    link_copy: Words,
    /// Message: the link was copied.
    link_copied: Words,
    /// Message: the browser does not let the page copy.
    link_not_copied: Words,
}
}
