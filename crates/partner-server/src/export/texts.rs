//! Texts of downloaded files in both languages.

use partner_api::{
    Day, Granularity, Period,
    ledger::{Account, Direction, MovementKind},
};

use crate::locale::Locale;

impl Locale {
    pub(super) const fn texts(self) -> &'static Texts {
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

type Text = &'static str;

pub(super) struct Texts {
    pub(super) grouped_title: Text,
    pub(super) statement_title: Text,
    pub(super) expenses_title: Text,

    pub(super) client: Text,
    pub(super) period: Text,
    pub(super) preceding_period: Text,
    pub(super) moscow_time: Text,
    pub(super) filters: Text,
    pub(super) all_directions: Text,
    pub(super) all_services: Text,
    pub(super) no_service: Text,
    pub(super) opening: Text,
    pub(super) closing: Text,
    pub(super) currency: Text,
    pub(super) as_of: Text,

    pub(super) service: Text,
    /// Heading of the column that says what a row sums up: a service or a bucket (for example a week).
    pub(super) row: Text,
    pub(super) from: Text,
    pub(super) to: Text,
    pub(super) debits: Text,
    pub(super) deposits: Text,
    pub(super) movements: Text,
    /// Heading of the column with the number of movements whose amount was changed by rounding.
    pub(super) rounded: Text,
    pub(super) at: Text,
    pub(super) kind: Text,
    pub(super) description: Text,
    pub(super) account: Text,
    pub(super) exact: Text,
    pub(super) balance: Text,
    pub(super) sum: Text,
    pub(super) share: Text,
    pub(super) change: Text,
    pub(super) change_percent: Text,
    pub(super) note: Text,

    pub(super) total: Text,
    pub(super) service_total: Text,
    pub(super) new: Text,
    pub(super) vanished: Text,

    by: [Text; 4],
    buckets: [Text; 4],
    kinds: [Text; 7],
    accounts: [Text; 2],
}

impl Texts {
    /// Returns the text that describes the filter by direction.
    pub(super) const fn direction(&self, direction: Option<Direction>) -> Text {
        match direction {
            None => self.all_directions,
            Some(Direction::Debit) => self.debits,
            Some(Direction::Deposit) => self.deposits,
        }
    }

    /// Returns a text such as "By day", for the filters above the table.
    pub(super) const fn by(&self, granularity: Granularity) -> Text {
        self.by[granularity as usize]
    }

    /// Returns a text such as "Day", for the row of a bucket.
    pub(super) const fn bucket(&self, granularity: Granularity) -> Text {
        self.buckets[granularity as usize]
    }

    pub(super) const fn kind(&self, kind: MovementKind) -> Text {
        self.kinds[kind as usize]
    }

    pub(super) const fn account(&self, account: Account) -> Text {
        self.accounts[account as usize]
    }
}

const EN: Texts = Texts {
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

const RU: Texts = Texts {
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
