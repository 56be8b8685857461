use crate::i18n::locales::{Forms, Words};

texts! {
/// The list of clients with its toolbar and row menus.
ClientsText {
    /// Title of the clients page.
    clients: Words,
    clients_count: Forms,
    /// Notice above the list while it is loading: `{n}` of `{total}` clients have been loaded.
    clients_loading_rest: Forms,
    clients_partly_failed: Words,
    /// Notice above the list: the number of entries that this version of the app cannot read.
    clients_unreadable: Forms,
    refresh: Words,
    /// Name of the table, for screen readers.
    table_caption: Words,

    /// Label of the search field, and its placeholder.
    search: Words,
    /// The number of search results, for screen readers.
    found: Forms,
    /// Name of the group of filters, for screen readers.
    filter: Words,
    filter_all: Words,
    filter_active: Words,
    filter_blocked: Words,
    filter_invited: Words,
    /// Filter for clients whose balance lasts for at most 7 days.
    filter_runs_out: Words,
    clear_filters: Words,
    nothing_title: Words,
    nothing_lead: Words,
    /// Title of the message that replaces the list if the partner has no clients.
    empty_title: Words,
    empty_lead: Words,
    /// Button that opens a menu of columns to sort by. `{by}` is the name of the current column.
    sort_by: Words,
    ascending: Words,
    descending: Words,

    /// Button that opens *Add client*.
    add: Words,
    /// The next five texts are buttons of the toolbar, and also confirm the action in its dialog.
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
    /// Name of the column with the date on which the client was added.
    column_added: Words,
    column_state: Words,
    /// Name of the column with the row menus, and of the toolbar, for screen readers.
    column_actions: Words,
    /// The next six texts are the states of one client.
    state_active: Words,
    state_blocked: Words,
    state_unknown: Words,
    state_invited: Words,
    state_expired: Words,
    state_unreadable: Words,
    /// Under the email of an invited client. `{sent}` is the day of the latest email, and `{n}` the number of days
    /// until the invitation expires.
    invited_until: Forms,
    /// Under the email of a client whose invitation expired on `{date}`.
    invited_expired: Words,
    /// Under the email of an invited client while the invitation email has not been delivered yet.
    email_waiting: Words,
    email_failed: Words,
    /// Mark of an invitation that was created in this browser tab since the page was loaded.
    mark_new: Words,
    /// Tooltip of a balance. `{amount}` is the part of the balance that consists of bonuses.
    of_which_bonus: Words,

    /// Name of the checkbox in the toolbar that selects all clients that match the search and the filter.
    select_all: Words,
    /// Name of the checkbox that selects one client. `{client}` is the email address of the client.
    select_one: Words,
    /// Name of the button that opens a row menu, and of the menu. `{client}` is the email address of the client.
    actions_for: Words,
    selected_of: Forms,
    /// The number of selected clients that the search or the filter hides.
    selected_hidden: Forms,
    /// Button that lists the selected clients that the search or the filter hides.
    show_selected: Words,
    drop_hidden: Words,
    clear_selection: Words,

    /// The next seven texts are entries of a row menu. An entry that opens a dialog ends with `…`.
    menu_balance: Words,
    menu_block: Words,
    menu_unblock: Words,
    menu_delete: Words,
    menu_copy_pid: Words,
    /// Entry that opens a dialog to change the client's identifier.
    menu_identifier: Words,
    /// Entry that opens a dialog to create a link for an invitation.
    menu_link: Words,
    /// Reason why *Copy link* in the toolbar is disabled if more than one client is selected.
    link_of_one: Words,

    /// Reasons why an action does not apply to `{n}` of the selected clients.
    misfit_already_blocked: Forms,
    misfit_not_blocked: Forms,
    misfit_not_yet_client: Forms,
    misfit_not_invitation: Forms,
    misfit_unreadable: Forms,
    /// Reason why an action is disabled while no client is selected.
    misfit_nothing: Words,
    /// Notice above the list for a user who may not change anything. Also the reason why actions are disabled.
    refused_role: Words,
    /// Reason why an action is disabled: this cloud's API has no call for the action.
    refused_not_offered: Words,
    /// Notice above the list, shown if this cloud's API cannot add, block, unblock or delete clients.
    only_published: Words,
}
}
