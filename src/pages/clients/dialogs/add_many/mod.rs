//! *Add many*: the user pastes lines or chooses a file, sees the result of each line, and invites the clients on valid
//! lines. Sent lines disappear from the text field. All other lines stay there, so that the user can fix them.

mod file;
mod lines;
mod validation;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use self::validation::{Attempts, ValidatedLine, rejection, results};
use super::{
    super::state::ClientsState,
    new_client::{InviteError, invite},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::{drafts, focus},
    data::views::UnknownOutcomeNotice,
    i18n::use_i18n,
    session::new_key,
    ui::{dialog::Dialog, forms::text_area::TextArea, icon::Icon, toast::Toasts},
};

const DRAFT: &str = "add-many";
const FIELD: &str = "add-many";

/// Progress while lines are being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    done: usize,
    total: usize,
}

#[component]
pub fn AddMany() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let (text, common, bulk) = (i18n.text.add(), i18n.text.common(), i18n.text.bulk());
    let typed = RwSignal::new(drafts::load::<String>(DRAFT).unwrap_or_default());
    Effect::new(move |_| typed.with(|typed| drafts::save(DRAFT, typed)));

    let attempts = RwSignal::new(Attempts::default());
    let parsed = Memo::new(move |_| typed.with(|typed| lines::parse(typed)));
    let validated = Memo::new(move |_| {
        let source = typed.get();
        // Validate the lines again when the client list changes, because a line may have become a duplicate.
        state.store().track();
        attempts.with(|attempts| {
            let validate = |line: &_| ValidatedLine::new(state, i18n, attempts, &source, line);
            parsed.with(|(lines, _)| lines.iter().map(validate).collect::<Vec<_>>())
        })
    });
    let valid_count = Memo::new(move |_| validated.with(|all| all.iter().filter(|it| it.client().is_some()).count()));
    let invalid_count = move || validated.with(Vec::len) - valid_count.get();

    let progress = RwSignal::new(None::<Progress>);
    let is_busy = Signal::derive(move || progress.with(Option::is_some));
    let is_stopped = StoredValue::new(false);
    // A message for screen readers, which otherwise do not notice that sent lines have disappeared from the text.
    let sent_message = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| {
        typed.track();
        problem.set(None);
    });

    let close = Callback::new(move |()| state.close_dialog());
    let send = move || async move {
        let source = typed.get_untracked();
        let pending: Vec<_> = validated.with_untracked(|validated| {
            validated.iter().filter_map(|it| Some((it.line.range.clone(), it.client()?.clone()))).collect()
        });
        let (total, mut sent) = (pending.len(), Vec::new());
        for (done, (range, client)) in pending.into_iter().enumerate() {
            if is_stopped.try_get_value().unwrap_or(true) {
                break;
            }
            _ = progress.try_set(Some(Progress { done, total }));
            let line = source[range.clone()].trim();
            let key = attempts.try_with_untracked(|attempts| attempts.unknown.get(line).cloned()).flatten();
            let key = key.unwrap_or_else(new_key);
            match invite(state, client, &key).await {
                Ok(()) => sent.push(range),
                Err(ApiError { kind: ErrorKind::Invalid(problems), .. }) => {
                    let reason = rejection(i18n, &problems);
                    _ = attempts.try_update(|attempts| attempts.rejected.insert(line.to_owned(), reason));
                }
                // Stop at any other error. Such an error does not depend on the line, so the next line would probably
                // fail, too.
                Err(error) => {
                    _ = attempts.try_update(|attempts| attempts.unknown.insert(line.to_owned(), key));
                    _ = failure.try_set(Some(error));
                    break;
                }
            }
        }
        let is_all = sent.len() == total;
        let rest = lines::remove(&source, &sent);
        let message = i18n.count(&text.many_done, sent.len());
        // Store the unsent lines. If the user has left the page, the dialog shows these lines when it is opened again.
        drafts::save(DRAFT, &rest);
        let has_left = progress.try_set(None).is_some();
        if has_left {
            toasts.success(message);
        } else if is_all && lines::parse(&rest).0.is_empty() {
            typed.set(String::new());
            close.run(());
            toasts.success(message);
        } else {
            typed.set(rest);
            sent_message.set((!sent.is_empty()).then_some(message));
            focus::by_id(FIELD);
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        sent_message.set(None);
        failure.set(None);
        // Forget earlier rejections, so that rejected lines are sent again. The server may accept a line now.
        attempts.update(|attempts| attempts.rejected.clear());
        if valid_count.get_untracked() == 0 {
            let is_empty = validated.with_untracked(Vec::is_empty);
            problem.set(Some(if is_empty { text.many_empty } else { text.many_none_ready }.to_owned()));
            return focus::by_id(FIELD);
        }
        is_stopped.set_value(false);
        leptos::task::spawn_local(send());
    };

    let read_file = move |chosen: Option<web_sys::File>| {
        let Some(chosen) = chosen else { return };
        leptos::task::spawn_local(async move {
            match file::text_of(&chosen).await {
                Some(content) => typed.update(|typed| file::append(typed, &content)),
                None => problem.set(Some(text.many_file_failed.to_owned())),
            }
        });
    };
    let on_choose = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            read_file(input.files().and_then(|files| files.get(0)));
            // Reset the input, because otherwise choosing the same file again would not fire a `change` event.
            input.set_value("");
        }
    };
    let on_drop = move |event: ev::DragEvent| {
        event.prevent_default();
        if !is_busy.get_untracked() {
            read_file(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
        }
    };
    view! {
        <Dialog title=Signal::stored(text.many_title.to_owned()) close_label=common.close on_close=close is_busy>
            <form class="form" novalidate autocomplete="off" on:submit=on_submit on:drop=on_drop
                on:dragover=|event| event.prevent_default()>
                <div class="dialog-body">
                    <div role="status">
                        {move || sent_message.get().map(|line| view! {
                            <p class="notice" data-kind="info"><Icon name="circle-check" /><span>{line}</span></p>
                        })}
                    </div>
                    <UnknownOutcomeNotice />
                    {move || failure.get().map(|error| view! { <InviteError error /> })}
                    <TextArea id=FIELD label=text.many_label value=typed optional="" hint=text.many_hint problem
                        is_read_only=is_busy />
                    <label class="button many-file">
                        <Icon name="file-down" />
                        {text.many_file}
                        <input type="file" class="visually-hidden" accept=".csv,.txt,text/csv,text/plain"
                            on:change=on_choose />
                    </label>
                    // Hide the results while lines are being sent. Clients of sent lines appear in the list at that
                    // time, so the lines would be reported as duplicates.
                    <section class="many-lines" aria-label=text.many_results hidden=move || is_busy.get()>
                        <p class="many-summary" role="status">
                            {move || (valid_count.get() > 0).then(|| i18n.count(&text.many_ready, valid_count.get()))}
                            " "
                            {move || (invalid_count() > 0).then(|| view! {
                                <span class="many-wrong">{i18n.count(&text.many_wrong, invalid_count())}</span>
                            })}
                            " "
                            {move || {
                                let left_out = parsed.with(|(_, left_out)| *left_out);
                                (left_out > 0).then(|| i18n.count(&text.many_left_out, left_out))
                            }}
                        </p>
                        {move || validated.with(|validated| results(i18n, validated))}
                    </section>
                </div>
                <div class="confirm-progress" role="status">
                    {move || progress.get().map(|Progress { done, total }| {
                        let line = i18n.count_with(&bulk.working, done, &[("total", &i18n.number(total))]);
                        view! {
                            <progress max=total.to_string() value=done.to_string() aria-label=line.clone()></progress>
                            <span>{line}</span>
                        }
                    })}
                </div>
                <footer class="dialog-foot">
                    <button type="submit" class="button" data-mode="primary"
                        aria-disabled=move || is_busy.get().then_some("true")>
                        {move || if is_busy.get() {
                            text.adding.to_owned()
                        } else if valid_count.get() > 0 {
                            i18n.count(&text.many_send, valid_count.get())
                        } else {
                            text.many_send_none.to_owned()
                        }}
                    </button>
                    <button type="button" class="button"
                        on:click=move |_| if is_busy.get_untracked() { is_stopped.set_value(true) } else { close.run(()) }>
                        {move || if is_busy.get() { bulk.stop } else { common.cancel }}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}
