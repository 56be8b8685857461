//! *Copy link*: a link to an invitation that the partner hands over by another way than the letter.
//!
//! The token is in the letter alone, so a link is made anew, and the ones before stop working: that is said first.

use leptos::prelude::*;
use partner_api::{
    CreateInvitationLink,
    endpoint::{Empty, InvitationPath},
    invitation::InvitationLink,
};

use super::super::{state::ClientsState, store::RowKey};
use crate::{
    api::ApiError,
    browser::clipboard::copy,
    i18n::{format::fill, use_i18n},
    ui::{
        dialog::Dialog,
        field::Field,
        icon::Icon,
        live::{live, live_true},
        toast::Toasts,
    },
};

/// How far it is.
#[derive(Clone, PartialEq)]
enum Stage {
    /// It is asked, maybe after a try that failed.
    Asking(Option<ApiError>),
    /// The link is being made.
    Making,
    /// Here it is.
    Made(InvitationLink),
}

/// The dialog.
#[component]
pub fn HandOver(
    /// Which invitation.
    key: RowKey,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let text = i18n.text;
    let id = state.store.with_untracked(|store| store.row(key)?.iid().map(str::to_owned))?;
    let path = InvitationPath { pid: state.session.pid(), id };
    let title = fill(text.client_dialogs().link_title, &[("client", &state.label(key))]);
    let stage = RwSignal::new(Stage::Asking(None));
    let close = Callback::new(move |()| state.asked.set(None));
    let is_busy = Signal::derive(move || stage.with(|stage| *stage == Stage::Making));
    let copy_link = move |url: String| {
        leptos::task::spawn_local(async move {
            if copy(&url).await {
                toasts.tell(text.client_dialogs().link_copied)
            } else {
                toasts.fail(text.client_dialogs().link_not_copied)
            }
        });
    };
    let press = move |_| match stage.get_untracked() {
        Stage::Making => {}
        Stage::Made(link) => copy_link(link.url),
        Stage::Asking(_) => {
            stage.set(Stage::Making);
            let path = path.clone();
            leptos::task::spawn_local(async move {
                let made = state.session.call::<CreateInvitationLink>(&path, &Empty {}, &Empty {}, None).await;
                _ = stage.try_set(made.map_or_else(|error| Stage::Asking(Some(error)), Stage::Made));
                // Its letters and its term may have changed.
                state.refresh();
            });
        }
    };
    let body = move || match stage.get() {
        Stage::Made(link) => {
            let until = fill(text.client_dialogs().link_until, &[("moment", &i18n.moment(link.expires_at))]);
            view! {
                <Field id="invitation-link" label=text.client_dialogs().link_label value=RwSignal::new(link.url) problem=Signal::stored(None::<String>) />
                <p class="field-hint">{until}</p>
            }
            .into_any()
        }
        Stage::Asking(Some(error)) => view! {
            <p class="notice" data-kind="danger" role="alert">
                <Icon name="triangle-alert" /><span>{i18n.error(&error)}</span>
            </p>
        }
        .into_any(),
        _ => view! { <p>{text.client_dialogs().link_lead}</p> }.into_any(),
    };
    Some(view! {
        <Dialog title=Signal::stored(title) close_label=i18n.text.common().close on_close=close is_busy=is_busy>
            <div class="dialog-body">
                {live(body)}
                <p class="notice" data-kind="warning"><Icon name="triangle-alert" /><span>{text.client_dialogs().link_warning}</span></p>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-mode="primary" autofocus=true
                    aria-disabled=live_true(move || is_busy.get()) on:click=press>
                    {live(move || match stage.get() {
                        Stage::Asking(_) => text.client_dialogs().link_create,
                        Stage::Making => text.client_dialogs().link_creating,
                        Stage::Made(_) => text.client_dialogs().link_copy,
                    })}
                </button>
                <button type="button" class="button" aria-disabled=live_true(move || is_busy.get())
                    on:click=move |_| if !is_busy.get_untracked() { close.run(()) }>
                    {live(move || if matches!(stage.get(), Stage::Made(_)) { i18n.text.common().close } else { i18n.text.common().cancel })}
                </button>
            </footer>
        </Dialog>
    })
}
