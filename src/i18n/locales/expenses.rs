//! The list of texts of the report of expenses, with what a translator has to know of each.

use super::{Forms, Words};

texts! {
/// The texts of the report of expenses, in one language.
ExpensesText {
    /// Heading of the report. `{period}`.
    title: Words,
    /// No expenses in either period: title.
    nothing: Words,
    /// No expenses in either period: what to do.
    nothing_lead: Words,

    /// Chart: name of the slider that walks over the columns.
    chart_walker: Words,
    /// Chart: before the sum of a column, or of the period.
    chart_total: Words,
    /// Chart: goes one column back.
    chart_previous: Words,
    /// Chart: goes one column on.
    chart_next: Words,
    /// Chart: lets the column go, so that the figures are those of the whole period.
    chart_release: Words,
    /// Chart: some services are switched off.
    chart_some_off: Words,
    /// Chart: all services are switched off.
    chart_all_off: Words,
    /// Chart: switches all services on.
    chart_show_all: Words,
    /// Chart: the smaller services together. `{n}` of them.
    chart_others: Forms,

    /// Heading of the table, and its name for screen readers.
    by_service: Words,
    /// Column: name of the service.
    column_service: Words,
    /// Column: expenses in the period.
    column_sum: Words,
    /// Column: part of all expenses.
    column_share: Words,
    /// Column: difference to the preceding period, in money.
    column_change: Words,
    /// Column: the same in percent.
    column_percent: Words,
    /// What both columns compare with. `{preceding}` period.
    compared: Words,
    /// Last row: the sum.
    total: Words,
    /// Mark of a service that cost nothing in the preceding period.
    is_new: Words,
    /// Mark of a service that costs nothing any more.
    is_vanished: Words,
    /// With a check mark: the total is what Detail says.
    equal: Words,
    /// The total is not what Detail says; should never be seen. `{amount}` by which.
    unequal: Words,

    /// Heading: reasons of the change.
    why: Words,
    /// Reason: nothing in the period, something before. `{preceding}` period, `{was}` its expenses.
    why_gone: Words,
    /// Reason: something in the period, nothing before. `{preceding}` period, `{total}` expenses now.
    why_new: Words,
    /// Reason: nothing changed. `{preceding}` period.
    why_same: Words,
    /// Reason: the total is the same, the services are not. `{preceding}` period.
    why_balanced: Words,
    /// Reason. `{difference}`, `{preceding}` period, and `{causes}`: one of the three below.
    why_more: Words,
    /// Reason. `{difference}`, `{preceding}` period, and `{causes}`: one of the three below.
    why_less: Words,
    /// Causes: a single service changed. `{first}` with its change.
    cause_only: Words,
    /// Causes: one service above all. `{first}` with its change.
    cause_one: Words,
    /// Causes: two services above all. `{first}`, `{second}` with their changes.
    cause_two: Words,
    /// Under the reason: today's expenses are still coming in. `{time}` of the figures.
    today_open: Words,
    /// Table of causes: expenses in the preceding period.
    column_before: Words,
    /// Table of causes: expenses in the period.
    column_now: Words,
    /// Of a change, for screen readers.
    rose: Words,
    /// Of a change, for screen readers.
    fell: Words,
}
}
