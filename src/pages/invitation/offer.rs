//! The invitation before it is accepted: who invites whom, the consequences, the expiry date, and the accept button.

use leptos::prelude::*;
use partner_api::acceptance::InvitationOffer;

use super::outcome::quoted;
use crate::{
    api::ApiError,
    data::error_notice::ErrorNotice,
    i18n::{format::fill, use_i18n},
    ui::icon::Icon,
};

/// Draws an invitation. `is_busy` is true during the request that accepts the invitation; `failure` holds its error.
pub(super) fn view(
    offer: InvitationOffer,
    is_busy: Signal<bool>,
    failure: Signal<Option<ApiError>>,
    on_confirm: Callback<()>,
) -> AnyView {
    let i18n = use_i18n();
    let text = i18n.text.invitation();
    let partner = offer.partner_title.as_deref().map(|title| quoted(text, title));
    let title = match &partner {
        Some(partner) => fill(text.offer_title, &[("partner", partner)]),
        None => text.offer_title_nameless.to_owned(),
    };
    let joining = match &partner {
        Some(partner) => fill(text.means_joining, &[("partner", partner)]),
        None => text.means_joining_nameless.to_owned(),
    };
    let until = fill(text.moscow, &[("moment", &i18n.moment(offer.expires_at))]);
    let local = i18n.local(offer.expires_at);
    let inviter = offer.initiator.map(|initiator| {
        view! {
            <div><dt>{text.inviter}</dt><dd><bdi>{initiator}</bdi></dd></div>
        }
    });
    let failed = move || {
        failure.get().map(|error| {
            let unknown = error.kind.is_unknown_outcome().then_some(i18n.text.errors().unknown_outcome);
            view! { <ErrorNotice error hint=unknown /> }
        })
    };
    let confirm = move |_| {
        if !is_busy.get_untracked() {
            on_confirm.run(());
        }
    };
    view! {
        <section class="invitation-card">
            <span class="empty-icon invitation-icon"><Icon name="mail" /></span>
            <h1 tabindex="-1">{title}</h1>
            <dl class="invitation-facts">
                {inviter}
                <div><dt>{text.invited}</dt><dd><bdi>{offer.email}</bdi></dd></div>
                <div><dt>{text.until}</dt><dd title=local>{until}</dd></div>
            </dl>
            <h2>{text.means}</h2>
            <ul class="invitation-points">
                <li><Icon name="check" /><span>{joining}</span></li>
                <li><Icon name="check" /><span>{text.means_paying}</span></li>
                <li><Icon name="check" /><span>{text.means_seeing}</span></li>
            </ul>
            {failed}
            <button type="button" class="button invitation-confirm" data-mode="primary" data-wide
                aria-disabled=move || is_busy.get().then_some("true") on:click=confirm>
                {move || if is_busy.get() { text.confirming } else { text.confirm }}
            </button>
            <p class="invitation-note">{text.mistake}</p>
        </section>
    }
    .into_any()
}
