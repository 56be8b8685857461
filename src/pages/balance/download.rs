//! What is on screen as a file, or on paper.

use leptos::prelude::*;
use partner_api::{
    ExportExpenses, ExportMovements,
    ledger::{LedgerFilter, LedgerQuery},
};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::state::BalanceState;
use crate::{
    api::{ApiError, Reply},
    data::load::{Fetch, Newest},
    i18n::format::fill,
    routes::BalanceTab,
    ui::{
        icon::Icon,
        live::{live, live_maybe},
        menu::{Act, MenuButton, MenuItem},
        toast::Toasts,
    },
};

/// A kind of file; its word on the wire is the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Xlsx,
}

impl Format {
    const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The menu of files, how far the last one is, and a retry where it failed.
#[component]
pub fn Download(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let toasts = expect_context::<Toasts>();
    let newest = Newest::new();
    let last = StoredValue::new(Format::Csv);
    let start = Callback::new(move |format: Format| {
        let Ok(filter) = state.filter.get_untracked() else { return };
        let Some(ticket) = newest.begin() else { return };
        last.set_value(format);
        let call = match state.tab.get_untracked() {
            BalanceTab::Detail => state.ask::<ExportMovements>(&query(state, &filter, format)),
            BalanceTab::Expenses => state.ask::<ExportExpenses>(&query(state, &filter, format)),
        };
        let usual_name =
            format!("{}_{}_{}.{}", state.client_name(), filter.period.from, filter.period.to, format.code());
        leptos::task::spawn_local(async move {
            let Some(reply) = newest.send(&ticket, state.session, call.for_file()).await else { return };
            let saved = reply.and_then(Reply::into_file).map(|file| {
                let name = file.disposition.as_deref().and_then(name_in).unwrap_or(usual_name);
                save(&file.content, &name);
                toasts.tell(fill(text.downloaded, &[("file", &name)]));
            });
            newest.end(saved);
        });
    });
    let items = move |()| {
        let is_bad = state.filter.with_untracked(Result::is_err);
        let file = |label: &'static str, format| {
            let run = Act::Run(Callback::new(move |()| start.run(format)));
            MenuItem { reason: is_bad.then(|| text.bad_filter.to_owned()), ..MenuItem::new(label, "file-down", run) }
        };
        let print = Act::Run(Callback::new(|()| _ = window().print()));
        vec![
            file(text.download_xlsx, Format::Xlsx),
            file(text.download_csv, Format::Csv),
            MenuItem::new(text.print, "printer", print),
        ]
    };
    let is_busy = Memo::new(move |_| newest.fetch.with(Fetch::is_under_way));
    let failed = move || match newest.fetch.get() {
        Fetch::Failed(error) => Some(failure(state, &error, Callback::new(move |()| start.run(last.get_value())))),
        _ => None,
    };
    view! {
        <span class="download">
            <MenuButton label=Signal::stored(text.download.to_owned()) items=Callback::new(items)>
                {live(move || if is_busy.get() {
                    view! { <span class="turning"><Icon name="loader" /></span> }.into_any()
                } else {
                    view! { <Icon name="download" /> }.into_any()
                })}
                <span class="download-word">{text.download}</span>
                <Icon name="chevron-down" />
            </MenuButton>
            <span class="visually-hidden" role="status">
                {live_maybe(move || is_busy.get().then(|| text.downloading.to_owned()))}
            </span>
        </span>
        {live(failed)}
    }
}

fn failure(state: BalanceState, error: &ApiError, on_retry: Callback<()>) -> impl IntoView + use<> {
    let i18n = state.i18n;
    view! {
        <div class="notice download-failed" data-kind="danger" role="alert">
            <Icon name="triangle-alert" />
            <div>
                <p>{i18n.ledger().download_failed} " " {i18n.error(error)}</p>
                {i18n.reference(error).map(|line| view! { <p class="notice-reference">{line}</p> })}
                <button type="button" class="link" on:click=move |_| on_retry.run(())>{i18n.text.retry}</button>
            </div>
        </div>
    }
}

/// What is on screen: the same filters, layout and order.
fn query(state: BalanceState, filter: &LedgerFilter, format: Format) -> LedgerQuery {
    let shown = state.query.get_untracked();
    let is_detail = state.tab.get_untracked() == BalanceTab::Detail;
    let mut query = LedgerQuery {
        format: Some(format.code().to_owned()),
        locale: Some(state.i18n.locale.code().to_owned()),
        ..filter.query()
    };
    if is_detail {
        query.view = Some(shown.view.unwrap_or_else(|| "grouped".to_owned()));
    } else {
        query.direction = None;
        query.sort = shown.sort;
    }
    query
}

/// Hands a file to the browser, which saves it.
fn save(content: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(content) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // Not at once: some browsers begin to read it later.
    set_timeout(move || _ = Url::revoke_object_url(&address), std::time::Duration::from_secs(60));
}

/// The name of a file in `Content-Disposition` (RFC 6266): `filename*` before `filename`.
fn name_in(disposition: &str) -> Option<String> {
    let value = |name: &str| {
        disposition.split(';').find_map(|part| {
            let (key, value) = part.trim().split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let encoded = value("filename*").and_then(|value| {
        let (charset, rest) = value.split_once('\'')?;
        let (_, text) = rest.split_once('\'')?;
        let bytes = percent_encoding::percent_decode_str(text);
        bytes.decode_utf8().ok().filter(|_| charset.eq_ignore_ascii_case("utf-8")).map(|name| name.into_owned())
    });
    encoded.or_else(|| value("filename").map(|name| name.trim_matches('"').to_owned())).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_read_as_rfc_6266_says() {
        let name = |disposition| name_in(disposition);
        assert_eq!(name("attachment; filename=\"a.csv\"").as_deref(), Some("a.csv"));
        let both = "attachment; filename=\"____.csv\"; filename*=UTF-8''%D1%8F%D0%BD%D0%B0.csv";
        assert_eq!(name(both).as_deref(), Some("яна.csv"));
        assert_eq!(name("attachment; filename=\"a.csv\"; filename*=odd''x").as_deref(), Some("a.csv"));
        assert_eq!(name("attachment"), None);
        assert_eq!(name("inline; filename=\"\""), None);
    }
}
