//! English texts of what opens over the clients list.

use super::DialogsText;
use crate::locales::en::forms;

pub(in crate::locales) const TEXT: DialogsText = DialogsText {
    working: "{n} of {total} done…",
    retry_failed: "Retry failed",
    not_done: forms("{n} was not done", "{n} were not done"),
    were_already: forms("{n} was so before", "{n} were so before"),
    outcome_not_found: "No longer among your clients",
    outcome_conflict: "Another operation is under way",
    outcome_failed: "The server could not do it",
    outcome_stopped: "Not tried: the run was stopped",
    undo: "Undo",
    undone: "Undone",
    add_title: "Add client",
    add_submit: "Add",
    adding: "Adding…",
    identifier_hint: "Your own number for the client, for example from your CRM.",
    email_hint: "An invitation letter goes to this address.",
    already_client: "This address belongs to one of your clients",
    already_invited: "This address is invited already. You can resend the invitation from the list",
    invited: "The invitation letter is on its way to {email}",

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
