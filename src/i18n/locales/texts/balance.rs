use crate::i18n::locales::{Forms, Words};

texts! {
/// The balance page with *Detail*.
BalanceText {
    /// Name of the tabs, for screen readers.
    tabs: Words,
    tab_detail: Words,
    tab_expenses: Words,
    /// Shown if this cloud's API has no calls for movements and expenses.
    not_offered_title: Words,
    not_offered_lead: Words,
    moscow_time: Words,
    /// Tooltip of a time: the same time in the user's time zone.
    local_time: Words,
    /// Tooltip of *Moscow time*: the current time in the user's time zone.
    local_zone: Words,
    balance_title: Words,
    back_to_clients: Words,

    panel: Words,
    as_of: Words,
    refresh: Words,
    total: Words,
    balance_personal: Words,
    balance_bonus: Words,
    old_balance: Words,
    debt: Words,
    debt_lead: Words,
    zero: Words,
    idle: Words,
    daily: Words,
    daily_hint: Words,
    /// `{date}` is the last day that the balance covers.
    lasts: Forms,
    lasts_today: Words,
    lasts_long: Words,
    /// Follows a bonus that can pay for any service.
    bonus_any: Words,
    /// Follows a bonus that can pay only for the services in `{group}`.
    bonus_group: Words,
    bonus_until: Words,
    bonus_forever: Words,

    /// Name of the button that opens the choice of the period, for screen readers.
    period: Words,
    choose_period: Words,
    from: Words,
    to: Words,
    apply: Words,
    today: Words,
    yesterday: Words,
    days_7: Words,
    days_30: Words,
    this_month: Words,
    last_month: Words,
    this_quarter: Words,
    /// Length of the periods that movements are grouped by.
    granularity: Words,
    /// Precedes each of the next four texts, as in “by day”.
    by: Words,
    by_day: Words,
    by_week: Words,
    by_month: Words,
    by_year: Words,
    /// Heading above the next three texts.
    direction: Words,
    both: Words,
    debits: Words,
    deposits: Words,
    service: Words,
    all_services: Words,
    /// Group of movements that belong to no service, such as payments.
    no_service: Words,
    /// Heading above the next two texts.
    view: Words,
    view_grouped: Words,
    view_statement: Words,

    /// Shown if the address of the page contains a filter that is not valid. One of the problems below follows.
    bad_filter: Words,
    usual_filter: Words,
    problem_malformed_day: Words,
    problem_reversed: Words,
    problem_future: Words,
    problem_too_early: Words,
    /// `{n}` is the greatest number of days that a period can have.
    problem_too_long: Forms,
    /// `{n}` is the greatest number of days that can be shown by day.
    problem_too_fine: Forms,
    problem_granularity: Words,
    problem_direction: Words,
    problem_service: Words,

    /// Heading of the summary of the period, for screen readers.
    summary: Words,
    opening: Words,
    closing: Words,
    /// Shown beside a check mark if the figures of the summary agree.
    adds_up: Words,
    adds_not: Words,
    /// `{n}` movements; `{debits}` and `{deposits}` are amounts.
    hidden: Forms,
    movements: Forms,
    /// Follows the number of movements and a comma: how many of their amounts are rounded.
    rounded: Forms,
    rounded_hint: Words,
    counted_as: Words,

    /// Name of the table of grouped movements, for screen readers.
    grouped_caption: Words,
    column_group: Words,
    /// Name of the last row of a table, which has the sums.
    sum_total: Words,
    show_more: Forms,
    shown_of: Forms,
    nothing: Words,
    nothing_filtered: Words,
    nothing_wider: Words,
    show_all: Words,
    show_wider: Words,

    /// Name of the table of single movements, for screen readers.
    statement_caption: Words,
    column_time: Words,
    column_what: Words,
    column_account: Words,
    column_amount: Words,
    column_balance: Words,
    account_personal: Words,
    account_bonus: Words,
    /// The next texts are the kinds of movements.
    kind_usage: Words,
    kind_subscription: Words,
    kind_payment: Words,
    kind_bonus: Words,
    kind_refund: Words,
    kind_expiry: Words,
    kind_other: Words,
    loaded_of: Forms,
    rest_failed: Words,
    /// `{period}` is the period of the old figures that are still shown.
    old_figures: Words,

    /// Button that opens the filters in a dialog on a phone, and the title of that dialog.
    filters: Words,
    filters_done: Words,
    download: Words,
    download_csv: Words,
    download_xlsx: Words,
    print: Words,
    downloading: Words,
    downloaded: Words,
    download_failed: Words,

    /// The next texts label the client, the period and the filters at the top of a printed page.
    print_client: Words,
    print_period: Words,
    print_filters: Words,
    /// Precedes the time at which the page was printed.
    print_made: Words,
}
}
