//! Russian texts of the sign-in form.

use super::SignInText;
use crate::locales::ru::forms;

pub(in crate::locales) const TEXT: SignInText = SignInText {
    title: "Вход",
    lead: "Личный кабинет партнера: ваши клиенты и их расходы.",
    password: "Пароль",
    signing_in: "Входим…",
    wrong: "Неверный email или пароль.",
    locked: forms(
        "Слишком много попыток. Подождите {n} секунду и попробуйте снова.",
        "Слишком много попыток. Подождите {n} секунды и попробуйте снова.",
        "Слишком много попыток. Подождите {n} секунд и попробуйте снова.",
    ),
    offline: "Сервер недоступен. Проверьте соединение и попробуйте еще раз.",
    elsewhere: "Переходим на страницу входа…",
    password_required: "Введите пароль",
};
