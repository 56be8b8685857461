use crate::i18n::locales::{Forms, Words};

texts! {
/// The list of clients with its toolbar and row menus.
ClientsText {
    /// Title of the page, and entry of the main menu.
    clients: Words,
    clients_count: Forms,
    /// `{n}` clients of `{total}`.
    clients_loading_rest: Forms,
    clients_partly_failed: Words,
    /// Entries of the list that this version of the app cannot read.
    clients_unreadable: Forms,
    refresh: Words,
    /// For screen readers.
    table_caption: Words,

    /// Label and placeholder.
    search: Words,
    /// For screen readers, after a search.
    found: Forms,
    /// Name of the group of filters.
    filter: Words,
    filter_all: Words,
    filter_active: Words,
    filter_blocked: Words,
    filter_invited: Words,
    /// The balance of the client lasts for 7 days at most.
    filter_runs_out: Words,
    clear_filters: Words,
    nothing_title: Words,
    nothing_lead: Words,
    /// The partner has no clients.
    empty_title: Words,
    empty_lead: Words,
    /// Opens a menu. `{by}` is the name of a column.
    sort_by: Words,
    ascending: Words,
    descending: Words,

    /// Opens *Add client*.
    add: Words,
    /// Toolbar, and button of the confirmation.
    block: Words,
    unblock: Words,
    delete: Words,
    resend: Words,
    revoke: Words,

    column_email: Words,
    column_name: Words,
    column_identifier: Words,
    column_phone: Words,
    column_balance: Words,
    /// Date.
    column_added: Words,
    column_state: Words,
    /// Column of the row menus, for screen readers.
    column_actions: Words,
    /// States of one client.
    state_active: Words,
    state_blocked: Words,
    state_unknown: Words,
    state_invited: Words,
    state_expired: Words,
    state_unreadable: Words,
    /// Under the email of an invited client. `{sent}` is the day of the latest email; `{n}` days remain.
    invited_until: Forms,
    /// `{date}`.
    invited_expired: Words,
    /// Under the email of a client whose invitation email waits to be sent.
    email_waiting: Words,
    email_failed: Words,
    /// Mark of a row that was added just now.
    mark_new: Words,
    /// Under a balance.
    of_which_bonus: Words,

    /// Checkbox in the table header.
    select_all: Words,
    /// `{client}` is an email address.
    select_one: Words,
    /// Name of the button that opens a row menu. `{client}` is an email address.
    actions_for: Words,
    selected_of: Forms,
    /// Search or filter hide some of the selected clients.
    selected_hidden: Forms,
    /// The hidden clients.
    show_selected: Words,
    drop_hidden: Words,
    clear_selection: Words,

    /// Entries of a row menu. An entry that opens a dialog ends with `…`.
    menu_balance: Words,
    menu_block: Words,
    menu_unblock: Words,
    menu_delete: Words,
    menu_copy_pid: Words,
    /// Opens a dialog to change the identifier.
    menu_identifier: Words,
    /// Opens a dialog that makes a link for an invitation.
    menu_link: Words,
    /// Why *Copy link* of the toolbar is disabled.
    link_of_one: Words,

    /// Why an action does not apply to `{n}` of the selected clients.
    misfit_already_blocked: Forms,
    misfit_not_blocked: Forms,
    misfit_not_yet_client: Forms,
    misfit_not_invitation: Forms,
    misfit_unreadable: Forms,
    /// Why an action is disabled.
    misfit_nothing: Words,
    /// Notice over the list, and why an action is disabled.
    refused_role: Words,
    /// Why an action is disabled: the API of this cloud does not have it.
    refused_not_offered: Words,
    /// Notice over the list, with such an API.
    only_published: Words,
}
}
