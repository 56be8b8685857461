//! English texts of the report of expenses.

use super::ExpensesText;

pub(in crate::locales) const TEXT: ExpensesText = ExpensesText {
    title: "Expenses, {period}",
    nothing: "No expenses in the chosen period",
    nothing_lead: "There were none in the period before, either. A longer period may have some.",

    chart_walker: "Column of the chart",
    chart_total: "Total",
    chart_previous: "Previous column",
    chart_next: "Next column",
    chart_release: "Whole period",
    chart_some_off: "The total leaves out services that are switched off.",
    chart_all_off: "All services are switched off.",
    chart_show_all: "Show all",
    chart_others: "Others ({n})",

    by_service: "By service",
    column_service: "Service",
    column_sum: "Sum",
    column_share: "Share",
    column_change: "Change",
    column_percent: "Change, %",
    compared: "Change is against the period before, {preceding}",
    total: "Total",
    is_new: "New",
    is_vanished: "Vanished",
    equal: "Equal to the debits in Detail for the same period",
    unequal: "Differs from the debits in Detail by {amount}. Load the page again, or tell support",

    why: "Why did it change?",
    why_gone: "Nothing was spent in this period. In the period before ({preceding}) it was {was}.",
    why_new: "Nothing was spent in the period before ({preceding}): all of {total} is new.",
    why_same: "Exactly as much as in the period before ({preceding}), on each service.",
    why_balanced: "Exactly as much as in the period before ({preceding}): what rose on some services fell on others.",
    why_more: "{difference} more than in the period before ({preceding}), {causes}.",
    why_less: "{difference} less than in the period before ({preceding}), {causes}.",
    cause_only: "all of it {first}",
    cause_one: "mostly {first}",
    cause_two: "mostly {first} and {second}",
    today_open: "Today is not over yet: its expenses are counted up to {time}.",
    column_before: "Before",
    column_now: "Now",
    rose: "rose",
    fell: "fell",
};
