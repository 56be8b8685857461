//! Validates lines against the client list and earlier replies of the server, and shows the results.

use std::collections::HashMap;

use leptos::prelude::*;
use partner_api::{
    FieldProblem,
    form::{FieldError, NewClient},
};

use super::{
    super::{
        super::state::ClientsState,
        new_client::{find_duplicate, label_of, message_of_problem, messages_of},
    },
    lines::{Line, LineResult},
};
use crate::{
    i18n::{I18n, format::fill},
    ui::icon::Icon,
};

/// Lines whose result is shown.
const MAX_SHOWN: usize = 200;

/// Earlier attempts to send lines, by the trimmed text of the line. They apply until the line is edited.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempts {
    /// Lines that the server rejected, with the reason.
    pub(super) rejected: HashMap<String, String>,
    /// Lines whose reply was lost, with the idempotency key. With the same key, sending them again cannot invite twice.
    pub(super) unknown: HashMap<String, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ValidatedLine {
    pub(super) line: Line,
    /// `None` if the line can be sent.
    problem: Option<String>,
}

impl ValidatedLine {
    pub(super) fn new(state: ClientsState, i18n: I18n, attempts: &Attempts, source: &str, line: &Line) -> Self {
        let text = i18n.text;
        let problem = match &line.result {
            LineResult::Valid(client) => {
                let text = source.get(line.range.clone()).unwrap_or_default().trim();
                // The existing invitation may come from the attempt whose reply was lost; the idempotency key decides.
                let is_unknown = attempts.unknown.contains_key(text);
                let duplicate = || find_duplicate(state, i18n, &client.email).filter(|_| !is_unknown);
                attempts.rejected.get(text).cloned().or_else(duplicate)
            }
            LineResult::Invalid(errors) => {
                let messages = messages_of(i18n, errors).into_iter().zip(errors);
                let messages = messages.map(|((field, message), (_, error))| match error {
                    // The messages of these errors do not name the field.
                    FieldError::TooLong { .. } | FieldError::ControlCharacter => {
                        format!("{}: {message}", label_of(i18n, field))
                    }
                    _ => message,
                });
                Some(messages.collect::<Vec<_>>().join("; "))
            }
            LineResult::Duplicate(first) => Some(fill(text.add().many_repeated, &[("line", &i18n.number(*first))])),
        };
        Self { line: line.clone(), problem }
    }

    /// The client to invite, if the line can be sent.
    pub(super) fn client(&self) -> Option<&NewClient> {
        match &self.line.result {
            LineResult::Valid(client) if self.problem.is_none() => Some(client),
            _ => None,
        }
    }
}

/// The results of the lines; lines with problems come first.
pub(super) fn results(i18n: I18n, lines: &[ValidatedLine]) -> Option<AnyView> {
    let text = i18n.text.add();
    let (valid, invalid): (Vec<&ValidatedLine>, Vec<&ValidatedLine>) =
        lines.iter().partition(|it| it.client().is_some());
    let more = lines.len().saturating_sub(MAX_SHOWN);
    let row = |it: &ValidatedLine| {
        let number = i18n.number(it.line.number);
        let (icon, message) = match &it.problem {
            Some(problem) => ("circle-alert", problem.clone()),
            None => ("circle-check", text.many_good.to_owned()),
        };
        view! {
            <li data-bad=it.problem.is_some().then_some("")>
                <span class="many-number">{fill(text.many_line, &[("line", &number)])}</span>
                <bdi class="many-label">{it.line.label.clone()}</bdi>
                <span class="many-result"><Icon name=icon /><span>{message}</span></span>
            </li>
        }
    };
    let rows = invalid.into_iter().chain(valid).take(MAX_SHOWN).map(row).collect_view();
    (!lines.is_empty()).then(|| {
        view! {
            <ul class="many-list" tabindex="0">{rows}</ul>
            {(more > 0).then(|| view! { <p class="field-hint">{i18n.count(&i18n.text.bulk().and_more, more)}</p> })}
        }
        .into_any()
    })
}

/// Why the server rejected a line.
pub(super) fn rejection(i18n: I18n, problems: &[FieldProblem]) -> String {
    if problems.is_empty() {
        return i18n.text.forms().problem_other.to_owned();
    }
    problems.iter().map(|problem| message_of_problem(i18n, problem).1).collect::<Vec<_>>().join("; ")
}
