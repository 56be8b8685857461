//! The problems of a form: they appear when the form is submitted, and disappear as soon as the user fixes them.

use leptos::{ev, prelude::*};

use crate::{browser::focus, ui::icon::Icon};

const SUMMARY_ID: &str = "problem-summary";

/// The problems that a form shows. `F` is a type whose values name the fields.
///
/// While the user corrects a field, its problem changes or disappears with every key. No new problem appears until the
/// form is submitted again, because it could move the button that the user is about to press.
pub struct Problems<F: Send + Sync + 'static> {
    shown: RwSignal<Vec<Problem<F>>>,
    input_of: Callback<F, RwSignal<String>>,
}

#[derive(Clone)]
struct Problem<F> {
    field: F,
    text: String,
    /// The text that the field had when the problem was found.
    input: String,
}

impl<F: Send + Sync + 'static> Clone for Problems<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Send + Sync + 'static> Copy for Problems<F> {}

impl<F: Copy + PartialEq + Send + Sync + 'static> Problems<F> {
    /// Makes the problems of a form, none at first. `input_of` returns the text of a field; `check` returns the
    /// problems of the current texts.
    pub fn new(
        input_of: impl Fn(F) -> RwSignal<String> + Send + Sync + 'static,
        check: impl Fn() -> Vec<(F, String)> + 'static,
    ) -> Self {
        let problems = Self { shown: RwSignal::new(Vec::new()), input_of: Callback::new(input_of) };
        Effect::new(move |_| problems.update(&check));
        problems
    }

    /// Shows these problems instead of the previous ones, and focuses their summary.
    pub fn show(self, found: Vec<(F, String)>) {
        // Do nothing if the user has left the form, because the server's reply may come later.
        if self.shown.is_disposed() {
            return;
        }
        let with_input = |(field, text)| Problem { field, text, input: self.input_of.run(field).get_untracked() };
        self.shown.set(found.into_iter().map(with_input).collect());
        focus::by_id(SUMMARY_ID);
    }

    pub fn clear(self) {
        self.shown.set(Vec::new());
    }

    /// Returns the problem of a field.
    pub fn of(self, field: F) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.shown.with(|shown| shown.iter().find(|problem| problem.field == field).map(|it| it.text.clone()))
        })
    }

    /// Returns all problems, each with the id of its field, for [`ProblemSummary`].
    pub fn links(self, id_of: fn(F) -> &'static str) -> Signal<Vec<(&'static str, String)>> {
        Signal::derive(move || {
            self.shown.with(|shown| shown.iter().map(|it| (id_of(it.field), it.text.clone())).collect())
        })
    }

    /// Checks the fields again whose text has changed since their problem was found.
    ///
    /// Keeps the problems of other fields, because the server may have found them and `check` would not find them.
    fn update(self, check: &impl Fn() -> Vec<(F, String)>) {
        let is_changed = |problem: &Problem<F>| self.input_of.run(problem.field).with(|now| *now != problem.input);
        // Read every text, even after the first changed one, because this effect has to run again when any of them
        // changes.
        let changed = self.shown.with(|shown| shown.iter().map(is_changed).collect::<Vec<_>>());
        if !changed.contains(&true) {
            return;
        }
        let found = untrack(check);
        self.shown.update(|shown| {
            let mut changed = changed.into_iter();
            shown.retain_mut(|problem| {
                if changed.next() != Some(true) {
                    return true;
                }
                let Some((_, text)) = found.iter().find(|(field, _)| *field == problem.field) else { return false };
                problem.text.clone_from(text);
                problem.input = self.input_of.run(problem.field).get_untracked();
                true
            });
        });
    }
}

/// Lists the problems of a form above its fields. Each problem is a link to its field.
#[component]
pub fn ProblemSummary(
    /// Makes the title for a number of problems, such as “There are 2 problems”.
    #[prop(into)]
    title: Callback<usize, String>,
    /// The id of each field with a problem, and the text of the problem.
    problems: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    let link = |(id, problem): (&'static str, String)| {
        let on_click = move |event: ev::MouseEvent| {
            event.prevent_default();
            focus::by_id(id);
        };
        view! { <li><a href=format!("#{id}") on:click=on_click>{problem}</a></li> }
    };
    move || {
        let problems = problems.get();
        let title = title.run(problems.len());
        (!problems.is_empty()).then(|| {
            view! {
                <div class="notice" data-kind="danger" role="alert" id=SUMMARY_ID tabindex="-1">
                    <Icon name="triangle-alert" />
                    <div><p>{title}</p><ul class="problem-list">{problems.into_iter().map(link).collect_view()}</ul></div>
                </div>
            }
        })
    }
}
