//! After sending: the number of the request, and what happens next. It stays through a reload and another language.

use leptos::prelude::*;
use partner_api::contact::REPLY_HOURS;
use serde::{Deserialize, Serialize};

use crate::{
    browser::{drafts, framed},
    config::ContactConfig,
    i18n::{format::fill, locales, use_i18n},
    routes::BASE,
    ui::{icon::Icon, live::live},
};

/// Name under which it is kept, beside the drafts: signing out forgets both.
const KEPT: &str = "contact-sent";

/// A request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SentRequest {
    /// Its number.
    pub(super) reference: String,
    /// Where the letter went.
    pub(super) email: String,
}

/// The one that was sent from this tab.
pub(super) fn load() -> Option<SentRequest> {
    drafts::load(KEPT)
}

/// Keeps it.
pub(super) fn keep(request: &SentRequest) {
    drafts::save(KEPT, request);
}

/// Forgets it.
pub(super) fn forget() {
    drafts::clear(KEPT);
}

/// What happens next.
pub(super) fn view(request: SentRequest, config: RwSignal<Option<ContactConfig>>, on_again: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    let text = locales::contact_of(i18n.locale);
    let hours = i18n.number(REPLY_HOURS);
    let account = format!("{}{BASE}/", window().location().origin().unwrap_or_default());
    let account_link = with_link(text.next_account, account.clone(), Some(account), framed::is_framed());
    // The place of the link stays open.
    let support_words = fill(text.next_support, &[("hours", &hours), ("link", "{link}")]);
    let support = move || {
        let url = config.get()?.support_url;
        let address = url.as_deref().and_then(|url| url.strip_prefix("mailto:")).unwrap_or(text.support);
        Some(with_link(&support_words, address.to_owned(), url.clone(), false))
    };
    view! {
        <section class="contact-sent">
            <span class="empty-icon contact-sent-icon"><Icon name="send" /></span>
            <h1 tabindex="-1">{text.sent}</h1>
            <dl class="contact-reference">
                <dt>{text.reference}</dt>
                <dd>{request.reference}</dd>
            </dl>
            <p>{fill(text.letter, &[("email", &request.email)])}</p>
            <h2>{text.next}</h2>
            <ol class="contact-next">
                <li>{fill(text.next_manager, &[("hours", &hours)])}</li>
                <li>{account_link}</li>
                <li>{live(support)}</li>
            </ol>
            <button type="button" class="button" on:click=move |_| on_again.run(())>{text.again}</button>
        </section>
    }
    .into_any()
}

/// The text, with a link in the place of its `{link}`; in a tab of its own where it leaves the page. Without an
/// address, the label is plain text.
pub(super) fn with_link(text: &str, label: String, href: Option<String>, is_apart: bool) -> AnyView {
    let (before, after) = text.split_once("{link}").unwrap_or((text, ""));
    let target = (is_apart && href.is_some()).then_some("_blank");
    view! {
        <span>
            {before.to_owned()}
            <a href=href target=target rel=target.map(|_| "noopener noreferrer")>{label}</a>
            {after.to_owned()}
        </span>
    }
    .into_any()
}
