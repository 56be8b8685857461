//! A confirmation that stays open while its work runs: it shows progress and failures, and cannot be confirmed twice.

use leptos::prelude::*;

use super::{dialog::Dialog, icon::Icon};
use crate::browser::framed;

/// The texts of a confirmation dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Question with verb, number and noun, such as “Block 3 clients?”.
    pub title: String,
    /// Says what happens after confirming.
    pub consequence: &'static str,
    /// Names of the first few clients or other objects that the action applies to.
    pub names: Vec<String>,
    /// Text after an incomplete list of `names`, such as “and 7 more”. `None` if the list is complete.
    pub more: Option<String>,
    /// Sentences about selected objects that the action leaves out, with the reason.
    pub notes: Vec<String>,
    /// Label of the button that confirms.
    pub verb: &'static str,
    /// If the action is destructive, its button is red, and the focus starts on *Cancel*.
    pub is_destructive: bool,
}

/// The stage that the confirmed work has reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The user has not confirmed yet.
    Asking,
    Working {
        /// Text beside the progress bar, such as “12 of 40 done…”.
        text: String,
        /// The number of finished steps, and the number of all steps.
        share: (usize, usize),
    },
    /// The work has finished, and at least one step has failed.
    Failed {
        /// Sentences with the numbers of successes and failures.
        summary: Vec<String>,
        /// The name and the reason of each failure.
        reasons: Vec<(String, String)>,
        /// Text after an incomplete list of `reasons`, such as “and 7 more”. `None` if the list is complete.
        more: Option<String>,
    },
}

/// Labels of the buttons of a confirmation, except the button that confirms.
#[derive(Clone, Copy, Debug)]
pub struct Buttons {
    pub cancel: &'static str,
    /// Label of the buttons that close the dialog: the one in its heading, and the one after a failure.
    pub close: &'static str,
    /// Label of the button that repeats the steps that failed.
    pub retry: &'static str,
    /// Label of the button that stops the work before its next step.
    pub stop: &'static str,
}

/// The confirmation dialog. It does not call `on_confirm` while the work runs.
#[component]
pub fn Confirm(
    question: Question,
    #[prop(into)] stage: Signal<Stage>,
    buttons: Buttons,
    /// Starts the work, or repeats the steps that failed.
    on_confirm: Callback<()>,
    /// Stops the work before its next step.
    on_stop: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let is_working = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Working { .. })));
    let has_failed = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Failed { .. })));
    let is_guarded = framed::guard();
    let confirm = move |_| {
        if !is_working.get_untracked() && !is_guarded() {
            on_confirm.run(());
        }
    };
    let Question { title, consequence, names, more, notes, verb, is_destructive } = question;
    view! {
        <Dialog title=Signal::stored(title) close_label=buttons.close on_close is_alert=true is_busy=is_working>
            <div class="dialog-body" id="dialog-text">
                <p class="confirm-consequence">{consequence}</p>
                {move || match stage.get() {
                    Stage::Failed { summary, reasons, more } => failure(summary, reasons, more).into_any(),
                    _ => subjects(&names, more.clone(), &notes).into_any(),
                }}
            </div>
            <div class="confirm-progress" role="status">
                {move || match stage.get() {
                    Stage::Working { text, share: (done, total) } => Some(view! {
                        <progress max=total.to_string() value=done.to_string() aria-label=text.clone()></progress>
                        <span>{text}</span>
                    }),
                    _ => None,
                }}
            </div>
            <footer class="dialog-foot">
                <button
                    type="button"
                    class="button"
                    data-mode=if is_destructive { "danger" } else { "primary" }
                    autofocus=!is_destructive
                    aria-disabled=move || is_working.get().then_some("true")
                    on:click=confirm
                >
                    {move || if has_failed.get() { buttons.retry } else { verb }}
                </button>
                <button
                    type="button"
                    class="button"
                    autofocus=is_destructive
                    on:click=move |_| if is_working.get_untracked() { on_stop.run(()) } else { on_close.run(()) }
                >
                    {move || stage.with(|stage| match stage {
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
