//! Widgets that open over the page: menus, dialogs, confirmations, toasts. The attribute `data-opens` marks the buttons
//! that open these widgets, so that `tests/e2e/gallery.spec.ts` can find the buttons.

use leptos::prelude::*;
use partner_account::ui::{
    confirm::{Buttons, Confirm, Question, Stage},
    dialog::Dialog,
    icon::Icon,
    menu::{Act, MenuButton, MenuItem},
    toast::{ToastRegion, Toasts},
};

use crate::Group;

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Plain,
    Busy,
    Locked,
    Question(&'static str),
}

const DIALOGS: [(&str, Open); 3] =
    [("Dialog", Open::Plain), ("Dialog, busy", Open::Busy), ("Dialog without a close button", Open::Locked)];
const CONFIRMATIONS: [(&str, Open); 4] = [
    ("Question", Open::Question("asking")),
    ("Destructive question", Open::Question("destructive")),
    ("Work in progress", Open::Question("working")),
    ("Failure", Open::Question("failed")),
];
const BUTTONS: Buttons = Buttons { cancel: "Cancel", close: "Close", retry: "Try again", stop: "Stop" };

#[component]
pub fn Overlays() -> impl IntoView {
    let open = RwSignal::new(None::<Open>);
    let toasts = Toasts::default();
    let opener = move |(name, which): (&'static str, Open)| {
        view! {
            <button type="button" class="button" data-opens="dialog" on:click=move |_| open.set(Some(which))>{name}</button>
        }
    };
    let toast = move |name: &'static str, show: fn(Toasts)| {
        view! {
            <button type="button" class="button" data-opens="toast" on:click=move |_| show(toasts)>{name}</button>
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
        <Group title="Toasts">
            <div class="gallery-row">
                {toast("Success", |toasts| toasts.success("3 clients are blocked."))}
                {toast("Success that can be undone", |toasts| {
                    toasts.offer("The invitation is revoked.", "Undo", Callback::new(|()| ()));
                })}
                {toast("Failure", |toasts| toasts.failure("The file could not be created. Try again later."))}
            </div>
        </Group>
        {move || open.get().map(|which| dialog(which, Callback::new(move |()| open.set(None))))}
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

fn dialog(which: Open, on_close: Callback<()>) -> AnyView {
    let Open::Question(kind) = which else {
        return view! {
            <Dialog title=Signal::stored("A dialog".to_owned()) close_label="Close" on_close is_busy=which == Open::Busy
                is_closable=which != Open::Locked>
                <div class={"dialog-body"}><p class={"confirm-consequence"}>"The subject of the dialog, in a sentence or two."</p></div>
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
            reasons: vec![("ivanova@client.example".to_owned(), "Another operation is changing the client".to_owned())],
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
        notes: vec!["2 clients are left out because they are already blocked.".to_owned()],
        verb: "Block",
        is_destructive: kind == "destructive",
    };
    view! {
        <Confirm question stage=Signal::stored(stage) buttons=BUTTONS on_confirm=on_close on_stop=on_close on_close />
    }
    .into_any()
}
