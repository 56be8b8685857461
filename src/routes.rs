//! Addresses of the account. No other module holds a path of it.

/// Where the account lives on its host.
pub const BASE: &str = "/partner/app";

pub use crate::i18n::locales::Locale;

impl Locale {
    /// The language of a code, region and case ignored: `ru-RU` is Russian.
    pub fn of_code(code: &str) -> Option<Self> {
        let language = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.code().eq_ignore_ascii_case(language))
    }

    /// The first of the wanted languages that the account speaks.
    pub fn best<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        wanted.into_iter().find_map(Self::of_code).unwrap_or(Self::En)
    }
}

/// A tab of the balance page. Each is an address; the view is in the query, and the same for both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BalanceTab {
    /// Debits and deposits.
    #[default]
    Detail,
    /// Expenses on services.
    Expenses,
}

impl BalanceTab {
    /// Both, in their order.
    pub const ALL: [Self; 2] = [Self::Detail, Self::Expenses];

    const fn code(self) -> &'static str {
        match self {
            Self::Detail => "detail",
            Self::Expenses => "expenses",
        }
    }
}

/// A page of the account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// The list of clients; its view is in the query.
    Clients,
    /// What a client has, what moved, and what it was spent on.
    Balance {
        /// PID of the client.
        pid: String,
        /// Which part of it.
        tab: BalanceTab,
    },
    /// *Contact sales*: for everybody, signed in or not.
    Contact,
    /// Where the link of an invitation's letter leads: for everybody. The token is in the fragment.
    Invitation,
    /// Nothing lives here.
    NotFound,
}

impl Page {
    /// The balance of a client, as it opens.
    pub fn balance(pid: impl Into<String>) -> Self {
        Self::Balance { pid: pid.into(), tab: BalanceTab::Detail }
    }

    /// Whether the page is for everybody, signed in or not.
    pub const fn is_public(&self) -> bool {
        matches!(self, Self::Contact | Self::Invitation)
    }
}

/// A parsed address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Language, where the address names one.
    pub locale: Option<Locale>,
    /// Page; `None` for the bare account, which leads to the clients.
    pub page: Option<Page>,
    /// Query string without `?`; each page reads its own.
    pub query: String,
}

impl Location {
    /// Parses path and query (with or without `?`). Slashes at the end make no difference.
    pub fn parse(path: &str, query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query).to_owned();
        let rest = path.strip_prefix(BASE).unwrap_or(path);
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let Some((locale, parts)) = parts.split_first() else {
            return Self { locale: None, page: None, query };
        };
        let locale = Locale::ALL.into_iter().find(|it| it.code() == *locale);
        let page = match (locale, parts) {
            (Some(_), []) => None,
            (Some(_), ["clients"]) => Some(Page::Clients),
            (Some(_), ["contact"]) => Some(Page::Contact),
            (Some(_), ["invitation"]) => Some(Page::Invitation),
            (Some(_), ["clients", pid, "balance"]) => Some(Page::balance(decode(pid))),
            (Some(_), ["clients", pid, "balance", tab]) => {
                let tab = BalanceTab::ALL.into_iter().find(|it| it.code() == *tab);
                Some(tab.map_or(Page::NotFound, |tab| Page::Balance { pid: decode(pid), tab }))
            }
            _ => Some(Page::NotFound),
        };
        Self { locale, page, query }
    }
}

/// Address of a page in a language. `query` is without `?`, empty for none.
pub fn href(locale: Locale, page: &Page, query: &str) -> String {
    let path = match page {
        Page::Clients => "clients/".to_owned(),
        Page::Balance { pid, tab } => format!("clients/{}/balance/{}", encode(pid), tab.code()),
        Page::Contact => "contact".to_owned(),
        Page::Invitation => "invitation".to_owned(),
        Page::NotFound => "not-found".to_owned(),
    };
    let question = if query.is_empty() { "" } else { "?" };
    format!("{BASE}/{}/{path}{question}{query}", locale.code())
}

/// The same page in another language. Unknown pages stay where they are, under the new language.
pub fn in_locale(location: &Location, path: &str, locale: Locale) -> String {
    match &location.page {
        None => href(locale, &Page::Clients, ""),
        Some(Page::NotFound) => {
            let rest = path.strip_prefix(BASE).unwrap_or(path).trim_start_matches('/');
            let rest = match (location.locale, rest.split_once('/')) {
                (Some(_), Some((_, rest))) => rest,
                (Some(_), None) => "",
                (None, _) => rest,
            };
            format!("{BASE}/{}/{rest}", locale.code())
        }
        Some(page) => href(locale, page, &location.query),
    }
}

fn encode(segment: &str) -> String {
    percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn decode(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_and_without_slash() {
        for path in ["/partner/app/ru/clients", "/partner/app/ru/clients/"] {
            let location = Location::parse(path, "?q=a");
            assert_eq!(location, Location { locale: Some(Locale::Ru), page: Some(Page::Clients), query: "q=a".into() });
        }
        assert_eq!(Location::parse("/partner/app/", "").page, None);
        assert_eq!(Location::parse("/partner/app/en", "").page, None);
        assert_eq!(Location::parse("/partner/app/en/nothing", "").page, Some(Page::NotFound));
        assert_eq!(Location::parse("/partner/app/xx/clients", "").page, Some(Page::NotFound));
        for path in ["/partner/app/en/clients/mcs1/balance", "/partner/app/en/clients/mcs1/balance/detail/"] {
            assert_eq!(Location::parse(path, "").page, Some(Page::balance("mcs1")), "{path}");
        }
        assert_eq!(Location::parse("/partner/app/en/clients/mcs1/balance/odd", "").page, Some(Page::NotFound));
    }

    #[test]
    fn an_address_that_is_written_reads_back() {
        let balances = BalanceTab::ALL.map(|tab| Page::Balance { pid: "mcs1 /?".into(), tab });
        for page in [Page::Clients, Page::Contact, Page::Invitation].into_iter().chain(balances) {
            for locale in Locale::ALL {
                let href = href(locale, &page, "");
                let location = Location::parse(&href, "");
                assert_eq!((location.locale, location.page), (Some(locale), Some(page.clone())), "{href}");
            }
        }
    }

    #[test]
    fn another_language_keeps_the_page_and_its_view() {
        let at = |path, locale| in_locale(&Location::parse(path, "q=a"), path, locale);
        assert_eq!(at("/partner/app/en/clients", Locale::Ru), "/partner/app/ru/clients/?q=a");
        assert_eq!(at("/partner/app/en/odd/thing", Locale::Ru), "/partner/app/ru/odd/thing");
    }

    #[test]
    fn the_best_language_is_the_first_one_that_is_spoken() {
        assert_eq!(Locale::best(["de", "ru-RU", "en"]), Locale::Ru);
        assert_eq!(Locale::best(["de"]), Locale::En);
    }
}
