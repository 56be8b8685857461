//! Russian texts of what opens over the clients list.

use super::DialogsText;
use crate::locales::ru::forms;

pub(in crate::locales) const TEXT: DialogsText = DialogsText {
    working: "Готово {n} из {total}…",
    retry_failed: "Повторить для невыполненных",
    not_done: forms("{n} не выполнено", "{n} не выполнены", "{n} не выполнены"),
    were_already: forms("{n} уже в этом состоянии", "{n} уже в этом состоянии", "{n} уже в этом состоянии"),
    outcome_not_found: "Больше не среди ваших клиентов",
    outcome_conflict: "С клиентом выполняется другая операция",
    outcome_failed: "Сервер не смог это выполнить",
    outcome_stopped: "Не выполнялось: остановлено",
    undo: "Вернуть",
    undone: "Возвращено",
    add_title: "Добавление клиента",
    add_submit: "Добавить",
    adding: "Добавляем…",
    identifier_hint: "Ваш собственный номер клиента, например из CRM.",
    email_hint: "На этот адрес придет письмо с приглашением.",
    already_client: "Этот адрес принадлежит одному из ваших клиентов",
    already_invited: "На этот адрес уже отправлено приглашение. Его можно отправить еще раз из списка",
    invited: "Письмо с приглашением отправлено на {email}",

    identifier_title: "Идентификатор {client}",
    save: "Сохранить",
    saving: "Сохраняем…",
    identifier_saved: "Идентификатор сохранен",
    identifier_changed: "Тем временем кто-то изменил его на «{identifier}». Сохраните еще раз, чтобы заменить.",
    identifier_removed: "Тем временем кто-то удалил его. Сохраните еще раз, чтобы задать свой.",

    link_title: "Ссылка для {client}",
    link_lead: "Передайте ее сами, если письмо не доходит. Будет создана новая ссылка: ссылки из писем и прежние копии перестанут работать.",
    link_warning: "Принять приглашение сможет любой, у кого есть ссылка. Передайте ее только клиенту.",
    link_create: "Создать ссылку",
    link_creating: "Создаем ссылку…",
    link_label: "Ссылка",
    link_until: "Действует до {moment} (московское время), один раз, и показывается только здесь.",
    link_copy: "Скопировать",
    link_copied: "Ссылка скопирована",
    link_not_copied: "Браузер не разрешает копировать. Выделите ссылку и скопируйте ее.",
};
