//! Names of generated clients. The emails of generated clients sort after `lima@client.example`, the last known client
//! with a Latin email.

/// Surname in its masculine form (a final `а` makes it feminine), and its spelling in an email address.
pub(super) const RUSSIAN_SURNAMES: [(&str, &str); 24] = [
    ("Макаров", "makarov"),
    ("Морозов", "morozov"),
    ("Никитин", "nikitin"),
    ("Новиков", "novikov"),
    ("Орлов", "orlov"),
    ("Осипов", "osipov"),
    ("Павлов", "pavlov"),
    ("Петров", "petrov"),
    ("Попов", "popov"),
    ("Романов", "romanov"),
    ("Савельев", "savelyev"),
    ("Семёнов", "semenov"),
    ("Смирнов", "smirnov"),
    ("Соколов", "sokolov"),
    ("Степанов", "stepanov"),
    ("Тарасов", "tarasov"),
    ("Тихонов", "tikhonov"),
    ("Уваров", "uvarov"),
    ("Широков", "shirokov"),
    ("Щукин", "shchukin"),
    ("Юдин", "yudin"),
    ("Яковлев", "yakovlev"),
    ("Зайцев", "zaitsev"),
    ("Волков", "volkov"),
];

/// Given name, its spelling in an email address, and whether it is a woman's name.
pub(super) const RUSSIAN_NAMES: [(&str, &str, bool); 16] = [
    ("Александр", "a", false),
    ("Алексей", "al", false),
    ("Анна", "anna", true),
    ("Виктор", "v", false),
    ("Дарья", "d", true),
    ("Дмитрий", "dm", false),
    ("Екатерина", "e", true),
    ("Елена", "elena", true),
    ("Иван", "ivan", false),
    ("Ирина", "i", true),
    ("Мария", "m", true),
    ("Михаил", "mikhail", false),
    ("Наталья", "n", true),
    ("Ольга", "olga", true),
    ("Сергей", "s", false),
    ("Юлия", "yu", true),
];

pub(super) const LATIN_SURNAMES: [&str; 16] = [
    "Martinez", "Miller", "Müller", "Nakamura", "Nelson", "O'Brien", "Parker", "Petersen", "Roberts", "Rossi", "Silva",
    "Smith", "Taylor", "Thompson", "Walker", "Young",
];

pub(super) const LATIN_NAMES: [&str; 12] =
    ["Alice", "Bruno", "Carla", "David", "Emma", "Felix", "Grace", "Hugo", "Iris", "Jonas", "Kate", "Liam"];

pub(super) const RUSSIAN_COMPANIES: [&str; 16] = [
    "Вектор",
    "Горизонт",
    "Заря",
    "Изумруд",
    "Квант",
    "Лесной дом",
    "Меридиан",
    "Нева",
    "Опора",
    "Полюс",
    "Ритм",
    "Сигма",
    "Техносфера",
    "Уралмаш-Сервис",
    "Феникс",
    "Эталон",
];

pub(super) const LATIN_COMPANIES: [&str; 10] = [
    "Acme Cloud",
    "Blue Harbor",
    "Cobalt Works",
    "Delta Foods",
    "Evergreen",
    "Fjord Systems",
    "Granite Labs",
    "Helios",
    "Ironside",
    "Juniper Trade",
];

/// Reserved domains (RFC 2606), so that no email of a demonstration reaches a real person.
pub(super) const DOMAINS: [&str; 6] =
    ["corp.example", "mail.example", "office.example", "shop.example", "studio.example", "trade.example"];

/// Internationalised domains that belong to nobody. RFC 6761 reserves `.example`; `.испытание` is a test domain of
/// IANA.
pub(super) const IDN_DOMAINS: [&str; 3] = ["пример.испытание", "почта.испытание", "müller.example"];
