//! Lays out the replies of the API as sheets, with the same rows in the same order as on the page.

use std::collections::HashMap;

use partner_api::{
    Period,
    ledger::{Direction, ExpenseOrder, Expenses, Movement, MovementsSummary, NO_SERVICE, Service, Sums},
    money::{Decimal, RoundingStrategy},
};

use super::{
    sheet::{Cell, Column, Rank, Row, Sheet},
    words::Words,
};
use crate::locale::Locale;

/// The client and the filter of a file.
pub(crate) struct Head<'a> {
    pub(crate) locale: Locale,
    pub(crate) pid: &'a str,
    pub(crate) email: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    /// Filter; `None` for both directions.
    pub(crate) direction: Option<Direction>,
    /// Filter: code of a service, or [`NO_SERVICE`]; `None` for all.
    pub(crate) service: Option<&'a str>,
    pub(crate) services: &'a [Service],
}

impl Head<'_> {
    fn client(&self) -> (&'static str, Vec<Cell>) {
        let cells = vec![Cell::some_text(self.email), Cell::some_text(self.name), Cell::text(self.pid)];
        (self.locale.words().client, cells)
    }

    fn period(&self, label: &'static str, period: Period) -> (&'static str, Vec<Cell>) {
        let zone = Cell::text(self.locale.words().moscow_time);
        (label, vec![Cell::Date(period.from), Cell::Date(period.to), zone])
    }

    fn service_filter(&self) -> Cell {
        let words = self.locale.words();
        match self.service {
            None => Cell::text(words.all_services),
            Some(NO_SERVICE) => Cell::text(words.no_service),
            Some(code) => {
                let service = self.services.iter().find(|service| service.code == code);
                Cell::text(service.map_or(code, |service| &service.name))
            }
        }
    }

    /// The rows above movements. They include all movements, even if the filter hides some.
    fn of_movements(&self, summary: &MovementsSummary, is_grouped: bool) -> Vec<(&'static str, Vec<Cell>)> {
        let words = self.locale.words();
        let mut filters = vec![Cell::text(words.direction(self.direction)), self.service_filter()];
        filters.extend(is_grouped.then(|| Cell::text(words.by(summary.granularity))));
        let money = |label, amount| (label, vec![Cell::money(amount)]);
        vec![
            self.client(),
            self.period(words.period, summary.period),
            (words.filters, filters),
            money(words.opening, summary.opening),
            money(words.debits, summary.all.debits),
            money(words.deposits, summary.all.deposits),
            money(words.closing, summary.closing),
            (words.currency, vec![Cell::text(&summary.currency)]),
            (words.as_of, vec![Cell::DateTime(summary.as_of)]),
        ]
    }

    fn sheet(&self, title: &'static str, summary: &MovementsSummary, is_grouped: bool) -> Sheet {
        Sheet {
            title,
            locale: self.locale,
            currency: summary.currency.clone(),
            as_of: summary.as_of,
            head: self.of_movements(summary, is_grouped),
            columns: Vec::new(),
            rows: Vec::new(),
            total: Vec::new(),
        }
    }
}

fn service_name(service: Option<&Service>, words: &Words) -> Cell {
    Cell::text(service.map_or(words.no_service, |service| &service.name))
}

/// Movements by service: for each service a row with its total, followed by its buckets.
pub(crate) fn grouped(head: &Head<'_>, summary: &MovementsSummary) -> Sheet {
    let words = head.locale.words();
    let row = |service: &Cell, what, period: Period, sums: Sums| {
        let mut cells = vec![service.clone(), Cell::text(what), Cell::Date(period.from), Cell::Date(period.to)];
        cells.extend(sums_cells(sums));
        cells
    };
    let mut rows = Vec::new();
    for group in &summary.groups {
        let service = service_name(group.service.as_ref(), words);
        let cells = row(&service, words.service_total, summary.period, group.sums);
        rows.push(Row { rank: Rank::Group, cells });
        rows.extend(group.buckets.iter().map(|bucket| {
            let cells = row(&service, words.bucket(summary.granularity), bucket.period, bucket.sums);
            Row { rank: Rank::Part, cells }
        }));
    }
    let columns = vec![
        Column::new(words.service, 26),
        Column::new(words.row, 24),
        Column::new(words.from, 18),
        Column::new(words.to, 24),
        Column::new(words.debits, 18),
        Column::new(words.deposits, 18),
        Column::new(words.movements, 12),
        Column::new(words.rounded, 12),
    ];
    let total = row(&Cell::text(words.total), "", summary.period, summary.shown);
    Sheet { columns, rows, total, ..head.sheet(words.grouped_title, summary, true) }
}

fn sums_cells(sums: Sums) -> [Cell; 4] {
    [Cell::money(sums.debits), Cell::money(sums.deposits), Cell::Count(sums.lines), Cell::Count(sums.rounded)]
}

/// All movements, oldest first, each with the balance after it.
pub(crate) fn statement(head: &Head<'_>, summary: &MovementsSummary, movements: &[Movement]) -> Sheet {
    let words = head.locale.words();
    let names: HashMap<&str, &Service> = head.services.iter().map(|service| (&*service.code, service)).collect();
    let one = |movement: &Movement| {
        let service = movement.service.as_deref();
        let service = service.map_or(Cell::Empty, |code| Cell::text(names.get(code).map_or(code, |it| &it.name)));
        let of = |direction| Cell::some_money((movement.direction == direction).then_some(movement.amount));
        let cells = vec![
            Cell::DateTime(movement.at),
            Cell::text(words.kind(movement.kind)),
            service,
            Cell::some_text(movement.description.as_deref()),
            Cell::text(words.account(movement.account)),
            of(Direction::Debit),
            of(Direction::Deposit),
            movement.exact.map_or(Cell::Empty, Cell::Exact),
            Cell::some_money(movement.balance),
        ];
        Row { rank: Rank::Plain, cells }
    };
    let sum = |direction| {
        let amounts = movements.iter().filter(|movement| movement.direction == direction);
        Cell::money(amounts.map(|movement| movement.amount).sum())
    };
    let mut total = vec![Cell::Empty; 9];
    total[0] = Cell::text(words.total);
    (total[5], total[6]) = (sum(Direction::Debit), sum(Direction::Deposit));
    let columns = vec![
        Column::new(words.at, 22),
        Column::new(words.kind, 24),
        Column::new(words.service, 26),
        Column::new(words.description, 40),
        Column::new(words.account, 20),
        Column::new(words.debits, 18),
        Column::new(words.deposits, 18),
        Column::new(words.exact, 16),
        Column::new(words.balance, 18),
    ];
    let rows = movements.iter().map(one).collect();
    Sheet { columns, rows, total, ..head.sheet(words.statement_title, summary, false) }
}

/// Expenses by service in the requested order. The last columns are the buckets of the chart.
pub(crate) fn expenses(head: &Head<'_>, expenses: &Expenses, order: ExpenseOrder) -> Sheet {
    let words = head.locale.words();
    let mut columns = vec![
        Column::new(words.service, 26),
        Column::new(words.sum, 24),
        Column::new(words.share, 18),
        Column::new(words.preceding_period, 24),
        Column::new(words.change, 18),
        Column::new(words.change_percent, 14),
        Column::new(words.note, 12),
    ];
    columns.extend(expenses.buckets.iter().map(|bucket| Column::new(head.locale.period(*bucket), 16)));
    let rows = order.of(expenses).into_iter().map(|of| {
        let note = match (of.is_new(), of.is_vanished()) {
            (true, _) => Cell::text(words.new),
            (_, true) => Cell::text(words.vanished),
            _ => Cell::Empty,
        };
        let mut cells = vec![service_name(of.service.as_ref(), words), Cell::money(of.total)];
        cells.extend([percent(of.share(expenses.total)), Cell::money(of.preceding)]);
        cells.extend([Cell::money(of.change()), percent(of.percent()), note]);
        cells.extend(of.buckets.iter().copied().map(Cell::money));
        Row { rank: Rank::Plain, cells }
    });
    let whole = (!expenses.total.0.is_zero()).then_some(Decimal::ONE);
    let mut total = vec![Cell::text(words.total), Cell::money(expenses.total), percent(whole)];
    total.extend([Cell::money(expenses.preceding_total), Cell::money(expenses.change())]);
    total.extend([percent(expenses.percent()), Cell::Empty]);
    total.extend((0..expenses.buckets.len()).map(|at| {
        let amounts = expenses.services.iter().filter_map(|of| of.buckets.get(at));
        Cell::money(amounts.copied().sum())
    }));
    Sheet {
        title: words.expenses_title,
        locale: head.locale,
        currency: expenses.currency.clone(),
        as_of: expenses.as_of,
        head: vec![
            head.client(),
            head.period(words.period, expenses.period),
            head.period(words.preceding_period, expenses.preceding),
            (words.filters, vec![head.service_filter(), Cell::text(words.by(expenses.granularity))]),
            (words.currency, vec![Cell::text(&expenses.currency)]),
            (words.as_of, vec![Cell::DateTime(expenses.as_of)]),
        ],
        columns,
        rows: rows.collect(),
        total,
    }
}

/// A change to a tenth of a percent, as on the page. A dash if there is nothing to compare with.
fn percent(ratio: Option<Decimal>) -> Cell {
    let rounded = |ratio: Decimal| ratio.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero);
    ratio.map_or_else(|| Cell::text("–"), |ratio| Cell::Percent(rounded(ratio)))
}
