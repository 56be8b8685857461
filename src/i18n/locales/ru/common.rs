use crate::i18n::locales::CommonText;

pub const TEXT: CommonText = CommonText {
    email: "Email",
    retry: "Повторить",
    close: "Закрыть",
    cancel: "Отмена",
    optional: "необязательно",
    copied: "Скопировано",
    not_copied: "Браузер не разрешает копировать.",

    loading: "Загрузка…",
    loading_slow: "Загрузка идет дольше обычного. Подождите еще немного…",
    failed_title: "Не удалось загрузить",
    reference: "Код обращения: {id}",
};
