//! Form fields with their label, hint and problem, and the summary of problems above a form.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    dialog::is_focus_lost,
    icon::Icon,
    live::{live, live_flag, live_maybe, live_true},
};

/// What kind of text a field takes: its keyboard on a phone, and what the browser may fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    #[default]
    Text,
    /// An address.
    Email,
    /// A number to call.
    Phone,
    /// A secret.
    Password,
}

/// A field of one line.
#[component]
pub fn Field(
    /// Id of the input; unique on the page.
    id: &'static str,
    /// Words above it.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What kind of text.
    #[prop(optional)]
    kind: Kind,
    /// Autofill token of HTML; `off` for none.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Words beside the label of one that may stay empty.
    #[prop(optional)]
    optional: &'static str,
    /// Words under it.
    #[prop(optional)]
    hint: &'static str,
    /// Example inside it.
    #[prop(optional)]
    example: &'static str,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// Has the focus when its dialog opens.
    #[prop(optional)]
    is_first: bool,
    /// More under it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described_by = {
        let (hint_id, problem_id) = (hint_id.clone(), problem_id.clone());
        move || match (problem.get().is_some(), hint.is_empty()) {
            (true, false) => Some(format!("{problem_id} {hint_id}")),
            (true, true) => Some(problem_id.clone()),
            (false, false) => Some(hint_id.clone()),
            (false, true) => None,
        }
    };
    let (kind, mode) = match kind {
        Kind::Text => ("text", "text"),
        Kind::Email => ("email", "email"),
        Kind::Phone => ("tel", "tel"),
        Kind::Password => ("password", "text"),
    };
    view! {
        <div class="field" data-bad=live_flag(move || problem.get().is_some())>
            <label class="field-label" for=id>
                {label}
                {(!optional.is_empty()).then(|| view! { <span class="field-optional">{optional}</span> })}
            </label>
            <input
                class="input"
                id=id
                name=id
                type=kind
                inputmode=mode
                autocomplete=autocomplete
                autocapitalize=if kind == "email" { "off" } else { "on" }
                spellcheck="false"
                placeholder=example
                required=optional.is_empty()
                autofocus=is_first
                aria-invalid=live_true(move || problem.get().is_some())
                aria-describedby=live_maybe(described_by)
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {live(move || problem.get().map(|problem| view! {
                <p class="field-problem" id=problem_id.clone()><Icon name="circle-alert" /><span>{problem}</span></p>
            }))}
            {children.map(|children| children())}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// Keeps the field in sight that is typed into, when a phone's keyboard takes its part of the window: not every browser
/// does, and least of all inside a dialog.
pub fn keep_in_sight() {
    window_event_listener(ev::resize, |_| {
        if let Some(field) = document().active_element().filter(|element| element.matches(".input").unwrap_or(false)) {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            field.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}

/// The problems of a form, each a link to its field. Gets the focus when it appears.
#[component]
pub fn ProblemSummary(
    /// “There are 2 problems”.
    #[prop(into)]
    title: Signal<String>,
    /// Id of the field, and what is wrong.
    #[prop(into)]
    problems: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    let link = |(id, problem): (&'static str, String)| {
        let on_click = move |event: ev::MouseEvent| {
            event.prevent_default();
            focus(id);
        };
        view! { <li><a href=format!("#{id}") on:click=on_click>{problem}</a></li> }
    };
    view! {
        {live(move || {
            let problems = problems.get();
            (!problems.is_empty()).then(|| {
                let list = problems.into_iter().map(link).collect_view();
                view! {
                    <div class="notice" data-kind="danger" role="alert" id="problem-summary" tabindex="-1">
                        <Icon name="triangle-alert" />
                        <div><p>{title.get()}</p><ul class="problem-list">{list}</ul></div>
                    </div>
                }
            })
        })}
    }
}

/// Moves the focus to the element of an id, once it is on the page. Whoever has gone elsewhere meanwhile stays there: the
/// frame may be late, and what is typed goes where the focus is.
pub fn focus(id: &'static str) {
    let before = document().active_element();
    request_animation_frame(move || {
        if document().active_element() != before && !is_focus_lost() {
            return;
        }
        if let Some(element) = document().get_element_by_id(id)
            && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
        {
            _ = element.focus();
        }
    });
}
