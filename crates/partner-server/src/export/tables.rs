//! Converts reports of the ledger to sheets.

use std::collections::HashMap;

use partner_api::{
    Period,
    ledger::{Direction, ExpenseOrder, Expenses, Movement, MovementsSummary, NO_SERVICE, Service, Sums},
    money::{Decimal, RoundingStrategy},
};

use super::{
    sheet::{Cell, Column, Rank, Row, Sheet},
    texts::Texts,
};
use crate::locale::Locale;

/// The client and the filter, which the rows above the table show.
pub(crate) struct Head<'a> {
    pub(crate) locale: Locale,
    pub(crate) pid: &'a str,
    pub(crate) email: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    /// Direction of the movements in the file; `None` for both.
    pub(crate) direction: Option<Direction>,
    /// Service of the movements in the file: the code of a service, or [`NO_SERVICE`]; `None` for all movements.
    pub(crate) service: Option<&'a str>,
    pub(crate) services: &'a [Service],
}

impl Head<'_> {
    fn client(&self) -> (&'static str, Vec<Cell>) {
        let cells = vec![Cell::some_text(self.email), Cell::some_text(self.name), Cell::text(self.pid)];
        (self.locale.texts().client, cells)
    }

    fn period(&self, label: &'static str, period: Period) -> (&'static str, Vec<Cell>) {
        let zone = Cell::text(self.locale.texts().moscow_time);
        (label, vec![Cell::Date(period.from), Cell::Date(period.to), zone])
    }

    fn service_filter(&self) -> Cell {
        let texts = self.locale.texts();
        match self.service {
            None => Cell::text(texts.all_services),
            Some(NO_SERVICE) => Cell::text(texts.no_service),
            Some(code) => {
                let service = self.services.iter().find(|service| service.code == code);
                Cell::text(service.map_or(code, |service| &service.name))
            }
        }
    }

    /// Returns the rows above a table of movements. Their sums include all movements of the period, even those that the
    /// filter hides.
    fn of_movements(&self, summary: &MovementsSummary, is_grouped: bool) -> Vec<(&'static str, Vec<Cell>)> {
        let texts = self.locale.texts();
        let mut filters = vec![Cell::text(texts.direction(self.direction)), self.service_filter()];
        filters.extend(is_grouped.then(|| Cell::text(texts.by(summary.granularity))));
        let money = |label, amount| (label, vec![Cell::money(amount)]);
        vec![
            self.client(),
            self.period(texts.period, summary.period),
            (texts.filters, filters),
            money(texts.opening, summary.opening),
            money(texts.debits, summary.all.debits),
            money(texts.deposits, summary.all.deposits),
            money(texts.closing, summary.closing),
            (texts.currency, vec![Cell::text(&summary.currency)]),
            (texts.as_of, vec![Cell::DateTime(summary.as_of)]),
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

fn service_name(service: Option<&Service>, texts: &Texts) -> Cell {
    Cell::text(service.map_or(texts.no_service, |service| &service.name))
}

/// Returns a sheet with the movements by service. Each service has a row with totals, followed by a row for each bucket
/// that has movements.
pub(crate) fn grouped(head: &Head<'_>, summary: &MovementsSummary) -> Sheet {
    let texts = head.locale.texts();
    let row = |service: &Cell, what, period: Period, sums: Sums| {
        let mut cells = vec![service.clone(), Cell::text(what), Cell::Date(period.from), Cell::Date(period.to)];
        cells.extend(sums_cells(sums));
        cells
    };
    let mut rows = Vec::new();
    for group in &summary.groups {
        let service = service_name(group.service.as_ref(), texts);
        let cells = row(&service, texts.service_total, summary.period, group.sums);
        rows.push(Row { rank: Rank::Group, cells });
        rows.extend(group.buckets.iter().map(|bucket| {
            let cells = row(&service, texts.bucket(summary.granularity), bucket.period, bucket.sums);
            Row { rank: Rank::Part, cells }
        }));
    }
    let columns = vec![
        Column::new(texts.service, 26),
        Column::new(texts.row, 24),
        Column::new(texts.from, 18),
        Column::new(texts.to, 24),
        Column::new(texts.debits, 18),
        Column::new(texts.deposits, 18),
        Column::new(texts.movements, 12),
        Column::new(texts.rounded, 12),
    ];
    let total = row(&Cell::text(texts.total), "", summary.period, summary.shown);
    Sheet { columns, rows, total, ..head.sheet(texts.grouped_title, summary, true) }
}

fn sums_cells(sums: Sums) -> [Cell; 4] {
    [Cell::money(sums.debits), Cell::money(sums.deposits), Cell::Count(sums.lines), Cell::Count(sums.rounded)]
}

/// Returns a sheet with a row for each of these movements. The row also has the balance after the movement.
pub(crate) fn statement(head: &Head<'_>, summary: &MovementsSummary, movements: &[Movement]) -> Sheet {
    let texts = head.locale.texts();
    let names: HashMap<&str, &Service> = head.services.iter().map(|service| (&*service.code, service)).collect();
    let one = |movement: &Movement| {
        let service = movement.service.as_deref();
        let service = service.map_or(Cell::Empty, |code| Cell::text(names.get(code).map_or(code, |it| &it.name)));
        let of = |direction| Cell::some_money((movement.direction == direction).then_some(movement.amount));
        let cells = vec![
            Cell::DateTime(movement.at),
            Cell::text(texts.kind(movement.kind)),
            service,
            Cell::some_text(movement.description.as_deref()),
            Cell::text(texts.account(movement.account)),
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
    total[0] = Cell::text(texts.total);
    (total[5], total[6]) = (sum(Direction::Debit), sum(Direction::Deposit));
    let columns = vec![
        Column::new(texts.at, 22),
        Column::new(texts.kind, 24),
        Column::new(texts.service, 26),
        Column::new(texts.description, 40),
        Column::new(texts.account, 20),
        Column::new(texts.debits, 18),
        Column::new(texts.deposits, 18),
        Column::new(texts.exact, 16),
        Column::new(texts.balance, 18),
    ];
    let rows = movements.iter().map(one).collect();
    Sheet { columns, rows, total, ..head.sheet(texts.statement_title, summary, false) }
}

/// Returns a sheet with the expenses by service in the requested order. The last columns have the expenses in each
/// bucket (for example each day) of the period.
pub(crate) fn expenses(head: &Head<'_>, expenses: &Expenses, order: ExpenseOrder) -> Sheet {
    let texts = head.locale.texts();
    let mut columns = vec![
        Column::new(texts.service, 26),
        Column::new(texts.sum, 24),
        Column::new(texts.share, 18),
        Column::new(texts.preceding_period, 24),
        Column::new(texts.change, 18),
        Column::new(texts.change_percent, 14),
        Column::new(texts.note, 12),
    ];
    columns.extend(expenses.buckets.iter().map(|bucket| Column::new(head.locale.period(*bucket), 16)));
    let rows = order.of(expenses).into_iter().map(|of| {
        let note = match (of.is_new(), of.is_vanished()) {
            (true, _) => Cell::text(texts.new),
            (_, true) => Cell::text(texts.vanished),
            _ => Cell::Empty,
        };
        let mut cells = vec![service_name(of.service.as_ref(), texts), Cell::money(of.total)];
        cells.extend([percent(of.share(expenses.total)), Cell::money(of.preceding)]);
        cells.extend([Cell::money(of.change()), percent(of.percent()), note]);
        cells.extend(of.buckets.iter().copied().map(Cell::money));
        Row { rank: Rank::Plain, cells }
    });
    let whole = (!expenses.total.0.is_zero()).then_some(Decimal::ONE);
    let mut total = vec![Cell::text(texts.total), Cell::money(expenses.total), percent(whole)];
    total.extend([Cell::money(expenses.preceding_total), Cell::money(expenses.change())]);
    total.extend([percent(expenses.percent()), Cell::Empty]);
    total.extend((0..expenses.buckets.len()).map(|at| {
        let amounts = expenses.services.iter().filter_map(|of| of.buckets.get(at));
        Cell::money(amounts.copied().sum())
    }));
    Sheet {
        title: texts.expenses_title,
        locale: head.locale,
        currency: expenses.currency.clone(),
        as_of: expenses.as_of,
        head: vec![
            head.client(),
            head.period(texts.period, expenses.period),
            head.period(texts.preceding_period, expenses.preceding),
            (texts.filters, vec![head.service_filter(), Cell::text(texts.by(expenses.granularity))]),
            (texts.currency, vec![Cell::text(&expenses.currency)]),
            (texts.as_of, vec![Cell::DateTime(expenses.as_of)]),
        ],
        columns,
        rows: rows.collect(),
        total,
    }
}

/// Returns a cell with a ratio, rounded to a tenth of a percent. `None` becomes a dash.
fn percent(ratio: Option<Decimal>) -> Cell {
    let rounded = |ratio: Decimal| ratio.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero);
    ratio.map_or_else(|| Cell::text("–"), |ratio| Cell::Percent(rounded(ratio)))
}
