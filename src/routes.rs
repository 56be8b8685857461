//! Addresses of the app as types: the paths of the routes, links to pages, and the parameters that a page reads from
//! its address.
//!
//! No other module contains the path of a page.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions, ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch, StaticSegment,
    hooks::{use_location, use_matched, use_navigate},
    params::Params,
};

pub use crate::i18n::locales::Locale;

/// Path of the app on its host.
pub const BASE: &str = "/partner/app";

/// Path of an address that names only a language. The app redirects it to the clients page.
pub const LOCALE: (OneOf, ()) = (OneOf("locale", is_locale), ());
pub const CLIENTS: (OneOf, FixedSegment) = (LOCALE.0, StaticSegment("clients"));
/// Path of the balance page; [`BalanceParams`] are its parameters.
pub const BALANCE: (OneOf, FixedSegment, ParamSegment, FixedSegment, OneOf) =
    (LOCALE.0, CLIENTS.1, ParamSegment("pid"), StaticSegment("balance"), OneOf("tab", is_balance_tab));
pub const CONTACT: (OneOf, FixedSegment) = (LOCALE.0, StaticSegment("contact"));
pub const INVITATION: (OneOf, FixedSegment) = (LOCALE.0, StaticSegment("invitation"));

type FixedSegment = StaticSegment<&'static str>;

/// A segment of a path that may have only certain values: the name of the parameter, and a test of its value. A value
/// that fails the test leads to the page *not found*.
#[derive(Clone, Copy, Debug)]
pub struct OneOf(&'static str, fn(&str) -> bool);

impl PossibleRouteMatch for OneOf {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let Self(name, is_valid) = self;
        match ParamSegment(name).test(path) {
            Some(found) => is_valid(found.matched().trim_start_matches('/')).then_some(found),
            // A missing segment counts as an empty value, so that the last parameter of a path can be optional.
            None => is_valid("").then(|| PartialPathMatch::new(path, Vec::new(), "")),
        }
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.push(PathSegment::Param(self.0.into()));
    }
}

fn is_locale(code: &str) -> bool {
    Locale::ALL.into_iter().any(|locale| locale.code() == code)
}

fn is_balance_tab(code: &str) -> bool {
    code.is_empty() || code.parse::<BalanceTab>().is_ok()
}

impl Locale {
    /// Returns the language that a path below [`BASE`] starts with.
    pub fn of_path(path: &str) -> Option<Self> {
        let code = path.strip_prefix(BASE)?.split('/').nth(1)?;
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }
}

/// A tab of the balance page. Both tabs use the same query, so that the filters stay when the tab changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BalanceTab {
    /// The debits and deposits of a client.
    #[default]
    Detail,
    /// The expenses of a client by service.
    Expenses,
}

impl BalanceTab {
    /// Both tabs, in the order in which the page shows them.
    pub const ALL: [Self; 2] = [Self::Detail, Self::Expenses];

    const fn code(self) -> &'static str {
        match self {
            Self::Detail => "detail",
            Self::Expenses => "expenses",
        }
    }
}

impl std::str::FromStr for BalanceTab {
    type Err = std::fmt::Error;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|tab| tab.code() == code).ok_or(std::fmt::Error)
    }
}

/// Parameters in the path of the balance page.
#[derive(Clone, Debug, PartialEq, Eq, Params)]
pub struct BalanceParams {
    pub pid: String,
    /// The open tab. It is missing if the address ends after `balance`.
    pub tab: Option<BalanceTab>,
}

/// A page that links lead to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    Clients,
    /// Balance, movements and expenses of a client.
    Balance {
        pid: String,
        tab: BalanceTab,
    },
    Contact,
    /// The page that an invited client opens. The link in the email contains the token in its fragment.
    Invitation,
}

impl Page {
    /// Returns the balance page of a client with its first tab open.
    pub fn balance(pid: impl Into<String>) -> Self {
        Self::Balance { pid: pid.into(), tab: BalanceTab::Detail }
    }
}

/// Returns the address of a page in a language. `query` has no `?`, and is empty if there is no query.
pub fn href(locale: Locale, page: &Page, query: &str) -> String {
    let path = match page {
        Page::Clients => "clients/".to_owned(),
        Page::Balance { pid, tab } => format!("clients/{}/balance/{}", encode(pid), tab.code()),
        Page::Contact => "contact".to_owned(),
        Page::Invitation => "invitation".to_owned(),
    };
    with_query(format!("{BASE}/{}/{path}", locale.code()), query)
}

/// Returns the address of the same page, with the same query, in another language.
pub fn in_locale(path: &str, query: &str, locale: Locale) -> String {
    let rest = path.strip_prefix(BASE).unwrap_or(path);
    let rest = match Locale::of_path(path) {
        Some(current) => rest.trim_start_matches('/').strip_prefix(current.code()).unwrap_or_default(),
        None => rest,
    };
    with_query(format!("{BASE}/{}/{}", locale.code(), rest.trim_start_matches('/')), query)
}

pub(crate) fn with_query(path: String, query: &str) -> String {
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

fn encode(segment: &str) -> String {
    percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC).to_string()
}

type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

/// Changes the page by code, for example after a click. Where possible, use a plain `<a href>` instead.
#[derive(Clone, Copy)]
pub struct Navigation(StoredValue<Navigate, LocalStorage>);

impl Navigation {
    /// Makes the navigation of the app. Call this function inside `<Router>`.
    pub fn new() -> Self {
        Self(StoredValue::new_local(Rc::new(use_navigate())))
    }

    /// Opens an address of the app at the top of its page, and adds a history entry.
    pub fn go(self, href: &str) {
        self.navigate(href, NavigateOptions { resolve: false, ..NavigateOptions::default() });
    }

    /// Changes the address without a new history entry and without scrolling.
    pub fn replace(self, href: &str) {
        let options = NavigateOptions { resolve: false, replace: true, scroll: false, ..NavigateOptions::default() };
        self.navigate(href, options);
    }

    fn navigate(self, href: &str, options: NavigateOptions) {
        if let Some(navigate) = self.0.try_get_value() {
            navigate(href, options);
        }
    }
}

impl Default for Navigation {
    fn default() -> Self {
        Self::new()
    }
}

pub fn use_navigation() -> Navigation {
    expect_context()
}

/// Returns the query of the page's address, without `?`.
///
/// `use_query_map` decodes values twice, and `use_url` misses a change of the query that comes with another parameter
/// (`docs/decisions/router.md`), so this function reads `use_location`. During a change of the page, `use_location`
/// shows the query of the next page a moment before this page is gone, so this function ignores queries of other paths.
pub fn use_search() -> Memo<String> {
    let (location, matched) = (use_location(), use_matched());
    Memo::new(move |previous: Option<&String>| {
        let path = location.pathname.get();
        let is_own = path
            .strip_prefix(BASE)
            .is_some_and(|path| path.trim_end_matches('/') == matched.get().trim_end_matches('/'));
        if is_own { location.search.get() } else { previous.cloned().unwrap_or_default() }
    })
}

/// Returns the page's address with its origin. Do not read the address bar instead: while a page is being built, it may
/// still show the previous address.
pub fn current_url() -> String {
    let location = use_location();
    let origin = window().location().origin().unwrap_or_default();
    let path = format!("{origin}{}", location.pathname.get_untracked());
    with_query(path, &location.search.get_untracked())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the page at an address, found by the router's own matching.
    fn page_at(href: &str) -> Option<(Locale, Page)> {
        let path = href.strip_prefix(BASE)?;
        let params = |route: &dyn PossibleRouteMatch| {
            let found = route.test(path).filter(PartialPathMatch::is_complete)?;
            Some(
                found.params().into_iter().map(|(name, value)| (name.into_owned(), decode(&value))).collect::<Vec<_>>(),
            )
        };
        let locale = Locale::of_path(href)?;
        if let Some(params) = params(&BALANCE) {
            let value = |name: &str| params.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            let tab = value("tab").map(|code| code.parse().expect("a tab")).unwrap_or_default();
            return Some((locale, Page::Balance { pid: value("pid")?, tab }));
        }
        let pages: [(&dyn PossibleRouteMatch, _); 3] =
            [(&CLIENTS, Page::Clients), (&CONTACT, Page::Contact), (&INVITATION, Page::Invitation)];
        pages.into_iter().find(|(route, _)| params(*route).is_some()).map(|(_, page)| (locale, page))
    }

    fn decode(segment: &str) -> String {
        percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
    }

    #[test]
    fn every_address_that_is_written_reads_back() {
        let balances = BalanceTab::ALL.map(|tab| Page::Balance { pid: "mcs1 /?".into(), tab });
        for page in [Page::Clients, Page::Contact, Page::Invitation].into_iter().chain(balances) {
            for locale in Locale::ALL {
                let href = href(locale, &page, "");
                assert_eq!(page_at(&href), Some((locale, page.clone())), "{href}");
            }
        }
    }

    #[test]
    fn a_slash_at_the_end_makes_no_difference() {
        for path in ["/partner/app/ru/clients", "/partner/app/ru/clients/"] {
            assert_eq!(page_at(path), Some((Locale::Ru, Page::Clients)), "{path}");
        }
        for tab in ["", "/", "/detail", "/detail/"] {
            let path = format!("/partner/app/en/clients/mcs1/balance{tab}");
            assert_eq!(page_at(&path), Some((Locale::En, Page::balance("mcs1"))), "{path}");
        }
    }

    #[test]
    fn an_unknown_address_has_no_page() {
        for path in ["/xx/clients", "/en/nothing", "/en/clients/mcs1", "/en/clients/mcs1/balance/odd", "/en", "/", ""] {
            assert_eq!(page_at(&format!("{BASE}{path}")), None, "{path}");
        }
        assert_eq!(Locale::of_path("/partner/app/xx/clients"), None);
    }

    #[test]
    fn an_address_without_a_page_may_name_a_language() {
        for (path, expected) in [("/en", true), ("/en/", true), ("/xx", false), ("/en/clients", false), ("/", false)] {
            let is_match = LOCALE.test(path).is_some_and(|found| found.is_complete());
            assert_eq!(is_match, expected, "{path}");
        }
    }

    #[test]
    fn another_language_keeps_page_and_query() {
        assert_eq!(in_locale("/partner/app/en/clients", "q=a", Locale::Ru), "/partner/app/ru/clients?q=a");
        assert_eq!(in_locale("/partner/app/en/odd/thing", "", Locale::Ru), "/partner/app/ru/odd/thing");
        assert_eq!(in_locale("/partner/app/xx/thing", "", Locale::Ru), "/partner/app/ru/xx/thing");
    }
}
