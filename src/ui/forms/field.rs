//! A field of one line, and the parts that every kind of field has: label, problem, hint, and a text bound to a signal.

use leptos::{ev, prelude::*, tachys::html::element::ElementExt};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

use crate::ui::icon::Icon;

/// The kind of text in a field. It decides which keyboard a phone shows and what the browser offers to fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    #[default]
    Text,
    Email,
    Phone,
    Password,
}

impl InputKind {
    /// The attributes `type` and `inputmode`.
    const fn attributes(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("text", "text"),
            Self::Email => ("email", "email"),
            Self::Phone => ("tel", "tel"),
            Self::Password => ("password", "text"),
        }
    }
}

#[component]
pub fn Field(
    /// Id of the input; unique on the page.
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] kind: InputKind,
    /// Token of the HTML attribute `autocomplete`; `off` disables autofill.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The word “optional” beside the label; empty for a required field.
    #[prop(optional)]
    optional: &'static str,
    #[prop(optional)] hint: &'static str,
    /// Example text, shown as the placeholder of the input.
    #[prop(optional)]
    example: &'static str,
    #[prop(into)] problem: Signal<Option<String>>,
    /// Whether the field gets the focus when its dialog opens.
    #[prop(optional)]
    is_first: bool,
    /// Content below the input.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (input_type, input_mode) = kind.attributes();
    view! {
        <div class="field" data-bad=move || problem.with(Option::is_some)>
            {label_of(id, label, optional)}
            <input
                class="input"
                id=id
                name=id
                type=input_type
                inputmode=input_mode
                autocomplete=autocomplete
                autocapitalize=if kind == InputKind::Email { "off" } else { "on" }
                spellcheck="false"
                placeholder=example
                required=optional.is_empty()
                autofocus=is_first
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described_by(id, hint, problem)
                use:bound_to=value
            />
            {problem_of(id, problem)}
            {children.map(|children| children())}
            {hint_of(id, hint)}
        </div>
    }
}

/// Binds an input to a signal. `<input use:bound_to=value />` shows the signal's text and stores the text that the user
/// enters.
///
/// Unlike `bind:value`, this function never writes a text into an input that already shows it. Writing would move the
/// cursor in some browsers, and would disturb input methods that compose a character from several keys.
pub fn bound_to(input: Element, value: RwSignal<String>) {
    let show = move |input: &Element, text: &str| {
        if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
            if input.value() != text {
                input.set_value(text);
            }
        } else if let Some(area) = input.dyn_ref::<HtmlTextAreaElement>()
            && area.value() != text
        {
            area.set_value(text);
        }
    };
    show(&input, &value.get_untracked());
    let listener = input.on(ev::input, move |event| value.set(event_target_value(&event)));
    on_cleanup(move || drop(listener));
    Effect::new(move |_| value.with(|text| show(&input, text)));
}

pub(in crate::ui) fn label_of(id: &'static str, label: &'static str, optional: &'static str) -> impl IntoView {
    view! {
        <label class="field-label" for=id>
            {label}
            {(!optional.is_empty()).then(|| view! { <span class="field-optional">{optional}</span> })}
        </label>
    }
}

pub(in crate::ui) fn problem_of(id: &'static str, problem: Signal<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            view! {
                <p class="field-problem" id=problem_id(id)><Icon name="circle-alert" /><span>{problem}</span></p>
            }
        })
    }
}

pub(super) fn hint_of(id: &'static str, hint: &'static str) -> impl IntoView {
    (!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id(id)>{hint}</p> })
}

/// Returns the attribute `aria-describedby` of an input: the ids of its problem and its hint, if it has them.
pub(in crate::ui) fn described_by(
    id: &'static str,
    hint: &'static str,
    problem: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + Sync + 'static {
    move || {
        let problem = problem.with(Option::is_some).then(|| problem_id(id));
        let hint = (!hint.is_empty()).then(|| hint_id(id));
        let ids: Vec<String> = problem.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn problem_id(id: &str) -> String {
    format!("{id}-problem")
}

fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}
