//! What is asked over the list. The open confirmation: its question, its work, and what is told when all is done.

use leptos::prelude::*;
use partner_api::rules::Operation;

use super::{
    super::{
        bulk::run::Run,
        keyboard::{Keys, map::KeyMap, palette::Palette},
        list,
        poll::Watch,
        state::ClientsState,
        store::RowKey,
    },
    add_many::AddMany,
    hand_over::HandOver,
    hidden::HiddenList,
    identifier::EditIdentifier,
};
use crate::{
    i18n::use_i18n,
    lazy_chunk,
    ui::{
        confirm::{Buttons, Confirm, Question, Stage},
        toast::Toasts,
    },
};

/// What is to be confirmed.
#[derive(Clone)]
pub enum Asked {
    /// An operation on rows.
    Operation(Operation, Vec<RowKey>),
    /// A run that was begun: an undo that failed in part, or whatever somebody left at work and came back to.
    Begun(Run),
    /// Another identifier for a client.
    Identifier(RowKey),
    /// A link to hand over, for an invitation.
    Link(RowKey),
    /// Many clients to add.
    Many,
    /// Which keys there are.
    Keys,
    /// What to do or whom to see, by a few letters.
    Palette,
    /// Which of the selected rows the view does not show.
    Hidden,
    /// Nothing: what watches for accepted invitations and for keys is drawn by the same part, as a second one would weigh
    /// more.
    Watch,
}

lazy_chunk! {
    /// [`Confirmation`], or another dialog about one row
    confirmation in dialogs: (asked: Asked) => match asked {
        Asked::Identifier(key) => view! { <EditIdentifier key /> }.into_any(),
        Asked::Link(key) => view! { <HandOver key /> }.into_any(),
        Asked::Many => view! { <AddMany /> }.into_any(),
        Asked::Hidden => view! { <HiddenList /> }.into_any(),
        Asked::Keys => view! { <KeyMap /> }.into_any(),
        Asked::Palette => view! { <Palette /> }.into_any(),
        Asked::Watch => view! { <Watch /> <Keys /> }.into_any(),
        asked => view! { <Confirmation asked /> }.into_any(),
    }
}

/// Asks, does it, and tells what came of it.
#[component]
fn Confirmation(
    /// What is to be confirmed.
    asked: Asked,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let text = i18n.text;
    let run = match asked {
        Asked::Operation(operation, keys) => Run::prepare(state, i18n, operation, &keys)?,
        Asked::Begun(run) => run,
        // Dialogs of their own, see above.
        Asked::Keys
        | Asked::Palette
        | Asked::Identifier(_)
        | Asked::Link(_)
        | Asked::Many
        | Asked::Hidden
        | Asked::Watch => return None,
    };
    let buttons = Buttons {
        cancel: i18n.text.common().cancel,
        close: text.common().close,
        retry: i18n.text.bulk().retry_failed,
        stop: i18n.text.bulk().stop,
    };
    let (at, is_unsure) = (RwSignal::from(run.stage.clone()), state.session.is_unsure());
    let stage = Memo::new(move |_| match at.get() {
        Stage::Working { share, .. } if is_unsure.get() => {
            Stage::Working { text: text.errors().unsure.to_owned(), share }
        }
        stage => stage,
    });
    let question = Question::clone(&run.question);
    let (confirmed, stopped) = (run.clone(), run);
    let on_confirm = Callback::new(move |()| {
        let run = confirmed.clone();
        // Untracked: it stays as it is drawn. Whoever leaves the page and comes back finds this run, not its question.
        state.asked.update_untracked(|asked| *asked = Some(Asked::Begun(run.clone())));
        leptos::task::spawn_local(async move {
            let place = run.place(state);
            run.perform(state, i18n).await;
            match run.stage.get_untracked() {
                // Whoever left is told where they are.
                Stage::Failed { summary, .. } if at.is_disposed() => {
                    toasts.fail([&run.question.title, " ", &summary.join(". ")].concat());
                }
                Stage::Failed { .. } => {}
                _ => {
                    state.asked.set(None);
                    run.tell(state, i18n, toasts);
                    if let Some(place) = place {
                        list::focus_row(place);
                    }
                }
            }
        });
    });
    Some(view! {
        <Confirm
            question
            stage
            buttons
            on_confirm
            on_stop=Callback::new(move |()| stopped.stop())
            on_close=Callback::new(move |()| state.asked.set(None))
        />
    })
}
