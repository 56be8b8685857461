//! The list of texts, with what a translator has to know of each.

use super::{Forms, Words};

texts! {
/// Every text of the account but those of the balance page, in one language.
Text {
    /// Name of the product, in the header and in every page's title.
    product: Words,
    /// This language, in itself.
    language: Words,
    /// Link at the start of the page for keyboard users.
    skip_to_content: Words,
    /// Header: link to the documentation.
    help: Words,
    /// Header: opens the menu of languages and themes.
    settings: Words,
    /// Header: heading of the languages.
    languages: Words,
    /// Header: heading of the themes.
    theme: Words,
    /// A theme: as the system.
    theme_system: Words,
    /// A theme.
    theme_light: Words,
    /// A theme.
    theme_dark: Words,
    /// Header: opens the partner's menu. `{email}` of the user.
    account_menu: Words,
    /// Ends the session.
    sign_out: Words,
    /// Toast: the session could not be ended.
    sign_out_failed: Words,

    /// Field.
    email: Words,
    /// Button of the sign-in page.
    sign_in: Words,
    /// Dialog over the page when the session has run out: title.
    expired_title: Words,
    /// Dialog over the page when the session has run out: nothing is lost.
    expired_lead: Words,

    /// Unknown page: title.
    not_found_title: Words,
    /// Unknown page: text.
    not_found_lead: Words,
    /// Link to the clients.
    to_clients: Words,

    /// While something loads, for screen readers.
    loading: Words,
    /// Loading takes longer than usual.
    loading_slow: Words,
    /// Loading failed: title.
    failed_title: Words,
    /// Repeats a failed call.
    retry: Words,
    /// Names the request for support. `{id}`.
    reference: Words,
    /// Closes a dialog or message.
    close: Words,

    /// Error: no connection.
    error_network: Words,
    /// Error: no reply in time.
    error_timeout: Words,
    /// Error: not allowed.
    error_forbidden: Words,
    /// Error: no such thing.
    error_not_found: Words,
    /// Error: something else changed it meanwhile.
    error_conflict: Words,
    /// Error: the server refused what was sent.
    error_invalid: Words,
    /// Error: too many requests. `{n}` seconds to wait.
    error_too_many: Forms,
    /// Error: the server could not. `{status}`.
    error_server: Words,
    /// Error: nothing can be stored just now, as on a full disk. At sign-in as well.
    error_not_writable: Words,
    /// Error: a reply that is not the server's.
    error_unreadable: Words,
    /// Part of the account itself could not be downloaded.
    error_part: Words,
    /// The reply to a change was lost, and the account is finding out whether it was made.
    unsure: Words,
    /// Toast: there is a newer version of the account than the one in this tab.
    newer: Words,
    /// Button of that toast: loads the page again.
    newer_load: Words,
    /// Whether the change was made is not known.
    error_unknown_outcome: Words,

    /// Clients page: title, and the menu's entry.
    clients: Words,
    /// How many there are. `{n}`.
    clients_count: Forms,
    /// While the rest of the list arrives. `{n}` loaded, `{total}`.
    clients_loading_rest: Forms,
    /// Some of the list could not be loaded.
    clients_partly_failed: Words,
    /// Entries that cannot be read. `{n}`.
    clients_unreadable: Forms,
    /// Search field: label and placeholder.
    search: Words,
    /// Group of quick filters.
    filter: Words,
    /// Quick filter.
    filter_all: Words,
    /// Quick filter.
    filter_active: Words,
    /// Quick filter.
    filter_blocked: Words,
    /// Quick filter.
    filter_invited: Words,
    /// Quick filter: the balance lasts a week at most.
    filter_runs_out: Words,
    /// Toolbar button that opens *Add client*.
    add: Words,
    /// Toolbar button.
    block: Words,
    /// Toolbar button.
    unblock: Words,
    /// Toolbar button.
    delete: Words,
    /// Toolbar and row menu.
    resend: Words,
    /// Toolbar and row menu.
    revoke: Words,
    /// Loads the list again.
    refresh: Words,
    /// Toolbar: opens the menu of sort orders. `{by}` the current one.
    sort_by: Words,
    /// Sort order: first to last.
    ascending: Words,
    /// Sort order: last to first.
    descending: Words,
    /// Table caption for screen readers.
    table_caption: Words,
    /// Column.
    column_email: Words,
    /// Column.
    column_name: Words,
    /// Column.
    column_identifier: Words,
    /// Column.
    column_phone: Words,
    /// Column.
    column_balance: Words,
    /// Column.
    column_added: Words,
    /// Column.
    column_state: Words,
    /// Column of the row menus, for screen readers.
    column_actions: Words,
    /// State of a client.
    state_active: Words,
    /// State of a client.
    state_blocked: Words,
    /// State of a client.
    state_unknown: Words,
    /// State of an invitation.
    state_invited: Words,
    /// State of an invitation.
    state_expired: Words,
    /// A row that cannot be read.
    state_unreadable: Words,
    /// Under an invited one's email. Day of the newest letter `{sent}`, and `{n}` days until its link expires.
    invited_until: Forms,
    /// Under an expired one's email. `{date}`.
    invited_expired: Words,
    /// Under the email of an invitation whose letter has not left yet.
    letter_waiting: Words,
    /// Under the email of an invitation whose letter cannot be delivered.
    letter_failed: Words,
    /// Mark of a row that was just added.
    mark_new: Words,
    /// Of a balance. `{amount}`.
    of_which_bonus: Words,
    /// Header checkbox.
    select_all: Words,
    /// Row checkbox. `{client}`.
    select_one: Words,
    /// Row menu button. `{client}`.
    actions_for: Words,
    /// Selection. `{n}` of `{total}`.
    selected_of: Forms,
    /// Selected ones that the view does not show. `{n}`.
    selected_hidden: Forms,
    /// Shows only the selected ones.
    show_selected: Words,
    /// Takes the hidden ones out of the selection.
    drop_hidden: Words,
    /// Empties the selection.
    clear_selection: Words,
    /// No clients at all: title.
    empty_title: Words,
    /// No clients at all: what to do.
    empty_lead: Words,
    /// Nothing matches: title.
    nothing_title: Words,
    /// Nothing matches: what to do.
    nothing_lead: Words,
    /// Takes search and filter away.
    clear_filters: Words,
    /// Live region after a search. `{n}`.
    found: Forms,

    /// Row menu.
    menu_balance: Words,
    /// Row menu.
    menu_block: Words,
    /// Row menu.
    menu_unblock: Words,
    /// Row menu.
    menu_delete: Words,
    /// Row menu: not a dialog.
    menu_copy_pid: Words,
    /// Menu: changes the identifier of a client.
    menu_identifier: Words,
    /// Menu: makes a link to an invitation.
    menu_link: Words,
    /// Why *Copy link* of the toolbar is off.
    link_of_one: Words,
    /// Toast after copying.
    copied: Words,
    /// Message: the browser does not let the page copy.
    not_copied: Words,

    /// Why an operation does not fit. `{n}` clients.
    misfit_already_blocked: Forms,
    /// Why an operation does not fit. `{n}` clients.
    misfit_not_blocked: Forms,
    /// Why an operation does not fit. `{n}` invitations.
    misfit_not_yet_client: Forms,
    /// Why an operation does not fit. `{n}` clients.
    misfit_not_invitation: Forms,
    /// Why an operation does not fit. `{n}` rows.
    misfit_unreadable: Forms,
    /// Why a toolbar button is off: nothing is selected.
    misfit_nothing: Words,
    /// Why something is off: the person's role lets it look only. Also a notice over the list.
    refused_role: Words,
    /// Why something is off: the API of this cloud has no call for it.
    refused_not_offered: Words,
    /// Notice over the list, with such an API: what cannot be done here.
    only_published: Words,


    /// Field.
    name: Words,
    /// Field.
    phone: Words,
    /// Field.
    identifier: Words,
    /// Example of a phone number.
    phone_example: Words,
    /// Beside a field that may stay empty.
    optional: Words,
    /// Summary above the form. `{n}`.
    problems: Forms,
    /// Field problem: email missing.
    email_required: Words,
    /// Field problem: email malformed.
    email_malformed: Words,
    /// Field problem: phone malformed.
    phone_malformed: Words,
    /// Field problem. `{n}` characters.
    too_long: Forms,
    /// Field problem.
    control_character: Words,
    /// Field problem that this version does not know.
    problem_other: Words,

    /// Hint of a likely typo. `{suggestion}`.
    did_you_mean: Words,
}
}
