//! The confirmation after sending, with the number of the request and the next steps. The confirmation survives a
//! reload and a change of the language.

use leptos::prelude::*;
use partner_api::contact::REPLY_HOURS;
use serde::{Deserialize, Serialize};

use crate::{
    browser::{drafts, framed},
    i18n::{format::fill, use_i18n},
    routes::BASE,
    session::use_session,
    ui::icon::Icon,
};

/// Name of the draft that stores the sent request. Signing out deletes all drafts.
const NAME: &str = "contact-sent";

/// The last request that was sent from this tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SentRequest {
    pub(super) reference: String,
    /// The address that receives the confirmation email.
    pub(super) email: String,
}

pub(super) fn load() -> Option<SentRequest> {
    drafts::load(NAME)
}

pub(super) fn save(request: &SentRequest) {
    drafts::save(NAME, request);
}

pub(super) fn delete() {
    drafts::delete(NAME);
}

pub(super) fn view(request: SentRequest, on_again: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    let text = i18n.text.contact();
    let app = format!("{}{BASE}/", window().location().origin().unwrap_or_default());
    let app_link = with_link(text.next_account, app.clone(), Some(app), framed::is_framed());
    let support = {
        let url = use_session().config.with_value(|config| config.support_url.clone());
        let (forms, label) = match url.as_deref().and_then(|url| url.strip_prefix("mailto:")) {
            Some(address) => (&text.next_support_email, address),
            None => (&text.next_support, text.support),
        };
        // Keep the placeholder `{link}` in the text, because `with_link` replaces it.
        let sentence = i18n.count_with(forms, REPLY_HOURS, &[("link", "{link}")]);
        with_link(&sentence, label.to_owned(), url.clone(), false)
    };
    view! {
        <section class="contact-sent">
            <span class="empty-icon contact-sent-icon"><Icon name="send" /></span>
            <h1 tabindex="-1">{text.sent}</h1>
            <dl class="contact-reference">
                <dt>{text.reference}</dt>
                <dd>{request.reference}</dd>
            </dl>
            <p>{fill(text.copy_sent, &[("email", &request.email)])}</p>
            <h2>{text.next}</h2>
            <ol class="contact-next">
                <li>{i18n.count(&text.next_manager, REPLY_HOURS)}</li>
                <li>{app_link}</li>
                <li>{support}</li>
            </ol>
            <button type="button" class="button" on:click=move |_| on_again.run(())>{text.again}</button>
        </section>
    }
    .into_any()
}

/// Replaces `{link}` in the text by a link with this label or, if there is no address, by the label alone.
///
/// If `is_external` is true, the link opens in a new tab, so that the user does not leave the page.
pub(super) fn with_link(text: &str, label: String, href: Option<String>, is_external: bool) -> AnyView {
    let (before, after) = text.split_once("{link}").unwrap_or((text, ""));
    let target = (is_external && href.is_some()).then_some("_blank");
    view! {
        <span>
            {before.to_owned()}
            <a href=href target=target rel=target.map(|_| "noopener noreferrer")>{label}</a>
            {after.to_owned()}
        </span>
    }
    .into_any()
}
