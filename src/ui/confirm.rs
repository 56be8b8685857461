//! A confirmation that owns its work: it asks, shows progress, stays open on failure, and cannot be sent twice.

use leptos::prelude::*;

use super::{
    dialog::Dialog,
    icon::Icon,
    live::{live, live_true},
};

/// What a confirmation asks, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Verb, number and noun: “Block 3 clients?”.
    pub title: String,
    /// What it means.
    pub consequence: &'static str,
    /// Whom it is about: the first few.
    pub names: Vec<String>,
    /// “and 7 more”.
    pub more: Option<String>,
    /// What is left out, and why.
    pub notes: Vec<String>,
    /// Verb of the button.
    pub verb: &'static str,
    /// Takes something away: the button warns, and the focus starts on *Cancel*.
    pub is_destructive: bool,
}

/// Where the work of a confirmation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The question stands.
    Asking,
    /// Under way.
    Working {
        /// How far.
        text: String,
        /// Done and all, for the bar.
        share: (usize, usize),
    },
    /// Ended, and not all is done.
    Failed {
        /// What was done and what was not.
        summary: Vec<String>,
        /// Name and reason of what was not.
        reasons: Vec<(String, String)>,
        /// “and 7 more”, where not all are named.
        more: Option<String>,
    },
}

/// Words of the buttons that every confirmation has.
#[derive(Clone, Copy, Debug)]
pub struct Buttons {
    /// Leaves without doing anything.
    pub cancel: &'static str,
    /// Leaves after a failure.
    pub close: &'static str,
    /// Does what failed again.
    pub retry: &'static str,
    /// Stops between two steps.
    pub stop: &'static str,
}

/// Asks, and shows what comes of it. `on_confirm` is not called again while it works.
#[component]
pub fn Confirm(
    /// What it asks.
    question: Question,
    /// Where the work stands; the owner moves it.
    #[prop(into)]
    stage: Signal<Stage>,
    /// Words of the buttons.
    buttons: Buttons,
    /// Do it, or do what failed again.
    on_confirm: Callback<()>,
    /// Stop between two steps.
    on_stop: Callback<()>,
    /// Close it.
    on_close: Callback<()>,
) -> impl IntoView {
    let is_working = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Working { .. })));
    let has_failed = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Failed { .. })));
    let is_guarded = crate::browser::framed::guard();
    let confirm = move |_| {
        if !is_working.get_untracked() && !is_guarded() {
            on_confirm.run(());
        }
    };
    // The focus starts on the least destructive answer.
    let is_destructive = question.is_destructive;
    let Question { title, consequence, names, more, notes, verb, .. } = question;
    view! {
        <Dialog title=Signal::stored(title) close_label=buttons.close on_close is_alert=true is_busy=is_working>
            <div class="dialog-body" id="dialog-text">
                <p class="confirm-consequence">{consequence}</p>
                {live(move || match stage.get() {
                    Stage::Failed { summary, reasons, more } => failure(summary, reasons, more).into_any(),
                    _ => subjects(&names, more.clone(), &notes).into_any(),
                })}
            </div>
            <div class="confirm-progress" role="status">
                {live(move || match stage.get() {
                    Stage::Working { text, share: (done, total) } => Some(view! {
                        <progress max=total.to_string() value=done.to_string() aria-label=text.clone()></progress>
                        <span>{text}</span>
                    }),
                    _ => None,
                })}
            </div>
            <footer class="dialog-foot">
                <button
                    type="button"
                    class="button"
                    data-mode=if is_destructive { "danger" } else { "primary" }
                    autofocus=!is_destructive
                    aria-disabled=live_true(move || is_working.get())
                    on:click=confirm
                >
                    {live(move || if has_failed.get() { buttons.retry } else { verb })}
                </button>
                <button
                    type="button"
                    class="button"
                    autofocus=is_destructive
                    on:click=move |_| if is_working.get_untracked() { on_stop.run(()) } else { on_close.run(()) }
                >
                    {live(move || match stage.get() {
                        Stage::Asking => buttons.cancel,
                        Stage::Working { .. } => buttons.stop,
                        Stage::Failed { .. } => buttons.close,
                    })}
                </button>
            </footer>
        </Dialog>
    }
}

fn subjects(names: &[String], more: Option<String>, notes: &[String]) -> impl IntoView + use<> {
    let names = names.iter().map(|name| view! { <li><bdi>{name.clone()}</bdi></li> }).collect_view();
    let notes = notes
        .iter()
        .map(|note| {
            view! { <p class="notice" data-kind="info"><Icon name="info" /><span>{note.clone()}</span></p> }
        })
        .collect_view();
    view! {
        {notes}
        <ul class="confirm-names">
            {names} {more.map(|more| view! { <li class="confirm-more">{more}</li> })}
        </ul>
    }
}

fn failure(summary: Vec<String>, reasons: Vec<(String, String)>, more: Option<String>) -> impl IntoView {
    let summary = summary.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let reasons = reasons
        .into_iter()
        .map(|(name, reason)| {
            view! { <li><bdi>{name}</bdi><span class="confirm-reason">{reason}</span></li> }
        })
        .collect_view();
    view! {
        <div class="notice" data-kind="danger" role="alert"><Icon name="triangle-alert" /><div>{summary}</div></div>
        <ul class="confirm-names">
            {reasons} {more.map(|more| view! { <li class="confirm-more">{more}</li> })}
        </ul>
    }
}
