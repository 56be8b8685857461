//! Russian texts of the report of expenses.

use super::ExpensesText;

pub(in crate::locales) const TEXT: ExpensesText = ExpensesText {
    title: "Расходы за {period}",
    nothing: "За указанный период расходы отсутствуют",
    nothing_lead: "В предыдущем периоде их тоже не было. Возможно, они есть в более длинном периоде.",

    chart_walker: "Столбец диаграммы",
    chart_total: "Итого",
    chart_previous: "Предыдущий столбец",
    chart_next: "Следующий столбец",
    chart_release: "Весь период",
    chart_some_off: "Отключенные сервисы в итог не входят.",
    chart_all_off: "Все сервисы отключены.",
    chart_show_all: "Показать все",
    chart_others: "Прочие ({n})",

    by_service: "По сервисам",
    column_service: "Сервис",
    column_sum: "Сумма",
    column_share: "Доля",
    column_change: "Изменение",
    column_percent: "Изменение, %",
    compared: "Изменение — к предыдущему периоду, {preceding}",
    total: "Итого",
    is_new: "Новый",
    is_vanished: "Исчез",
    equal: "Равно списаниям в детализации за тот же период",
    unequal: "Отличается от списаний в детализации на {amount}. Загрузите страницу еще раз или напишите в поддержку",

    why: "Почему изменилось?",
    why_gone: "В этом периоде расходов нет. За предыдущий период ({preceding}) было {was}.",
    why_new: "За предыдущий период ({preceding}) расходов не было: вся сумма {total} новая.",
    why_same: "Ровно столько же, сколько за предыдущий период ({preceding}), по каждому сервису.",
    why_balanced: "Ровно столько же, сколько за предыдущий период ({preceding}): рост по одним сервисам равен снижению по другим.",
    why_more: "На {difference} больше, чем за предыдущий период ({preceding}): {causes}.",
    why_less: "На {difference} меньше, чем за предыдущий период ({preceding}): {causes}.",
    cause_only: "только {first}",
    cause_one: "в основном {first}",
    cause_two: "в основном {first} и {second}",
    today_open: "Сегодняшний день еще не закончился: расходы учтены до {time}.",
    column_before: "Было",
    column_now: "Стало",
    rose: "выросло",
    fell: "снизилось",
};
