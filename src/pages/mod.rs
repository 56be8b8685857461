//! The pages of the app, and the hook that sets the title of a page. No page imports another page.

pub mod balance;
pub mod clients;
pub mod contact;
pub mod invitation;
pub mod not_found;
pub mod sign_in;

use leptos::prelude::*;

use crate::{browser::focus, i18n::use_i18n};

/// Sets the title of the browser tab. Also focuses the heading of the new page, unless the user has already moved the
/// focus.
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

/// Focuses the heading without scrolling, because scrolling would undo the position that the browser restores after
/// Back.
fn focus_heading_in_place() {
    if let Some(heading) = document().query_selector("h1").ok().flatten() {
        focus::set_without_scrolling(&heading);
    }
}
