use crate::i18n::locales::{Forms, Words};

texts! {
/// Texts of the balance page, except the report *Expenses on services*.
BalanceText {
    /// Name of the group of tabs, for screen readers.
    tabs: Words,
    tab_detail: Words,
    tab_expenses: Words,
    /// Title of the message that replaces the reports if this cloud's API has no calls for movements and expenses.
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
    /// Says in the panel how long the balance lasts: `{n}` days, until `{date}`.
    lasts: Forms,
    lasts_today: Words,
    lasts_long: Words,
    /// Says in the panel that a bonus can pay for any service.
    bonus_any: Words,
    /// Says in the panel that a bonus can pay only for the services in `{group}`.
    bonus_group: Words,
    bonus_until: Words,
    bonus_forever: Words,

    /// Name of the button that opens the choice of the period, for screen readers. `{period}` is the current period.
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
    /// Name of the choice between days, weeks, months and years, for screen readers and in the list of problems.
    granularity: Words,
    /// Precedes each of the next four texts, as in “by day”.
    by: Words,
    by_day: Words,
    by_week: Words,
    by_month: Words,
    by_year: Words,
    /// Name of the choice between the next three texts, for screen readers and in the list of problems.
    direction: Words,
    both: Words,
    debits: Words,
    deposits: Words,
    service: Words,
    all_services: Words,
    /// Group of movements that belong to no service, such as payments.
    no_service: Words,
    /// Name of the choice between the next two texts, for screen readers.
    view: Words,
    view_grouped: Words,
    view_statement: Words,

    /// Precedes the list of problems if the address of the page contains an invalid filter. Also the reason why a
    /// download is disabled.
    bad_filter: Words,
    usual_filter: Words,
    problem_malformed_day: Words,
    problem_reversed: Words,
    problem_future: Words,
    problem_too_early: Words,
    /// Problem of a period that has more than `{n}` days.
    problem_too_long: Forms,
    /// Problem of a period that has more than `{n}` days and is split into days.
    problem_too_fine: Forms,
    problem_granularity: Words,
    problem_direction: Words,
    problem_service: Words,

    /// Name of the summary of the period, for screen readers.
    summary: Words,
    opening: Words,
    closing: Words,
    /// Shown beside a check mark if the figures of the summary agree.
    adds_up: Words,
    adds_not: Words,
    /// Says below the summary how many movements the filters hide. `{debits}` and `{deposits}` are the sums of these
    /// movements.
    hidden: Forms,
    movements: Forms,
    /// Follows the number of movements and a comma: how many of their amounts are rounded.
    rounded: Forms,
    rounded_hint: Words,
    counted_as: Words,

    /// Name of the table of grouped movements, for screen readers.
    grouped_caption: Words,
    column_group: Words,
    /// Name of the last row in the table of grouped movements. This row has the sums.
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
    /// Precedes an error if old figures are still shown because loading new ones failed. `{period}` is the period of
    /// the old figures.
    old_figures: Words,

    /// Button that opens the filters in a sheet on a phone, and the name of that sheet.
    filters: Words,
    filters_done: Words,
    download: Words,
    download_csv: Words,
    download_xlsx: Words,
    print: Words,
    downloading: Words,
    downloaded: Words,
    download_failed: Words,

    /// The next three texts label the client, the period and the filters at the top of a printed page.
    print_client: Words,
    print_period: Words,
    print_filters: Words,
    /// Precedes the time at which the page was printed.
    print_made: Words,
}
}
