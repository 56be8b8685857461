use crate::i18n::locales::{Forms, Words};

texts! {
/// *Expenses on services*.
ExpensesText {
    title: Words,
    nothing: Words,
    nothing_lead: Words,

    /// Name of a slider that selects a column, for screen readers.
    chart_slider: Words,
    chart_total: Words,
    chart_previous: Words,
    chart_next: Words,
    /// Button: deselects the column, so the figures are those of the whole period.
    chart_release: Words,
    chart_some_off: Words,
    chart_all_off: Words,
    chart_show_all: Words,
    /// `{n}` small services together.
    chart_others: Forms,

    by_service: Words,
    column_service: Words,
    column_sum: Words,
    column_share: Words,
    column_change: Words,
    column_percent: Words,
    /// The period that both *Change* columns compare with.
    compared: Words,
    /// Last row of a table.
    total: Words,
    /// Mark of a service without expenses in the preceding period.
    is_new: Words,
    /// Mark of a service without expenses in this period.
    is_vanished: Words,
    /// Beside a check mark.
    equal: Words,
    unequal: Words,

    why: Words,
    why_gone: Words,
    why_new: Words,
    why_same: Words,
    why_balanced: Words,
    /// `{causes}` is one of the three texts below.
    why_more: Words,
    why_less: Words,
    /// `{first}` and `{second}` are services with their change in brackets.
    cause_only: Words,
    cause_one: Words,
    cause_two: Words,
    today_open: Words,
    column_before: Words,
    column_now: Words,
    /// For screen readers.
    rose: Words,
    fell: Words,
}
}
