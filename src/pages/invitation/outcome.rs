//! The page if there is nothing to accept: the invitation is already accepted, the link does not work, or there is no
//! link.

use leptos::prelude::*;
use partner_api::acceptance::AcceptedInvitation;

use crate::{
    browser::focus,
    i18n::{format::fill, locales::InvitationText, use_i18n},
    session::use_session,
    ui::icon::Icon,
};

/// Puts the name of a company in the quotation marks of the language, unless the name already contains quotation marks.
pub(super) fn quoted(text: &InvitationText, title: &str) -> String {
    if title.contains(['«', '"', '“', '„']) { title.to_owned() } else { fill(text.quoted, &[("title", title)]) }
}

pub(super) fn accepted(accepted: AcceptedInvitation) -> AnyView {
    let text = use_i18n().text.invitation();
    let title = match accepted.partner_title.as_deref() {
        Some(title) => fill(text.accepted_title, &[("partner", &quoted(text, title))]),
        None => text.accepted_title_nameless.to_owned(),
    };
    // Focus the heading, because the accept button, which may have had the focus, is no longer on the page.
    request_animation_frame(focus::heading);
    view! {
        <section class="invitation-card" role="status">
            <span class="empty-icon invitation-icon" data-kind="success"><Icon name="circle-check" /></span>
            <h1 tabindex="-1">{title}</h1>
            <p class="invitation-lead">{text.accepted_lead}</p>
            <dl class="invitation-facts">
                <div><dt>{text.login}</dt><dd><bdi>{accepted.email}</bdi></dd></div>
                <div><dt>{text.project}</dt><dd>{accepted.pid}</dd></div>
            </dl>
            <CloudLink is_primary=true />
        </section>
    }
    .into_any()
}

/// The message for a link that does not work. It does not say which reason applies, because the server does not tell,
/// in case a stranger has found the link.
pub(super) fn refused() -> AnyView {
    let text = use_i18n().text.invitation();
    view! {
        <section class="invitation-card" role="alert">
            <span class="empty-icon invitation-icon"><Icon name="mail-x" /></span>
            <h1 tabindex="-1">{text.refused_title}</h1>
            <p class="invitation-lead">{text.refused_lead}</p>
            <ul class="invitation-points">
                <li><Icon name="mail" /><span>{text.refused_latest}</span></li>
                <li><Icon name="send" /><span>{text.refused_ask}</span></li>
                <li><Icon name="circle-check" /><span>{text.refused_done}</span></li>
            </ul>
            <CloudLink is_primary=false />
        </section>
    }
    .into_any()
}

pub(super) fn no_link() -> AnyView {
    let text = use_i18n().text.invitation();
    view! {
        <section class="invitation-card">
            <span class="empty-icon invitation-icon"><Icon name="mail" /></span>
            <h1 tabindex="-1">{text.no_link_title}</h1>
            <p class="invitation-lead">{text.no_link_lead}</p>
        </section>
    }
    .into_any()
}

/// A link to the sign-in page for clients. Draws nothing if `config.json` does not have the address of that page.
#[component]
fn CloudLink(is_primary: bool) -> impl IntoView {
    let text = use_i18n().text.invitation();
    let url = use_session().config.with_value(|config| config.cloud_url.clone());
    url.map(|url| view! {
        <a class="button" data-mode=is_primary.then_some("primary") data-wide={""} href=url rel="noopener noreferrer">
            {text.to_cloud}
        </a>
    })
}
