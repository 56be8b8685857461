//! Tabs that are addresses: links, of which one is the current page. They open in a new tab and survive a reload.

use leptos::prelude::*;

use super::live::{live_maybe, live_word};

/// A tab.
#[derive(Clone)]
pub struct TabLink {
    /// Words.
    pub label: &'static str,
    /// Where it leads.
    pub href: Signal<String>,
    /// Whether it is open.
    pub is_current: Signal<bool>,
}

/// A row of tabs.
#[component]
pub fn TabLinks(
    /// What they are tabs of, for screen readers.
    label: &'static str,
    /// The tabs.
    tabs: Vec<TabLink>,
) -> impl IntoView {
    let tab = |TabLink { label, href, is_current }: TabLink| {
        view! {
            <li>
                <a class="tab" href=live_maybe(move || Some(href.get()))
                    aria-current=live_word(move || is_current.get().then_some("page"))>
                    {label}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tab-list">{tabs.into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}
