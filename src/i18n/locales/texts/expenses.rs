use crate::i18n::locales::{Forms, Words};

texts! {
/// Texts of the report *Expenses on services*.
ExpensesText {
    title: Words,
    nothing: Words,
    nothing_lead: Words,

    /// Name of the slider that selects a column of the chart, for screen readers.
    chart_slider: Words,
    chart_total: Words,
    chart_previous: Words,
    chart_next: Words,
    /// Button that deselects the column, so that the chart shows the figures of the whole period again.
    chart_release: Words,
    chart_some_off: Words,
    chart_all_off: Words,
    chart_show_all: Words,
    /// Name of the `{n}` smallest services, which the chart shows as one.
    chart_others: Forms,

    by_service: Words,
    column_service: Words,
    column_sum: Words,
    column_share: Words,
    column_change: Words,
    column_percent: Words,
    /// Says which period the two *Change* columns compare with.
    compared: Words,
    /// Name of the last row in the table of services. This row has the sums.
    total: Words,
    /// Mark of a service without expenses in the preceding period.
    is_new: Words,
    /// Mark of a service without expenses in this period.
    is_vanished: Words,
    /// Shown beside a check mark if the sum equals the debits in *Detail*.
    equal: Words,
    unequal: Words,

    why: Words,
    why_gone: Words,
    why_new: Words,
    why_same: Words,
    why_balanced: Words,
    /// Sentence for an increase. `{causes}` is one of the texts `cause_only`, `cause_one` and `cause_two`.
    why_more: Words,
    why_less: Words,
    /// The next three texts name the services that changed most. `{first}` and `{second}` are services, each with its
    /// change in brackets.
    cause_only: Words,
    cause_one: Words,
    cause_two: Words,
    today_open: Words,
    column_before: Words,
    column_now: Words,
    /// The next two texts tell screen readers the direction of a change.
    rose: Words,
    fell: Words,
}
}
