use crate::i18n::locales::{Forms, Words};

texts! {
/// The balance page with *Detail*.
BalanceText {
    /// Name of the tabs, for screen readers.
    tabs: Words,
    tab_detail: Words,
    tab_expenses: Words,
    /// The API of this cloud has no calls for movements and expenses.
    not_offered_title: Words,
    not_offered_lead: Words,
    moscow_time: Words,
    /// Tooltip of a time.
    local_time: Words,
    /// Tooltip of *Moscow time*.
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
    /// The services that a bonus can pay for.
    bonus_any: Words,
    /// `{group}` of services.
    bonus_group: Words,
    bonus_until: Words,
    bonus_forever: Words,

    /// Name of a button.
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
    /// Stands before each of the next four texts.
    by: Words,
    by_day: Words,
    by_week: Words,
    by_month: Words,
    by_year: Words,
    /// Heading of the next three texts.
    direction: Words,
    both: Words,
    debits: Words,
    deposits: Words,
    service: Words,
    all_services: Words,
    /// Group of movements that belong to no service, such as payments.
    no_service: Words,
    /// Heading of the next two texts.
    view: Words,
    view_grouped: Words,
    view_statement: Words,

    /// The address of the page has a wrong filter. The problems below follow.
    bad_filter: Words,
    usual_filter: Words,
    problem_malformed_day: Words,
    problem_reversed: Words,
    problem_future: Words,
    problem_too_early: Words,
    /// `{n}` days.
    problem_too_long: Forms,
    /// `{n}` days.
    problem_too_fine: Forms,
    problem_granularity: Words,
    problem_direction: Words,
    problem_service: Words,

    /// Heading for screen readers.
    summary: Words,
    opening: Words,
    closing: Words,
    /// Beside a check mark.
    adds_up: Words,
    adds_not: Words,
    /// `{n}` movements; `{debits}` and `{deposits}` are amounts.
    hidden: Forms,
    movements: Forms,
    /// After *movements* and a comma.
    rounded: Forms,
    rounded_hint: Words,
    counted_as: Words,

    /// For screen readers.
    grouped_caption: Words,
    column_group: Words,
    /// Last row of a table.
    sum_total: Words,
    show_more: Forms,
    shown_of: Forms,
    nothing: Words,
    nothing_filtered: Words,
    nothing_wider: Words,
    show_all: Words,
    show_wider: Words,

    /// For screen readers.
    statement_caption: Words,
    column_time: Words,
    column_what: Words,
    column_account: Words,
    column_amount: Words,
    column_balance: Words,
    account_personal: Words,
    account_bonus: Words,
    /// Kinds of movements.
    kind_usage: Words,
    kind_subscription: Words,
    kind_payment: Words,
    kind_bonus: Words,
    kind_refund: Words,
    kind_expiry: Words,
    kind_other: Words,
    loaded_of: Forms,
    rest_failed: Words,
    /// `{period}` of the figures that are shown.
    old_figures: Words,

    /// On a phone: opens a dialog with the filters. Also the title of that dialog.
    filters: Words,
    filters_done: Words,
    download: Words,
    download_csv: Words,
    download_xlsx: Words,
    print: Words,
    downloading: Words,
    downloaded: Words,
    download_failed: Words,

    /// Heading of a printed page.
    print_client: Words,
    print_period: Words,
    print_filters: Words,
    /// Stands before the time of printing.
    print_made: Words,
}
}
