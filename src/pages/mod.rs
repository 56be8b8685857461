//! The pages, and the hook that gives each its title. A page knows no other page.

pub mod balance;
pub mod clients;
pub mod contact;
pub mod invitation;
pub mod not_found;
pub mod sign_in;

use leptos::prelude::*;

use crate::{browser::focus, i18n::use_i18n};

/// Sets the title in the browser's tab, and moves the focus to the heading of the new page unless the user has moved it.
pub fn use_title(title: impl Fn() -> String + 'static) {
    let product = use_i18n().text.shell().product;
    Effect::new(move |previous: Option<()>| {
        document().set_title(&format!("{} — {product}", title()));
        if previous.is_none() {
            request_animation_frame(|| {
                if focus::is_lost() {
                    focus_heading_in_place();
                }
            });
        }
    });
}

/// Focuses the heading without scrolling to it: after Back, the browser has restored the scroll position.
fn focus_heading_in_place() {
    if let Some(heading) = document().query_selector("h1").ok().flatten() {
        focus::set_without_scrolling(&heading);
    }
}
