use crate::i18n::locales::ShellText;

pub const TEXT: ShellText = ShellText {
    product: "Кабинет партнера",
    language: "Русский",
    skip_to_content: "Перейти к содержанию",
    help: "Помощь",
    settings: "Язык и тема",
    languages: "Язык",
    theme: "Тема",
    theme_system: "Как в системе",
    theme_light: "Светлая",
    theme_dark: "Темная",
    account_menu: "Учетная запись {email}",
    sign_in: "Войти",
    sign_out: "Выйти",
    sign_out_failed: "Выйти не удалось: сервер недоступен. Попробуйте еще раз.",

    expired_title: "Войдите еще раз",
    expired_lead: "Сеанс истек. Войдите, чтобы продолжить: данные на странице сохранятся.",
    newer: "Вышла новая версия кабинета. Все, что вы ввели, сохранится.",
    newer_load: "Обновить страницу",

    not_found_title: "Такой страницы нет",
    not_found_lead: "Возможно, в адресе опечатка или страницу перенесли.",
    to_clients: "К списку клиентов",
};
