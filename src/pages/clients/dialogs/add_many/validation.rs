//! Checks lines against the client list and against earlier replies of the server, and shows the results.

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

/// The dialog shows the results of at most this many lines.
const MAX_SHOWN: usize = 200;

/// Results of earlier attempts to send lines. The trimmed text of a line is the key, so that a result no longer applies
/// after the user has edited the line.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempts {
    /// The reason for each line that the server rejected.
    pub(super) rejected: HashMap<String, String>,
    /// The idempotency key for each line that the server neither accepted nor rejected, for example because the reply
    /// was lost. A retry uses the same key, so that it cannot invite a client twice.
    pub(super) unknown: HashMap<String, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ValidatedLine {
    pub(super) line: Line,
    /// The message for a problem with the line. `None` if the line can be sent.
    problem: Option<String>,
}

impl ValidatedLine {
    pub(super) fn new(state: ClientsState, i18n: I18n, attempts: &Attempts, source: &str, line: &Line) -> Self {
        let text = i18n.text;
        let problem = match &line.result {
            LineResult::Valid(client) => {
                let text = source.get(line.range.clone()).unwrap_or_default().trim();
                // If the reply to this line was lost, do not report a duplicate: the invitation in the list may come
                // from that attempt, and the idempotency key prevents a second invitation.
                let is_unknown = attempts.unknown.contains_key(text);
                let duplicate = || find_duplicate(state, i18n, &client.email).filter(|_| !is_unknown);
                attempts.rejected.get(text).cloned().or_else(duplicate)
            }
            LineResult::Invalid(errors) => {
                let messages = messages_of(i18n, errors).into_iter().zip(errors);
                let messages = messages.map(|((field, message), (_, error))| match error {
                    // Put the name of the field before the message, because the messages of these errors do not contain
                    // it.
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

    /// The client to invite. `None` if there is a problem with the line.
    pub(super) fn client(&self) -> Option<&NewClient> {
        match &self.line.result {
            LineResult::Valid(client) if self.problem.is_none() => Some(client),
            _ => None,
        }
    }
}

/// Shows the results of at most [`MAX_SHOWN`] lines. Lines with problems come first.
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

/// The message that says why the server rejected a line.
pub(super) fn rejection(i18n: I18n, problems: &[FieldProblem]) -> String {
    if problems.is_empty() {
        return i18n.text.forms().problem_other.to_owned();
    }
    problems.iter().map(|problem| message_of_problem(i18n, problem).1).collect::<Vec<_>>().join("; ")
}
