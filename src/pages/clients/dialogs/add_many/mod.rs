//! *Add many*: lines are pasted or read from a file, looked through before anything is sent, and the good ones are
//! invited. What was sent leaves the text; the rest stays there, to be mended.

mod file;
mod lines;

use std::collections::HashMap;

use leptos::{ev, prelude::*};
use partner_api::{
    FieldProblem,
    form::{FieldError, NewClient},
};
use wasm_bindgen::JsCast;

use self::lines::{Line, Verdict};
use super::{
    super::state::ClientsState,
    new_client::{self, Failed},
};
use crate::{
    api::{ApiError, ErrorKind},
    browser::drafts,
    data::load::Unsure,
    i18n::{I18n, format::fill, use_i18n},
    session::new_key,
    ui::{
        dialog::Dialog,
        field::focus,
        forms::text_area::TextArea,
        icon::Icon,
        live::{live, live_flag, live_true},
        toast::Toasts,
    },
};

/// Name of the draft.
const DRAFT: &str = "add-many";
/// Id of the field.
const FIELD: &str = "add-many";
/// Most lines whose verdict is shown; those to be mended go first.
const SHOWN: usize = 200;

/// A line with its verdict in words; `None`: it can be sent.
#[derive(Clone, Debug, PartialEq)]
struct Judged {
    line: Line,
    problem: Option<String>,
}

impl Judged {
    fn client(&self) -> Option<&NewClient> {
        match &self.line.verdict {
            Verdict::Good(client) if self.problem.is_none() => Some(client),
            _ => None,
        }
    }
}

/// How far sending is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sending {
    done: usize,
    total: usize,
}

/// The dialog.
#[component]
pub fn AddMany() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let text = i18n.text;
    let typed = RwSignal::new(drafts::load::<String>(DRAFT).unwrap_or_default());
    Effect::new(move |_| typed.with(|typed| drafts::save(DRAFT, typed)));
    // What came of a line that was sent, by its text: it holds until the line is changed.
    let refused = RwSignal::new(HashMap::<String, String>::new());
    // Key of each line of which it is not known whether it was sent, by its text: a repeated request has one effect.
    let unsure = RwSignal::new(HashMap::<String, String>::new());
    let read = Memo::new(move |_| typed.with(|typed| lines::read(typed)));
    let judged = Memo::new(move |_| {
        let source = typed.get();
        // What the list knows changes what is to be said, too.
        state.store.track();
        let judge = |line: &Line| {
            refused.with(|refused| unsure.with(|unsure| judge(state, i18n, refused, unsure, &source, line)))
        };
        read.with(|(lines, _)| lines.iter().map(judge).collect::<Vec<_>>())
    });
    let good = Memo::new(move |_| judged.with(|judged| judged.iter().filter(|it| it.client().is_some()).count()));
    let bad = move || judged.with(Vec::len) - good.get();
    let sending = RwSignal::new(None::<Sending>);
    let is_busy = Signal::derive(move || sending.get().is_some());
    let is_stopped = StoredValue::new(false);
    // Of what was sent last, for whoever does not see the text grow shorter.
    let result = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<ApiError>);
    let close = Callback::new(move |()| state.asked.set(None));

    let send = move || async move {
        let source = typed.get_untracked();
        let all: Vec<_> = judged.with_untracked(|judged| {
            judged.iter().filter_map(|it| Some((it.line.place.clone(), it.client()?.clone()))).collect()
        });
        let (total, mut sent) = (all.len(), Vec::new());
        for (done, (place, client)) in all.into_iter().enumerate() {
            if is_stopped.try_get_value().unwrap_or(true) {
                break;
            }
            _ = sending.try_set(Some(Sending { done, total }));
            let line = source[place.clone()].trim();
            let key = unsure.try_with_untracked(|unsure| unsure.get(line).cloned()).flatten().unwrap_or_else(new_key);
            match new_client::invite(state, client, &key).await {
                Ok(()) => sent.push(place),
                Err(ApiError { kind: ErrorKind::Invalid(found), .. }) => {
                    let reason = reason(i18n, &found);
                    _ = refused.try_update(|refused| refused.insert(line.to_owned(), reason));
                }
                // No line's fault, so the next would fail for the same reason.
                Err(error) => {
                    _ = unsure.try_update(|unsure| unsure.insert(line.to_owned(), key));
                    _ = failure.try_set(Some(error));
                    break;
                }
            }
        }
        let is_all = sent.len() == total;
        let rest = lines::without(&source, &sent);
        let told = i18n.count(&text.add().many_done, sent.len());
        // Whoever left the page meanwhile finds here what is left.
        drafts::save(DRAFT, &rest);
        if sending.try_set(None).is_some() {
            return toasts.tell(told);
        }
        if is_all && lines::read(&rest).0.is_empty() {
            typed.set(String::new());
            close.run(());
            toasts.tell(told);
        } else {
            typed.set(rest);
            result.set((!sent.is_empty()).then_some(told));
            focus(FIELD);
        }
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        result.set(None);
        failure.set(None);
        // A refused line is tried again: the reason may be gone.
        refused.set(HashMap::new());
        if good.get_untracked() == 0 {
            let is_empty = judged.with_untracked(Vec::is_empty);
            problem.set(Some(if is_empty { text.add().many_empty } else { text.add().many_none_ready }.to_owned()));
            return focus(FIELD);
        }
        is_stopped.set_value(false);
        leptos::task::spawn_local(send());
    };
    Effect::new(move |_| {
        typed.track();
        problem.set(None);
    });

    let take = move |chosen: Option<web_sys::File>| {
        let Some(chosen) = chosen else { return };
        leptos::task::spawn_local(async move {
            match file::text_of(&chosen).await {
                Some(content) => typed.update(|typed| file::append(typed, &content)),
                None => problem.set(Some(text.add().many_file_failed.to_owned())),
            }
        });
    };
    let on_choose = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            take(input.files().and_then(|files| files.get(0)));
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    let on_drop = move |event: ev::DragEvent| {
        event.prevent_default();
        if !is_busy.get_untracked() {
            take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
        }
    };
    view! {
        <Dialog title=Signal::stored(text.add().many_title.to_owned()) close_label=text.common().close on_close=close is_busy>
            <form class="form" novalidate autocomplete="off" on:submit=on_submit on:drop=on_drop
                on:dragover=|event| event.prevent_default()>
                <div class="dialog-body">
                    <div role="status">
                        {live(move || result.get().map(|line| view! {
                            <p class="notice" data-kind="info"><Icon name="circle-check" /><span>{line}</span></p>
                        }))}
                    </div>
                    <Unsure />
                    {live(move || failure.get().map(|error| view! { <Failed error /> }))}
                    <TextArea id=FIELD label=text.add().many_label value=typed optional="" hint=text.add().many_hint problem is_read_only=is_busy />
                    <label class="button many-file">
                        <Icon name="file-down" />
                        {text.add().many_file}
                        <input type="file" class="visually-hidden" accept=".csv,.txt,text/csv,text/plain"
                            on:change=on_choose />
                    </label>
                    // What is being sent is in the list already, and no problem of its line.
                    <section class="many-lines" aria-label=text.add().many_verdicts hidden=live_flag(move || is_busy.get())>
                        <p class="many-summary" role="status">
                            {live(move || (good.get() > 0).then(|| i18n.count(&text.add().many_ready, good.get())))}
                            " "
                            {live(move || (bad() > 0).then(|| view! {
                                <span class="many-wrong">{i18n.count(&text.add().many_wrong, bad())}</span>
                            }))}
                            " "
                            {live(move || {
                                let left_out = read.with(|(_, left_out)| *left_out);
                                (left_out > 0).then(|| i18n.count(&text.add().many_left_out, left_out))
                            })}
                        </p>
                        {live(move || judged.with(|judged| verdicts(i18n, judged)))}
                    </section>
                </div>
                <div class="confirm-progress" role="status">
                    {live(move || sending.get().map(|Sending { done, total }| {
                        let line = i18n.count_with(&text.bulk().working, done, &[("total", &i18n.number(total))]);
                        view! {
                            <progress max=total.to_string() value=done.to_string() aria-label=line.clone()></progress>
                            <span>{line}</span>
                        }
                    }))}
                </div>
                <footer class="dialog-foot">
                    <button type="submit" class="button" data-mode="primary" aria-disabled=live_true(move || is_busy.get())>
                        {live(move || if is_busy.get() {
                            text.add().adding.to_owned()
                        } else if good.get() > 0 {
                            i18n.count(&text.add().many_send, good.get())
                        } else {
                            text.add().many_send_none.to_owned()
                        })}
                    </button>
                    <button type="button" class="button"
                        on:click=move |_| if is_busy.get_untracked() { is_stopped.set_value(true) } else { close.run(()) }>
                        {live(move || if is_busy.get() { text.bulk().stop } else { text.common().cancel })}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
}

/// What is to be said of a line: by itself, by the list, and by the server when it was sent.
fn judge(
    state: ClientsState,
    i18n: I18n,
    refused: &HashMap<String, String>,
    unsure: &HashMap<String, String>,
    source: &str,
    line: &Line,
) -> Judged {
    let text = source.get(line.place.clone()).unwrap_or_default().trim();
    let problem = match &line.verdict {
        Verdict::Good(client) => {
            // Invited already, it may be by this very line: sent again, it is told apart.
            let is_known =
                || new_client::known_already(state, i18n, &client.email).filter(|_| !unsure.contains_key(text));
            refused.get(text).cloned().or_else(is_known)
        }
        Verdict::Bad(problems) => {
            let words =
                new_client::in_words(i18n, problems).into_iter().zip(problems).map(|((field, words), (_, error))| {
                    // “Too long” needs to be told of what; the others name it.
                    match error {
                        FieldError::TooLong { .. } | FieldError::ControlCharacter => {
                            format!("{}: {words}", new_client::label_of(i18n, field))
                        }
                        _ => words,
                    }
                });
            Some(words.collect::<Vec<_>>().join("; "))
        }
        Verdict::Repeated(first) => Some(fill(i18n.text.add().many_repeated, &[("line", &i18n.number(*first))])),
    };
    Judged { line: line.clone(), problem }
}

/// The lines with their verdicts, those to be mended first.
fn verdicts(i18n: I18n, judged: &[Judged]) -> Option<AnyView> {
    let text = i18n.text;
    let (good, bad): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(|it| it.client().is_some());
    let more = judged.len().saturating_sub(SHOWN);
    let row = |it: &Judged| {
        let number = i18n.number(it.line.number);
        let (icon, words) = match &it.problem {
            Some(problem) => ("circle-alert", problem.clone()),
            None => ("circle-check", text.add().many_good.to_owned()),
        };
        view! {
            <li data-bad=it.problem.is_some().then_some("")>
                <span class="many-number">{fill(text.add().many_line, &[("line", &number)])}</span>
                <bdi class="many-label">{it.line.label.clone()}</bdi>
                <span class="many-verdict"><Icon name=icon /><span>{words}</span></span>
            </li>
        }
    };
    let rows = bad.into_iter().chain(good).take(SHOWN).map(row).collect_view();
    (!judged.is_empty()).then(|| {
        view! {
            <ul class="many-list" tabindex="0">{rows}</ul>
            {(more > 0).then(|| view! { <p class="field-hint">{i18n.count(&text.bulk().and_more, more)}</p> })}
        }
        .into_any()
    })
}

/// Why the server did not take a line.
fn reason(i18n: I18n, found: &[FieldProblem]) -> String {
    if found.is_empty() {
        return i18n.text.forms().problem_other.to_owned();
    }
    found.iter().map(|problem| new_client::of_problem(i18n, problem).1).collect::<Vec<_>>().join("; ")
}
