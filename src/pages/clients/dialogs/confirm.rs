//! The confirmation dialog of an operation. It shows the question, then the progress, then the rows that failed.

use leptos::prelude::*;
use partner_api::rules::Operation;

use super::super::{bulk::Run, list, state::ClientsState, store::RowKey};
use crate::{
    i18n::use_i18n,
    ui::{
        confirm::{Buttons, Confirm, Stage},
        toast::Toasts,
    },
};

/// Asks the user to confirm an operation. The operation then runs only on rows whose state allows the operation.
#[component]
pub fn ConfirmOperation(operation: Operation, keys: Vec<RowKey>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let run = Run::prepare(state, use_i18n(), operation, &keys)?;
    Some(view! { <ConfirmRun run /> })
}

/// Shows a run: the question, the progress or the failed rows, depending on the stage.
#[component]
pub fn ConfirmRun(run: Run) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let (text, common) = (i18n.text.bulk(), i18n.text.common());
    let buttons = Buttons { cancel: common.cancel, close: common.close, retry: text.retry_failed, stop: text.stop };
    // Copy the stage into a signal that is disposed of together with this component. If the copy is disposed of, the
    // user has left the page.
    let (run_stage, has_lost_reply) = (ReadSignal::from(run.stage()), state.session().has_lost_reply());
    let stage = Memo::new(move |_| match run_stage.get() {
        Stage::Working { share, .. } if has_lost_reply.get() => {
            Stage::Working { text: i18n.text.errors().checking_outcome.to_owned(), share }
        }
        stage => stage,
    });
    let question = run.question().clone();
    let on_confirm = Callback::new({
        let run = run.clone();
        move |()| {
            let run = run.clone();
            state.set_dialog_to_run(run.clone());
            leptos::task::spawn_local(async move {
                let position = run.position_of_removed_row(state);
                run.perform(state, i18n).await;
                match run.stage().get_untracked() {
                    Stage::Failed { summary, .. } if run_stage.is_disposed() => {
                        toasts.failure([&run.question().title, " ", &summary.join(". ")].concat());
                    }
                    Stage::Failed { .. } => {}
                    _ => {
                        state.close_dialog();
                        run.report(state, i18n, toasts);
                        if let Some(position) = position {
                            list::focus_row(position);
                        }
                    }
                }
            });
        }
    });
    view! {
        <Confirm
            question
            stage
            buttons
            on_confirm
            on_stop=Callback::new(move |()| run.stop())
            on_close=Callback::new(move |()| state.close_dialog())
        />
    }
}
