use crate::i18n::locales::KeyboardText;

pub const TEXT: KeyboardText = KeyboardText {
    keys_title: "Горячие клавиши",
    keys_single: "Клавиши из одного символа, например / и ?",
    key_palette: "Найти клиента или действие",
    key_search: "Поиск по списку",
    key_map: "Этот список клавиш",
    key_rows: "Предыдущая и следующая строка",
    key_ends: "Первая и последняя строка",
    key_pages: "На десять строк вверх и вниз",
    key_select: "Выбрать строку",
    key_extend: "Расширить выбор",
    key_menu: "Действия со строкой",
    key_close: "Закрыть окно или меню",
    palette_title: "Поиск клиента или действия",
    palette_label: "Email, имя, идентификатор, PID или действие",
};
