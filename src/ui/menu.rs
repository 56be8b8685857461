//! A menu (ARIA APG pattern) in a popover. It handles arrow keys, Home, End, Esc, a typed first letter, and a click
//! outside.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::icon::Icon;
use crate::browser::{focus, lowercase::lowercase};

#[derive(Clone)]
pub struct MenuItem {
    /// Text of the item. It ends with `…` if the item opens a dialog.
    pub label: String,
    /// Name of the icon, or empty for no icon.
    pub icon: &'static str,
    pub act: Act,
    /// Reason why the item is disabled. A disabled item can have the focus, so that screen readers read the reason.
    pub reason: Option<String>,
    /// Whether the item is the chosen one in a group of choices; `None` if the item is not a choice.
    pub is_checked: Option<bool>,
    /// Whether the item destroys something. The menu draws such an item below a divider, in a warning colour.
    pub is_destructive: bool,
    /// Heading above this item, which starts a group.
    pub heading: Option<&'static str>,
}

#[derive(Clone)]
pub enum Act {
    Run(Callback<()>),
    /// Opens an address. The item is a link, so the user can also open the address in a new tab.
    Go(String),
}

impl MenuItem {
    pub fn new(label: impl Into<String>, icon: &'static str, act: Act) -> Self {
        Self { label: label.into(), icon, act, reason: None, is_checked: None, is_destructive: false, heading: None }
    }

    /// Makes an item that is one of a group of choices.
    pub fn choice(label: impl Into<String>, is_chosen: bool, choose: Callback<()>) -> Self {
        let icon = if is_chosen { "check" } else { "" };
        Self { is_checked: Some(is_chosen), ..Self::new(label, icon, Act::Run(choose)) }
    }
}

/// The rectangle at which a menu opens, in pixels of the window. The menu opens below it, or above it if there is no
/// room below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    pub left: i32,
    /// Right edge of the menu if it would leave the window when it starts at `left`.
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
}

impl Anchor {
    /// The rectangle of an element.
    pub fn of(element: &web_sys::Element) -> Self {
        let rect = element.get_bounding_client_rect();
        let [left, right, top, bottom] = [rect.left(), rect.right(), rect.top(), rect.bottom()].map(|edge| edge as i32);
        Self { left, right, top, bottom }
    }

    /// Opens a menu at the pressed button, or closes the menu if it is open.
    pub fn toggle(open: &mut Option<Self>, event: &ev::MouseEvent) {
        let button = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        *open = if open.is_some() { None } else { button.map(|button| Self::of(&button)) };
    }

    pub const fn at(x: i32, y: i32) -> Self {
        Self { left: x, right: x, top: y, bottom: y }
    }
}

/// A menu that is open while it is mounted. It calls `on_close` before an item acts.
#[component]
pub fn Menu(
    /// Name of the menu for screen readers.
    #[prop(into)]
    label: String,
    anchor: Anchor,
    items: Vec<MenuItem>,
    /// Runs when the menu closes. It must unmount the menu.
    on_close: Callback<()>,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    if !focus::is_lost() {
        focus::return_to_opener();
    }
    // Hide the popover first: this returns the focus to the opener, so a dialog that an item opens later returns the
    // focus there.
    let close = Callback::new(move |()| {
        if let Some(menu) = menu.get_untracked() {
            _ = menu.hide_popover();
        }
        on_close.try_run(());
    });
    Effect::new(move |_| {
        if let Some(menu) = menu.get() {
            _ = menu.show_popover();
            place(&menu, anchor);
            focus_item(&menu, Step::First);
        }
    });
    let on_toggle = move |event: web_sys::Event| {
        let state = js_sys::Reflect::get(&event, &"newState".into()).ok().and_then(|state| state.as_string());
        if state.as_deref() == Some("closed") {
            on_close.try_run(());
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            "Tab" | "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                return close.run(());
            }
            key if key.chars().count() == 1 && key != " " => Step::To(lowercase(key)),
            _ => return,
        };
        event.prevent_default();
        focus_item(&menu, step);
    };
    let items = items.into_iter().map(|item| item_view(item, close)).collect_view();
    view! {
        <div
            node_ref=menu
            class="menu"
            role="menu"
            popover="auto"
            tabindex="-1"
            aria-label=label
            on:toggle=on_toggle
            on:keydown=on_keydown
            on:contextmenu=|event| event.prevent_default()
        >
            {items}
        </div>
    }
}

fn item_view(item: MenuItem, close: Callback<()>) -> impl IntoView {
    let MenuItem { label, icon, act, reason, is_checked, is_destructive, heading } = item;
    let content = view! {
        <span class="menu-icon">{(!icon.is_empty()).then(|| view! { <Icon name=icon /> })}</span>
        <span class="menu-text">
            {label} {reason.clone().map(|reason| view! { <small class="menu-reason">{reason}</small> })}
        </span>
    };
    let role = if is_checked.is_some() { "menuitemradio" } else { "menuitem" };
    let is_off = reason.is_some();
    let body = match act {
        Act::Go(href) => view! {
            <a class="menu-item" role=role tabindex="-1" href=href on:click=move |_| close.run(())>{content}</a>
        }
        .into_any(),
        Act::Run(run) => {
            let on_click = move |_| {
                if !is_off {
                    close.run(());
                    run.run(());
                }
            };
            view! {
                <button
                    type="button"
                    class="menu-item"
                    role=role
                    tabindex="-1"
                    aria-checked=is_checked.map(|is_checked| is_checked.to_string())
                    aria-disabled=is_off.then_some("true")
                    data-danger=is_destructive.then_some("")
                    on:click=on_click
                >
                    {content}
                </button>
            }
            .into_any()
        }
    };
    view! {
        {is_destructive.then(|| view! { <hr class="menu-divider" /> })}
        {heading.map(|heading| view! { <div class="menu-heading" role="presentation">{heading}</div> })}
        {body}
    }
}

enum Step {
    First,
    Last,
    Next,
    Previous,
    To(String),
}

fn focus_item(menu: &web_sys::HtmlDivElement, step: Step) {
    let Ok(found) = menu.query_selector_all(".menu-item") else { return };
    let items: Vec<web_sys::HtmlElement> =
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let current = items.iter().position(|item| active.as_ref().is_some_and(|active| active == item.as_ref()));
    let count = items.len();
    let next = match (step, current) {
        _ if count == 0 => return,
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(at)) => (at + 1) % count,
        (Step::Previous, Some(at)) => (at + count - 1) % count,
        (Step::To(letter), at) => {
            let from = at.map_or(0, |at| at + 1);
            let starts =
                |at: &usize| lowercase(items[*at].text_content().unwrap_or_default().trim()).starts_with(&letter);
            let Some(next) = (from..count).chain(0..from).find(starts) else { return };
            next
        }
    };
    _ = items[next].focus();
}

/// Places the menu at its anchor, inside the window. On a phone, the style sheet shows a bottom sheet instead.
pub(super) fn place(menu: &web_sys::HtmlDivElement, anchor: Anchor) {
    let size =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|it| it.as_f64()).unwrap_or_default() as i32;
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let (own_width, own_height) = (menu.offset_width(), menu.offset_height());
    let left = if anchor.left + own_width > width - 8 { anchor.right - own_width } else { anchor.left };
    let below = anchor.bottom + 4;
    let top = if below + own_height > height - 8 { anchor.top - own_height - 4 } else { below };
    let style = web_sys::HtmlElement::style(menu);
    _ = style.set_property("--menu-left", &format!("{}px", left.max(8)));
    _ = style.set_property("--menu-top", &format!("{}px", top.max(8)));
}

/// A button that opens a menu.
#[component]
pub fn MenuButton(
    /// Name of the button and of the menu for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Returns the items when the menu opens.
    items: Callback<(), Vec<MenuItem>>,
    /// `quiet` or empty; see `data-mode` in `style/button.css`.
    #[prop(optional)]
    mode: &'static str,
    /// Whether the button shows an icon only.
    #[prop(optional)]
    is_square: bool,
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(None::<Anchor>);
    let on_click = move |event: ev::MouseEvent| open.update(|open| Anchor::toggle(open, &event));
    view! {
        <button
            type="button"
            class="button"
            data-mode=mode
            data-square=is_square.then_some("")
            aria-haspopup="menu"
            aria-expanded=move || open.with(Option::is_some).to_string()
            aria-label=label
            on:click=on_click
        >
            {children()}
        </button>
        {move || open.get().map(|anchor| view! {
            <Menu label=label.get_untracked() anchor items=items.run(()) on_close=Callback::new(move |()| open.set(None)) />
        })}
    }
}
