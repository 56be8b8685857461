//! English texts of the dialogs about one row.

use super::DialogsText;

pub(in crate::locales) const TEXT: DialogsText = DialogsText {
    identifier_title: "Identifier of {client}",
    save: "Save",
    saving: "Saving…",
    identifier_saved: "Identifier saved",
    identifier_changed: "Somebody else has changed it to “{identifier}” meanwhile. Save again to replace that.",
    identifier_removed: "Somebody else has removed it meanwhile. Save again to set yours.",

    link_title: "Link for {client}",
    link_lead: "Hand it over yourself where the letter does not arrive. A new link is made: the links of the letters and earlier copies stop working.",
    link_warning: "Whoever has the link can accept the invitation. Give it to the client only.",
    link_create: "Make the link",
    link_creating: "Making the link…",
    link_label: "Link",
    link_until: "It works until {moment} (Moscow time), once, and is shown only here.",
    link_copy: "Copy",
    link_copied: "Link copied",
    link_not_copied: "The browser does not allow copying. Select the link and copy it.",
};
