//! What lies over the page: menus, dialogs, confirmations, messages. A press on a button with `data-opens` opens it.

use leptos::prelude::*;
use partner_account::ui::{
    confirm::{Buttons, Confirm, Question, Stage},
    dialog::Dialog,
    icon::Icon,
    live::live,
    menu::{Act, MenuButton, MenuItem},
    toast::{ToastRegion, Toasts},
};

use crate::Group;

/// The dialog that is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Plain,
    Busy,
    NoWayOut,
    Question(&'static str),
}

const DIALOGS: [(&str, Open); 3] =
    [("Dialog", Open::Plain), ("Dialog, busy", Open::Busy), ("Dialog without a way out", Open::NoWayOut)];
const CONFIRMATIONS: [(&str, Open); 4] = [
    ("Question", Open::Question("asking")),
    ("Question that takes away", Open::Question("destructive")),
    ("Work", Open::Question("working")),
    ("Failure", Open::Question("failed")),
];
const BUTTONS: Buttons = Buttons { cancel: "Cancel", close: "Close", retry: "Try again", stop: "Stop" };

/// All of them, each behind its button.
#[component]
pub fn Overlays() -> impl IntoView {
    let open = RwSignal::new(None::<Open>);
    let toasts = Toasts::default();
    let opener = move |(name, what): (&'static str, Open)| {
        view! {
            <button type="button" class="button" data-opens="dialog" on:click=move |_| open.set(Some(what))>{name}</button>
        }
    };
    let tell = move |name: &'static str, tell: fn(Toasts)| {
        view! {
            <button type="button" class="button" data-opens="toast" on:click=move |_| tell(toasts)>{name}</button>
        }
    };
    view! {
        <Group title="Menus">
            <div class="gallery-row" data-opens="menu">
                <MenuButton label=Signal::stored("Actions".to_owned()) items=Callback::new(|()| actions())>
                    "Actions" <Icon name="chevron-down" />
                </MenuButton>
                <MenuButton label=Signal::stored("More".to_owned()) items=Callback::new(|()| actions()) mode="quiet"
                    is_square={true}>
                    <Icon name="ellipsis" />
                </MenuButton>
                <MenuButton label=Signal::stored("Order".to_owned()) items=Callback::new(|()| choices())>
                    "Order" <Icon name="chevron-down" />
                </MenuButton>
            </div>
        </Group>
        <Group title="Dialogs">
            <div class="gallery-row">{DIALOGS.map(opener).collect_view()}</div>
            <div class="gallery-row">{CONFIRMATIONS.map(opener).collect_view()}</div>
        </Group>
        <Group title="Messages">
            <div class="gallery-row">
                {tell("Success", |toasts| toasts.tell("3 clients are blocked."))}
                {tell("Success that can be undone", |toasts| {
                    toasts.offer("The invitation is withdrawn.", "Invite again", Callback::new(|()| ()));
                })}
                {tell("Failure", |toasts| toasts.fail("The file cannot be made. Try again later."))}
            </div>
        </Group>
        {live(move || open.get().map(|what| dialog(what, Callback::new(move |()| open.set(None)))))}
        <ToastRegion toasts close_label="Close" />
    }
}

fn actions() -> Vec<MenuItem> {
    let run = || Act::Run(Callback::new(|()| ()));
    vec![
        MenuItem::new("Balance", "wallet", Act::Go("#balance".to_owned())),
        MenuItem::new("Block…", "lock", run()),
        MenuItem {
            reason: Some("The client is not blocked".to_owned()),
            ..MenuItem::new("Unblock…", "lock-open", run())
        },
        MenuItem { heading: Some("Copy"), ..MenuItem::new("Email", "copy", run()) },
        MenuItem { is_destructive: true, ..MenuItem::new("Delete…", "trash-2", run()) },
    ]
}

fn choices() -> Vec<MenuItem> {
    let choose = Callback::new(|()| ());
    vec![MenuItem::choice("By email", true, choose), MenuItem::choice("By balance", false, choose)]
}

fn dialog(what: Open, on_close: Callback<()>) -> AnyView {
    let Open::Question(kind) = what else {
        return view! {
            <Dialog title=Signal::stored("A dialog".to_owned()) close_label="Close" on_close is_busy=what == Open::Busy
                is_closable=what != Open::NoWayOut>
                <div class={"dialog-body"}><p class={"confirm-consequence"}>"What it is about, in a sentence or two."</p></div>
                <footer class="dialog-foot">
                    <button type="button" class="button" data-mode="primary" on:click=move |_| on_close.run(())>
                        "Done"
                    </button>
                </footer>
            </Dialog>
        }
        .into_any();
    };
    let stage = match kind {
        "working" => Stage::Working { text: "1,500 of 4,000".to_owned(), share: (1_500, 4_000) },
        "failed" => Stage::Failed {
            summary: vec!["2 clients are blocked.".to_owned(), "1 client is not.".to_owned()],
            reasons: vec![("ivanova@client.example".to_owned(), "Another operation holds the client".to_owned())],
            more: Some("and 7 more".to_owned()),
        },
        _ => Stage::Asking,
    };
    let question = Question {
        title: "Block 3 clients?".to_owned(),
        consequence: "They cannot sign in and use their services until they are unblocked.",
        names: [
            "ivanova@client.example",
            "petrov@client.example",
            "a.very.long.name.of.somebody@a-long-domain.example",
        ]
        .map(str::to_owned)
        .to_vec(),
        more: Some("and 7 more".to_owned()),
        notes: vec!["2 clients are left out: they are blocked already.".to_owned()],
        verb: "Block",
        is_destructive: kind == "destructive",
    };
    view! {
        <Confirm question stage=Signal::stored(stage) buttons=BUTTONS on_confirm=on_close on_stop=on_close on_close />
    }
    .into_any()
}
