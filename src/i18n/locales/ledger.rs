//! The list of texts of the balance page, with what a translator has to know of each.

use super::{Forms, Words};

texts! {
/// The texts of the balance page, in one language.
LedgerText {
    /// Name of the two tabs, for screen readers.
    tabs: Words,
    /// Tab: debits and deposits.
    tab_detail: Words,
    /// Tab: statistics of expenses.
    tab_expenses: Words,
    /// In place of the reports, where the API has no calls for them: title.
    not_offered_title: Words,
    /// The same: what it means.
    not_offered_lead: Words,
    /// Which clock all days and times on the page follow.
    moscow_time: Words,
    /// Tooltip of a time: the same by the viewer’s own clock. `{time}`.
    local_time: Words,
    /// Tooltip of the note on Moscow time, where the viewer’s clock differs. `{time}` of now.
    local_zone: Words,

    /// Heading of the panel with the balances.
    panel: Words,
    /// When the balances were read. `{time}`.
    as_of: Words,
    /// Button: reads balances and movements anew.
    refresh: Words,
    /// Panel: personal and bonus account together.
    total: Words,
    /// Notice: the balances could not be read anew.
    old_balance: Words,
    /// Panel: what is owed, stated plainly. `{amount}`.
    debt: Words,
    /// Panel: there is exactly nothing left.
    zero: Words,
    /// Panel: what a debt means.
    debt_lead: Words,
    /// Panel: nothing was spent in the last 30 days.
    idle: Words,
    /// Panel: mean debit of a day.
    daily: Words,
    /// Panel: what the mean is taken of.
    daily_hint: Words,
    /// Panel: for how many days the money lasts. `{n}`, and `{date}` of the last of them.
    lasts: Forms,
    /// Panel: there is less than a day’s debit left.
    lasts_today: Words,
    /// Panel: it lasts longer than anyone plans.
    lasts_long: Words,
    /// Panel: a part of the bonus account that is good for all services.
    bonus_any: Words,
    /// Panel: a part of the bonus account that is good for a group. `{group}`.
    bonus_group: Words,
    /// Panel: last day of a bonus. `{date}`.
    bonus_until: Words,
    /// Panel: a bonus without end.
    bonus_forever: Words,

    /// Filter: label of the period’s button. `{period}`.
    period: Words,
    /// Heading of the period’s popover.
    choose_period: Words,
    /// Period: first day.
    from: Words,
    /// Period: last day.
    to: Words,
    /// Period: takes the two dates.
    apply: Words,
    /// Period.
    today: Words,
    /// Period.
    yesterday: Words,
    /// Period.
    days_7: Words,
    /// Period.
    days_30: Words,
    /// Period.
    this_month: Words,
    /// Period.
    last_month: Words,
    /// Period.
    this_quarter: Words,
    /// Filter: how long a bucket is.
    granularity: Words,
    /// Before a granularity.
    by: Words,
    /// Granularity, after `by`.
    by_day: Words,
    /// Granularity, after `by`.
    by_week: Words,
    /// Granularity, after `by`.
    by_month: Words,
    /// Granularity, after `by`.
    by_year: Words,
    /// Filter: which way the money moved.
    direction: Words,
    /// Filter: debits and deposits.
    both: Words,
    /// Debits.
    debits: Words,
    /// Deposits.
    deposits: Words,
    /// Filter: which service.
    service: Words,
    /// Filter: no service in particular.
    all_services: Words,
    /// Movements that belong to no service, as payments.
    no_service: Words,
    /// Filter: how movements are laid out.
    view: Words,
    /// View: by service.
    view_grouped: Words,
    /// View: line by line.
    view_statement: Words,

    /// Notice: the address asks for what cannot be shown.
    bad_filter: Words,
    /// Button of that notice: back to the usual period.
    usual_filter: Words,
    /// Field problem.
    problem_malformed_day: Words,
    /// Field problem: the last day is before the first.
    problem_reversed: Words,
    /// Field problem: a day later than today in Moscow.
    problem_future: Words,
    /// Field problem. `{date}`.
    problem_too_early: Words,
    /// Field problem. `{n}` days.
    problem_too_long: Forms,
    /// Field problem. `{n}` days.
    problem_too_fine: Forms,
    /// Field problem.
    problem_granularity: Words,
    /// Field problem.
    problem_direction: Words,
    /// Field problem.
    problem_service: Words,

    /// Heading, for screen readers, of the sums of a period. `{period}`.
    summary: Words,
    /// Balance at the beginning of the period.
    opening: Words,
    /// Balance at the end of the period.
    closing: Words,
    /// With a check mark: the sums were added up.
    adds_up: Words,
    /// The sums do not add up; it should never be seen.
    adds_not: Words,
    /// Filters hide some movements. `{n}` of them, `{debits}`, `{deposits}`.
    hidden: Forms,
    /// How many movements.
    movements: Forms,
    /// How many movements the kopeck rule changed.
    rounded: Forms,
    /// Tooltip: the kopeck rule.
    rounded_hint: Words,
    /// A movement that the kopeck rule changed. `{exact}`, `{counted}`.
    counted_as: Words,

    /// Name of the table of movements by service.
    grouped_caption: Words,
    /// Column of that table.
    column_group: Words,
    /// Last row of a table: the sum.
    sum_total: Words,
    /// Button under the first movements of a bucket.
    show_more: Forms,
    /// How many movements of a bucket are shown. `{n}`, `{total}`.
    shown_of: Forms,
    /// The period has no movements, or none that the filters let through.
    nothing: Words,
    /// Hint under it, where filters hide some.
    nothing_filtered: Words,
    /// Hint under it.
    nothing_wider: Words,
    /// Button: without filters.
    show_all: Words,
    /// Button: a longer period. `{period}`.
    show_wider: Words,

    /// Name of the table of single movements.
    statement_caption: Words,
    /// Column of the statement.
    column_time: Words,
    /// Column of the statement.
    column_what: Words,
    /// Column of the statement.
    column_account: Words,
    /// Column of the statement.
    column_amount: Words,
    /// Column of the statement: balance right after the movement.
    column_balance: Words,
    /// An account, in a row.
    account_personal: Words,
    /// An account, in a row.
    account_bonus: Words,
    /// What a movement is.
    kind_usage: Words,
    /// What a movement is.
    kind_subscription: Words,
    /// What a movement is.
    kind_payment: Words,
    /// What a movement is.
    kind_bonus: Words,
    /// What a movement is.
    kind_refund: Words,
    /// What a movement is.
    kind_expiry: Words,
    /// What a movement is.
    kind_other: Words,
    /// The statement is still loading. `{n}`, `{total}`.
    loaded_of: Forms,
    /// The statement could not be loaded to its end.
    rest_failed: Words,
    /// Notice: a newer request failed, what is on screen is what was there before. `{period}`.
    old_figures: Words,

    /// Button on a phone: opens a sheet with all filters but the period; and the name of that sheet.
    filters: Words,
    /// Button: closes that sheet.
    filters_done: Words,
    /// Button: opens the menu of files.
    download: Words,
    /// File.
    download_csv: Words,
    /// File.
    download_xlsx: Words,
    /// Menu: prints what is on screen.
    print: Words,
    /// A file is being made.
    downloading: Words,
    /// A file was saved. `{file}`.
    downloaded: Words,
    /// A file could not be had.
    download_failed: Words,

    /// Head of a printed statement.
    print_client: Words,
    /// Head of a printed statement.
    print_period: Words,
    /// Head of a printed statement.
    print_filters: Words,
    /// Head of a printed statement: when it was made.
    print_made: Words,
    /// Balance page: title. `{email}`.
    balance_title: Words,
    /// Personal account.
    balance_personal: Words,
    /// Bonus account.
    balance_bonus: Words,
    /// Balance page: link back.
    back_to_clients: Words,
}
}
