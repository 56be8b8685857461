use crate::i18n::locales::ClientDialogsText;

pub const TEXT: ClientDialogsText = ClientDialogsText {
    identifier_title: "Identifier of {client}",
    save: "Save",
    saving: "Saving…",
    identifier_saved: "Identifier saved",
    identifier_changed: "Someone else has changed the identifier to “{identifier}”. Save again to replace it.",
    identifier_removed: "Someone else has removed the identifier. Save again to set yours.",

    link_title: "Link for {client}",
    link_lead: "Give the client this link yourself if the invitation letter does not arrive. It is a new link: links in letters and links copied earlier stop working.",
    link_warning: "Anyone who has the link can accept the invitation. Give it to the client only.",
    link_create: "Create the link",
    link_creating: "Creating the link…",
    link_label: "Link",
    link_until: "The link works once, until {moment} (Moscow time). It is shown only here.",
    link_copy: "Copy",
    link_copied: "Link copied",
    link_not_copied: "The browser did not allow copying. Select the link and copy it.",
    hidden_title: "Selected, but not shown",
};
