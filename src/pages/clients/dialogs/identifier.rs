//! *Identifier*: edits the partner's own number for a client. If two users change the same identifier at the same time,
//! the second user sees the identifier of the first user and can decide whether to overwrite it.

use leptos::{ev, prelude::*};
use partner_api::{
    GetClient, SetClientIdentifier,
    client::ClientIdentifier,
    endpoint::{ClientPath, Empty},
    form::parse_text,
};

use super::super::{state::ClientsState, store::RowKey};
use crate::{
    api::{ApiError, ErrorKind},
    browser::focus,
    data::error_notice::ErrorNotice,
    i18n::{format::fill, use_i18n},
    ui::{dialog::Dialog, forms::field::Field, icon::Icon, toast::Toasts},
};

const FIELD: &str = "edit-identifier";

/// The reason why the identifier was not saved.
#[derive(Clone)]
enum SaveError {
    /// Another user has changed the identifier to this value in the meantime; empty if that user has removed it.
    Changed(String),
    Failed(ApiError),
}

#[component]
pub fn EditIdentifier(key: RowKey) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let (text, common, forms) = (i18n.text.client_dialogs(), i18n.text.common(), i18n.text.forms());
    let (pid, saved) =
        state.with_row(key, |row| Some((row.pid()?.to_owned(), row.identifier().unwrap_or_default().to_owned())))?;
    let session = state.session();
    let path = ClientPath { pid: session.pid(), client_pid: pid };
    let title = fill(text.identifier_title, &[("client", &state.label(key))]);
    let value = RwSignal::new(saved.clone());
    // The identifier that the user last saw. The server saves a new identifier only if this one is still current.
    let previous = StoredValue::new(saved);
    let problem = RwSignal::new(None);
    let error = RwSignal::new(None::<SaveError>);
    let is_busy = RwSignal::new(false);

    let close = Callback::new(move |()| state.close_dialog());
    let changed_message = move |current: &str| match current {
        "" => text.identifier_removed.to_owned(),
        current => fill(text.identifier_changed, &[("identifier", current)]),
    };
    // If the outcome is unknown, say that the user can retry. A retry is safe, because it sets the same identifier.
    let hint_of = move |error: &ApiError| error.kind.is_unknown_outcome().then_some(i18n.text.errors().unknown_outcome);
    let show_error = {
        let title = title.clone();
        move |why| {
            // If the dialog is closed, show the error in a toast, because the user may be on another page.
            if let Some(why) = error.try_set(Some(why)).flatten() {
                let message = match why {
                    SaveError::Changed(current) => changed_message(&current),
                    SaveError::Failed(error) => [&i18n.error(&error), hint_of(&error).unwrap_or_default()].join(" "),
                };
                toasts.failure([&title, ": ", message.trim_end()].concat());
            }
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        error.set(None);
        let client_id = match parse_text(&value.get_untracked()) {
            Ok(identifier) => identifier.unwrap_or_default(),
            Err(error) => {
                problem.set(Some(i18n.field_error(error, "", forms.problem_other)));
                return focus::by_id(FIELD);
            }
        };
        problem.set(None);
        is_busy.set(true);
        let (path, show_error) = (path.clone(), show_error.clone());
        leptos::task::spawn_local(async move {
            let body = ClientIdentifier { client_id, previous_client_id: Some(previous.get_value()) };
            match session.call::<SetClientIdentifier>(&path, &Empty {}, &body, None).await {
                Ok(client) => {
                    state.change(|store| store.upsert_client(&client));
                    state.close_dialog();
                    toasts.success(text.identifier_saved.to_owned());
                }
                Err(ApiError { kind: ErrorKind::Conflict, .. }) => {
                    match session.get::<GetClient>(&path, &Empty {}).await {
                        Ok(client) => {
                            state.change(|store| store.upsert_client(&client));
                            let current = client.attr.client_id.unwrap_or_default();
                            _ = previous.try_set_value(current.clone());
                            show_error(SaveError::Changed(current));
                        }
                        Err(error) => show_error(SaveError::Failed(error)),
                    }
                }
                Err(error) => show_error(SaveError::Failed(error)),
            }
            _ = is_busy.try_set(false);
        });
    };
    let error_notice = move || {
        error.get().map(|error| match error {
            SaveError::Changed(current) => view! {
                <p class="notice" data-kind="warning" role="alert">
                    <Icon name="triangle-alert" /><span>{changed_message(&current)}</span>
                </p>
            }
            .into_any(),
            SaveError::Failed(error) => view! { <ErrorNotice hint=hint_of(&error) error /> }.into_any(),
        })
    };
    Some(view! {
        <Dialog title=Signal::stored(title) close_label=common.close on_close=close is_busy=is_busy>
            <form class="form" novalidate autocomplete="off" on:submit=on_submit>
                <div class="dialog-body">
                    {error_notice}
                    <Field
                        id=FIELD
                        label=forms.identifier
                        value
                        optional=common.optional
                        hint=i18n.text.add().identifier_hint
                        is_first=true
                        problem
                    />
                </div>
                <footer class="dialog-foot">
                    <button type="submit" class="button" data-mode="primary"
                        aria-disabled=move || is_busy.get().then_some("true")>
                        {move || if is_busy.get() { text.saving } else { text.save }}
                    </button>
                    <button type="button" class="button" aria-disabled=move || is_busy.get().then_some("true")
                        on:click=move |_| if !is_busy.get_untracked() { close.run(()) }>
                        {common.cancel}
                    </button>
                </footer>
            </form>
        </Dialog>
    })
}
