//! The page that the app shows for unknown addresses.

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    pages::use_title,
    routes::{Page, href},
    ui::icon::Icon,
};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    let text = i18n.text;
    use_title(move || text.shell().not_found_title.to_owned());
    view! {
        <section class="empty">
            <span class="empty-icon"><Icon name="search" /></span>
            <h1 tabindex="-1">{text.shell().not_found_title}</h1>
            <p>{text.shell().not_found_lead}</p>
            <a class="button" data-mode="primary" href=href(i18n.locale, &Page::Clients, "")>{text.shell().to_clients}</a>
        </section>
    }
}
