//! Texts of files in both languages, the same as on the app's pages.

use partner_api::{
    Day, Granularity, Period,
    ledger::{Account, Direction, MovementKind},
};

use crate::locale::Locale;

impl Locale {
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Ru => &RU,
        }
    }

    pub(super) fn day(self, day: Day) -> String {
        match self {
            Self::En => day.to_string(),
            Self::Ru => day.date().format("%d.%m.%Y").to_string(),
        }
    }

    pub(super) fn period(self, period: Period) -> String {
        let (from, to) = (self.day(period.from), self.day(period.to));
        if from == to { from } else { format!("{from} – {to}") }
    }
}

type Word = &'static str;

pub(super) struct Words {
    pub(super) grouped_title: Word,
    pub(super) statement_title: Word,
    pub(super) expenses_title: Word,

    pub(super) client: Word,
    pub(super) period: Word,
    pub(super) preceding_period: Word,
    pub(super) moscow_time: Word,
    pub(super) filters: Word,
    pub(super) all_directions: Word,
    pub(super) all_services: Word,
    pub(super) no_service: Word,
    pub(super) opening: Word,
    pub(super) closing: Word,
    pub(super) currency: Word,
    pub(super) as_of: Word,

    pub(super) service: Word,
    /// Heading of the column with the service or the bucket.
    pub(super) row: Word,
    pub(super) from: Word,
    pub(super) to: Word,
    pub(super) debits: Word,
    pub(super) deposits: Word,
    pub(super) movements: Word,
    /// Number of movements that the kopeck rule changed.
    pub(super) rounded: Word,
    pub(super) at: Word,
    pub(super) kind: Word,
    pub(super) description: Word,
    pub(super) account: Word,
    pub(super) exact: Word,
    pub(super) balance: Word,
    pub(super) sum: Word,
    pub(super) share: Word,
    pub(super) change: Word,
    pub(super) change_percent: Word,
    pub(super) note: Word,

    pub(super) total: Word,
    pub(super) service_total: Word,
    pub(super) new: Word,
    pub(super) vanished: Word,

    by: [Word; 4],
    buckets: [Word; 4],
    kinds: [Word; 7],
    accounts: [Word; 2],
}

impl Words {
    /// Names of the filter by direction.
    pub(super) const fn direction(&self, direction: Option<Direction>) -> Word {
        match direction {
            None => self.all_directions,
            Some(Direction::Debit) => self.debits,
            Some(Direction::Deposit) => self.deposits,
        }
    }

    /// For example "By day".
    pub(super) const fn by(&self, granularity: Granularity) -> Word {
        self.by[granularity as usize]
    }

    /// For example "Day".
    pub(super) const fn bucket(&self, granularity: Granularity) -> Word {
        self.buckets[granularity as usize]
    }

    pub(super) const fn kind(&self, kind: MovementKind) -> Word {
        self.kinds[kind as usize]
    }

    pub(super) const fn account(&self, account: Account) -> Word {
        self.accounts[account as usize]
    }
}

const EN: Words = Words {
    grouped_title: "Movements by service",
    statement_title: "Statement of movements",
    expenses_title: "Expenses on services",

    client: "Client",
    period: "Period",
    preceding_period: "Preceding period",
    moscow_time: "Moscow time, UTC+3",
    filters: "Filters",
    all_directions: "Debits and deposits",
    all_services: "All services",
    no_service: "Without a service",
    opening: "Opening balance",
    closing: "Closing balance",
    currency: "Currency",
    as_of: "As of",

    service: "Service",
    row: "Row",
    from: "From",
    to: "To",
    debits: "Debits",
    deposits: "Deposits",
    movements: "Movements",
    rounded: "Rounded",
    at: "Date and time",
    kind: "Movement",
    description: "Description",
    account: "Account",
    exact: "Before rounding",
    balance: "Balance after",
    sum: "Sum",
    share: "Share",
    change: "Change",
    change_percent: "Change, %",
    note: "Note",

    total: "Total",
    service_total: "Service total",
    new: "New",
    vanished: "No longer used",

    by: ["By day", "By week", "By month", "By year"],
    buckets: ["Day", "Week", "Month", "Year"],
    kinds: ["Usage", "Subscription", "Payment", "Bonus granted", "Refund", "Bonus expired", "Movement"],
    accounts: ["Personal", "Bonus"],
};

const RU: Words = Words {
    grouped_title: "Движения по сервисам",
    statement_title: "Выписка по движениям",
    expenses_title: "Расходы на сервисы",

    client: "Клиент",
    period: "Период",
    preceding_period: "Предыдущий период",
    moscow_time: "Московское время, UTC+3",
    filters: "Фильтры",
    all_directions: "Списания и поступления",
    all_services: "Все сервисы",
    no_service: "Без сервиса",
    opening: "Баланс на начало",
    closing: "Баланс на конец",
    currency: "Валюта",
    as_of: "По состоянию на",

    service: "Сервис",
    row: "Строка",
    from: "С",
    to: "По",
    debits: "Списания",
    deposits: "Поступления",
    movements: "Движений",
    rounded: "Округлено",
    at: "Дата и время",
    kind: "Движение",
    description: "Описание",
    account: "Счет",
    exact: "До округления",
    balance: "Баланс после",
    sum: "Сумма",
    share: "Доля",
    change: "Изменение",
    change_percent: "Изменение, %",
    note: "Примечание",

    total: "Итого",
    service_total: "Итого по сервису",
    new: "Новый",
    vanished: "Больше не используется",

    by: ["За день", "За неделю", "За месяц", "За год"],
    buckets: ["День", "Неделя", "Месяц", "Год"],
    kinds: ["Использование", "Подписка", "Платеж", "Начисление бонусов", "Возврат", "Сгорание бонусов", "Движение"],
    accounts: ["Лицевой", "Бонусный"],
};
