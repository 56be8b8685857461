//! Widgets for input: buttons, checkboxes, fields, segments.

use leptos::prelude::*;
use partner_account::ui::{
    forms::{
        field::{Field, InputKind},
        problems::ProblemSummary,
        suggestion::Suggestion,
        text_area::TextArea,
    },
    icon::Icon,
    segments::Segments,
};

use crate::Group;

/// The values of a button's `data-mode`, each with its name in the gallery; see `style/button.css`.
const MODES: [(&str, &str); 5] = [
    ("", "Plain"),
    ("primary", "Primary"),
    ("danger", "Danger"),
    ("danger-quiet", "Danger, quiet"),
    ("quiet", "Quiet"),
];

/// Buttons, checkboxes, notices and badges. These widgets are classes of the style sheets, not components.
#[component]
pub fn Buttons() -> impl IntoView {
    let row = |(mode, name): (&'static str, &'static str)| {
        view! {
            <div class="gallery-row">
                <button type="button" class="button" data-mode=mode>{name}</button>
                <button type="button" class="button" data-mode=mode><Icon name="plus" /><span>{name}</span></button>
                <button type="button" class="button" data-mode=mode data-square={""} aria-label=format!("{name}, icon only")>
                    <Icon name="refresh-cw" />
                </button>
                <button type="button" class="button" data-mode=mode data-busy={""} aria-disabled="true">
                    {format!("{name}, busy")}
                </button>
                <button type="button" class="button" data-mode=mode aria-disabled="true">{format!("{name}, disabled")}</button>
            </div>
        }
    };
    let notice = |(kind, icon): (&'static str, &'static str)| {
        view! {
            <p class="notice" data-kind=kind><Icon name=icon /><span>{format!("A notice of the kind “{kind}”.")}</span></p>
        }
    };
    view! {
        <Group title="Buttons">{MODES.map(row).collect_view()}</Group>
        <Group title="Checkboxes">
            <label class={"gallery-row"}><input type="checkbox" class={"checkbox"} />"Not checked"</label>
            <label class={"gallery-row"}><input type="checkbox" class={"checkbox"} prop:checked={true} />"Checked"</label>
            <label class="gallery-row">
                <input type="checkbox" class="checkbox" prop:indeterminate={true} />"Partly checked"
            </label>
            <label class={"gallery-row"}><input type="checkbox" class={"checkbox"} disabled={true} />"Disabled"</label>
        </Group>
        <Group title="Notices">
            {[("info", "info"), ("warning", "triangle-alert"), ("danger", "circle-alert")]
                .map(notice).collect_view()}
            <p class={"gallery-row"}>"Something" <span class={"badge"}>"New"</span></p>
        </Group>
    }
}

/// Fields with and without hints, examples and problems.
#[component]
pub fn Fields() -> impl IntoView {
    let chosen = RwSignal::new("month".to_owned());
    let typed = RwSignal::new("name@gmial.com".to_owned());
    let text = |value: &str| RwSignal::new(value.to_owned());
    let none = Signal::stored(None::<String>);
    let problem = |words: &str| Signal::stored(Some(words.to_owned()));
    let problems = vec![
        ("gallery-bad", "Enter an email".to_owned()),
        ("gallery-bad-area", "Enter at most 2,000 characters".to_owned()),
    ];
    view! {
        <Group title="Fields">
            <ProblemSummary title=|_| "There are 2 problems".to_owned() problems=Signal::stored(problems) />
            <Field id="gallery-empty" label="Empty" value=text("") problem=none />
            <Field id="gallery-hint" label="With a hint" value=text("") hint="The purpose of the field, in one sentence." problem=none />
            <Field id="gallery-example" label="With an example" value=text("") example="name@company.example" problem=none />
            <Field id="gallery-optional" label="Optional" value=text("") optional="optional" problem=none />
            <Field id="gallery-filled" label="Filled" value=text("Kuznetsova & sons") problem=none />
            <Field id="gallery-phone" label="Phone" value=text("+7 900 000-00-00") kind=InputKind::Phone problem=none />
            <Field id="gallery-secret" label="Password" value=text("secret") kind=InputKind::Password problem=none />
            <Field id="gallery-bad" label="With a problem" value=text("name@") kind=InputKind::Email hint="The hint stays."
                problem=problem("Enter an email like name@company.example") />
        </Group>
        <Group title="Suggestion">
            <Field id="gallery-suggestion" label="Email" value=typed kind=InputKind::Email problem=none>
                <Suggestion field_id="gallery-suggestion" value=typed
                    suggest=|typed| typed.strip_suffix("@gmial.com").map(|name| format!("{name}@gmail.com"))
                    label=|suggestion| format!("Did you mean {suggestion}?") />
            </Field>
        </Group>
        <Group title="Text areas">
            <TextArea id="gallery-area" label="Some lines" value=text("First line\nSecond line") optional="optional"
                hint="Up to 2,000 characters" problem=none />
            <TextArea id="gallery-bad-area" label="Some lines, with a problem" value=text("Far too long") optional="optional"
                hint="Up to 2,000 characters" problem=problem("Enter at most 2,000 characters") />
        </Group>
        <Group title="Segments">
            <Segments label="Columns by" name="gallery-segments" prefix="by"
                options=vec![("day", "day"), ("week", "week"), ("month", "month")] value=chosen
                on_choose=Callback::new(move |code: &'static str| chosen.set(code.to_owned())) />
            <Segments label="Money" name="gallery-money" options=vec![("month", "Month"), ("year", "Year")] value=chosen
                on_choose=Callback::new(move |code: &'static str| chosen.set(code.to_owned())) />
        </Group>
    }
}
