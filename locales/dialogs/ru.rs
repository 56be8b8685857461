//! Russian texts of the dialogs about one row.

use super::DialogsText;

pub(in crate::locales) const TEXT: DialogsText = DialogsText {
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
