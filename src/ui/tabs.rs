//! Tabs that are links: each has an address, opens in a new browser tab and survives a reload.

use leptos::prelude::*;

#[derive(Clone)]
pub struct TabLink {
    pub label: &'static str,
    pub href: Signal<String>,
    pub is_current: Signal<bool>,
}

#[component]
pub fn TabLinks(
    /// Name of the group of tabs for screen readers.
    label: &'static str,
    tabs: Vec<TabLink>,
) -> impl IntoView {
    let tab = |TabLink { label, href, is_current }: TabLink| {
        view! {
            <li>
                <a class="tab" href=href aria-current=move || is_current.get().then_some("page")>{label}</a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tab-list">{tabs.into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}
