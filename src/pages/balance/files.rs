//! The menu for the report on screen: it downloads the report as a file or prints it.

use leptos::prelude::*;
use partner_api::{
    ExportExpenses, ExportMovements,
    ledger::{LedgerFilter, LedgerQuery},
};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::state::BalanceState;
use crate::{
    data::{
        error_notice::ErrorNotice,
        request::{LatestRequest, RequestState},
    },
    i18n::format::fill,
    routes::BalanceTab,
    ui::{
        icon::Icon,
        menu::{Act, MenuButton, MenuItem},
        toast::Toasts,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Xlsx,
}

impl Format {
    /// The value of the query parameter `format`. It is also the extension of the file name.
    const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

#[component]
pub fn FilesMenu(state: BalanceState) -> impl IntoView {
    let text = state.text();
    let toasts = expect_context::<Toasts>();
    let request = LatestRequest::new(state.session());
    let last_format = StoredValue::new(Format::Csv);
    let download = Callback::new(move |format: Format| {
        let Ok(filter) = state.address().filter().get_untracked() else { return };
        last_format.set_value(format);
        let query = file_query(state, &filter, format);
        let call = match untrack(|| state.address().tab()) {
            BalanceTab::Detail => state.ledger_call::<ExportMovements>(&query),
            BalanceTab::Expenses => state.ledger_call::<ExportExpenses>(&query),
        };
        let client = untrack(|| state.client_name());
        let default_name = format!("{client}_{}_{}.{}", filter.period.from, filter.period.to, format.code());
        request.send(call.for_file(), move |reply| {
            let file = reply.into_file()?;
            let name = file.disposition.as_deref().and_then(file_name).unwrap_or(default_name);
            save(&file.content, &name);
            toasts.success(fill(text.downloaded, &[("file", &name)]));
            Ok(())
        });
    });
    let items = move |()| {
        let is_invalid = state.address().filter().with_untracked(Result::is_err);
        let file = |label: &'static str, format| {
            let run = Act::Run(Callback::new(move |()| download.run(format)));
            let reason = is_invalid.then(|| text.bad_filter.to_owned());
            MenuItem { reason, ..MenuItem::new(label, "file-down", run) }
        };
        let print = Act::Run(Callback::new(|()| _ = window().print()));
        vec![
            file(text.download_xlsx, Format::Xlsx),
            file(text.download_csv, Format::Csv),
            MenuItem::new(text.print, "printer", print),
        ]
    };
    let is_loading = Memo::new(move |_| request.state().with(RequestState::is_loading));
    let failure = move || {
        let error = request.state().with(|state| state.error().cloned())?;
        let on_retry = Callback::new(move |()| download.run(last_format.get_value()));
        Some(view! {
            <div class="download-failed"><ErrorNotice error lead=text.download_failed on_retry /></div>
        })
    };
    view! {
        <span class="download">
            <MenuButton label=Signal::stored(text.download.to_owned()) items=Callback::new(items)>
                {move || if is_loading.get() {
                    view! { <span class="turning"><Icon name="loader" /></span> }.into_any()
                } else {
                    view! { <Icon name="download" /> }.into_any()
                }}
                <span class="download-word">{text.download}</span>
                <Icon name="chevron-down" />
            </MenuButton>
            <span class="visually-hidden" role="status">{move || is_loading.get().then_some(text.downloading)}</span>
        </span>
        {failure}
    }
}

/// The query for a file with the same filters, layout and order as the report on screen.
fn file_query(state: BalanceState, filter: &LedgerFilter, format: Format) -> LedgerQuery {
    let shown = state.address().query().get_untracked();
    let mut query = LedgerQuery {
        format: Some(format.code().to_owned()),
        locale: Some(state.i18n().locale.code().to_owned()),
        ..filter.query()
    };
    if untrack(|| state.address().is_detail()) {
        query.view = Some(shown.view.unwrap_or_else(|| "grouped".to_owned()));
    } else {
        query.direction = None;
        query.sort = shown.sort;
    }
    query
}

/// Starts a download of the content under this file name.
fn save(content: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(content) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // Keep the URL for a minute, because some browsers read it after `click` has returned.
    set_timeout(move || _ = Url::revoke_object_url(&url), std::time::Duration::from_secs(60));
}

/// Reads the file name of `Content-Disposition` (RFC 6266): `filename*` takes precedence over `filename`.
fn file_name(disposition: &str) -> Option<String> {
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
    fn file_names_are_read_by_rfc_6266() {
        assert_eq!(file_name("attachment; filename=\"a.csv\"").as_deref(), Some("a.csv"));
        let both = "attachment; filename=\"____.csv\"; filename*=UTF-8''%D1%8F%D0%BD%D0%B0.csv";
        assert_eq!(file_name(both).as_deref(), Some("яна.csv"));
        assert_eq!(file_name("attachment; filename=\"a.csv\"; filename*=odd''x").as_deref(), Some("a.csv"));
        assert_eq!(file_name("attachment"), None);
        assert_eq!(file_name("inline; filename=\"\""), None);
    }
}
