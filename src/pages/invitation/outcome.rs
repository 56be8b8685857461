//! Where nothing is to be confirmed: it was, the link does not work, or there is none.

use leptos::prelude::*;
use partner_api::acceptance::AcceptedInvitation;

use crate::{
    config::InvitationConfig,
    i18n::{
        format::fill,
        locales::{self, InvitationText},
        use_i18n,
    },
    ui::{icon::Icon, live::live},
};

/// The name of a company as a sentence has it: in the language's quotation marks, unless it has some already.
pub(super) fn quoted(text: &InvitationText, title: &str) -> String {
    if title.contains(['«', '"', '“', '„']) { title.to_owned() } else { fill(text.quoted, &[("title", title)]) }
}

/// The invitation was accepted: what is next.
pub(super) fn accepted(accepted: AcceptedInvitation) -> AnyView {
    let text = locales::invitation_of(use_i18n().locale);
    let title = match accepted.partner_title.as_deref() {
        Some(title) => fill(text.accepted_title, &[("partner", &quoted(text, title))]),
        None => text.accepted_title_nameless.to_owned(),
    };
    // What was pressed is gone: reading goes on at the heading.
    request_animation_frame(crate::ui::dialog::focus_heading);
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

/// The link does not work. Why, nobody is told: whoever has it may have found it.
pub(super) fn refused() -> AnyView {
    let text = locales::invitation_of(use_i18n().locale);
    view! {
        <section class="invitation-card" role="alert">
            <span class="empty-icon invitation-icon"><Icon name="mail-x" /></span>
            <h1 tabindex="-1">{text.refused_title}</h1>
            <p class="invitation-lead">{text.refused_lead}</p>
            <ul class="invitation-points">
                <li><Icon name="mail" /><span>{text.refused_newest}</span></li>
                <li><Icon name="send" /><span>{text.refused_ask}</span></li>
                <li><Icon name="circle-check" /><span>{text.refused_done}</span></li>
            </ul>
            <CloudLink is_primary=false />
        </section>
    }
    .into_any()
}

/// Nobody opened a link here.
pub(super) fn no_link() -> AnyView {
    let text = locales::invitation_of(use_i18n().locale);
    view! {
        <section class="invitation-card">
            <span class="empty-icon invitation-icon"><Icon name="mail" /></span>
            <h1 tabindex="-1">{text.no_link_title}</h1>
            <p class="invitation-lead">{text.no_link_lead}</p>
        </section>
    }
    .into_any()
}

/// Where clients sign in, as far as `config.json` says.
#[component]
fn CloudLink(is_primary: bool) -> impl IntoView {
    let text = locales::invitation_of(use_i18n().locale);
    let url = RwSignal::new(None::<String>);
    leptos::task::spawn_local(async move {
        // Where it cannot be read, there is no link.
        if let Ok(config) = InvitationConfig::load().await {
            _ = url.try_set(config.cloud_url);
        }
    });
    live(move || {
        url.get().map(|url| view! {
            <a class="button" data-mode=is_primary.then_some("primary") data-wide={""} href=url rel="noopener noreferrer">
                {text.to_cloud}
            </a>
        })
    })
}
