//! *Copy link*: creates a link to an invitation, so that partners can send the link to the client themselves.
//!
//! The API cannot return the link that was in the email. It can only create a new link, which invalidates all earlier
//! links, so the dialog warns the user first.

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
    data::error_notice::ErrorNotice,
    i18n::{format::fill, use_i18n},
    ui::{dialog::Dialog, forms::field::Field, icon::Icon, toast::Toasts},
};

#[derive(Clone, PartialEq)]
enum Stage {
    /// Waits for the user to confirm. Has the error of the last attempt if that attempt failed.
    Asking(Option<ApiError>),
    Creating,
    Created(InvitationLink),
}

#[component]
pub fn HandOver(key: RowKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let (text, common) = (i18n.text.client_dialogs(), i18n.text.common());
    let id = state.with_row(key, |row| row.iid().map(str::to_owned))?;
    let path = InvitationPath { pid: state.session().pid(), id };
    let stage = RwSignal::new(Stage::Asking(None));
    let is_busy = Signal::derive(move || stage.with(|stage| *stage == Stage::Creating));

    let close = Callback::new(move |()| state.close_dialog());
    let copy_link = move |url: String| {
        leptos::task::spawn_local(async move {
            if copy(&url).await { toasts.success(text.link_copied) } else { toasts.failure(text.link_not_copied) }
        });
    };
    let on_submit = move |_| match stage.get_untracked() {
        Stage::Creating => {}
        Stage::Created(link) => copy_link(link.url),
        Stage::Asking(_) => {
            stage.set(Stage::Creating);
            let path = path.clone();
            leptos::task::spawn_local(async move {
                let link = state.session().call::<CreateInvitationLink>(&path, &Empty {}, &Empty {}, None).await;
                _ = stage.try_set(link.map_or_else(|error| Stage::Asking(Some(error)), Stage::Created));
                // Load the list again, because a new link can change the expiry date of the invitation.
                state.refresh();
            });
        }
    };
    let body = move || match stage.get() {
        Stage::Created(link) => {
            let until = fill(text.link_until, &[("moment", &i18n.moment(link.expires_at))]);
            view! {
                <Field id="invitation-link" label=text.link_label value=RwSignal::new(link.url)
                    problem=Signal::stored(None::<String>) />
                <p class="field-hint">{until}</p>
            }
            .into_any()
        }
        Stage::Asking(Some(error)) => view! { <ErrorNotice error /> }.into_any(),
        _ => view! { <p>{text.link_lead}</p> }.into_any(),
    };
    let title = fill(text.link_title, &[("client", &state.label(key))]);
    Some(view! {
        <Dialog title=Signal::stored(title) close_label=common.close on_close=close is_busy=is_busy>
            <div class="dialog-body">
                {body}
                <p class="notice" data-kind="warning"><Icon name="triangle-alert" /><span>{text.link_warning}</span></p>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-mode="primary" autofocus=true
                    aria-disabled=move || is_busy.get().then_some("true") on:click=on_submit>
                    {move || match stage.get() {
                        Stage::Asking(_) => text.link_create,
                        Stage::Creating => text.link_creating,
                        Stage::Created(_) => text.link_copy,
                    }}
                </button>
                <button type="button" class="button" aria-disabled=move || is_busy.get().then_some("true")
                    on:click=move |_| if !is_busy.get_untracked() { close.run(()) }>
                    {move || if matches!(stage.get(), Stage::Created(_)) { common.close } else { common.cancel }}
                </button>
            </footer>
        </Dialog>
    })
}
