use crate::i18n::locales::{FormsText, ru::forms};

pub const TEXT: FormsText = FormsText {
    name: "Имя",
    phone: "Телефон",
    phone_example: "+7 (123) 123-45-67",
    identifier: "Идентификатор",
    problems: forms("Исправьте {n} ошибку", "Исправьте {n} ошибки", "Исправьте {n} ошибок"),
    email_required: "Введите email",
    email_malformed: "Введите email в формате name@example.com",
    phone_malformed: "Введите номер с кодом страны, например +7 495 123-45-67",
    too_long: forms("Слишком длинно: не более {n} символа", "Слишком длинно: не более {n} символов", "Слишком длинно: не более {n} символов"),
    control_character: "Уберите переносы строк и невидимые символы",
    problem_other: "Сервер не принял это значение",
    did_you_mean: "Возможно, вы имели в виду {suggestion}?",
};
