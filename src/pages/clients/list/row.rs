//! The texts of a row, and the parts of a row that the table and the cards share.

use leptos::prelude::*;
use partner_api::{UnixTime, invitation::Delivery, rules::ClientState};

use super::super::{
    state::ClientsState,
    store::{RowKey, RowRef},
};
use crate::{
    browser::clock::now,
    i18n::{
        I18n,
        format::{self, fill},
        locales::ClientsText,
        use_i18n,
    },
    routes::{Page, href},
    ui::icon::Icon,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowText {
    state: ClientState,
    /// The email or, if the row has no email, the PID; a dash if it has neither.
    label: String,
    /// The line below the label: the PID of a client, the status of an invitation, or the note that the entry cannot be
    /// read.
    under: String,
    /// The address of the balance page. `None` for rows without a readable PID, such as invitations.
    href: Option<String>,
    pub name: Option<String>,
    pub identifier: Option<String>,
    pub phone: Option<String>,
    balance: Option<BalanceText>,
    /// The date on which the client or invitation was created.
    pub added: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct BalanceText {
    /// The balance of the personal account plus the bonuses.
    total: String,
    /// The part of the total that is bonuses. `None` if there are no bonuses.
    bonus: Option<String>,
    is_debt: bool,
}

impl RowText {
    fn new(row: &RowRef<'_>, i18n: I18n) -> Self {
        let text = i18n.text.clients();
        let under = match (row.state(), row.expires_at()) {
            (ClientState::Invited, _) if row.delivery() == Some(Delivery::Failed) => text.email_failed.to_owned(),
            (ClientState::Invited, _) if row.delivery() == Some(Delivery::Waiting) => text.email_waiting.to_owned(),
            (ClientState::Invited, Some(until)) if let Some(sent) = row.sent_at() => {
                i18n.count_with(&text.invited_until, days_until(until), &[("sent", &i18n.date_in_brief(sent))])
            }
            (ClientState::Invited, _) => text.state_invited.to_owned(),
            (ClientState::InvitationExpired, Some(at)) => fill(text.invited_expired, &[("date", &i18n.date(at))]),
            (ClientState::InvitationExpired, None) => text.state_expired.to_owned(),
            (ClientState::Unreadable, _) => text.state_unreadable.to_owned(),
            _ => row.pid().unwrap_or_default().to_owned(),
        };
        let balance = row.balance().map(|balance| BalanceText {
            total: i18n.money(balance.total, balance.currency),
            bonus: (!balance.bonus.0.is_zero())
                .then(|| fill(text.of_which_bonus, &[("amount", &i18n.money(balance.bonus, balance.currency))])),
            is_debt: balance.total.0.is_sign_negative() && !balance.total.0.is_zero(),
        });
        Self {
            state: row.state(),
            label: row.email().or(row.pid()).unwrap_or("—").to_owned(),
            under,
            href: row.pid().map(|pid| href(i18n.locale, &Page::balance(pid), "")),
            name: row.name().map(str::to_owned),
            identifier: row.identifier().map(str::to_owned),
            phone: row.phone().map(format::phone),
            balance,
            added: row.added().map(|at| i18n.date(at)),
        }
    }
}

/// Number of days from now until this time, rounded up.
fn days_until(at: UnixTime) -> usize {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    usize::try_from((at.millis - now().millis).max(0)).unwrap_or(0).div_ceil(DAY as usize)
}

/// The texts of a row. If the row is no longer in the store, the memo keeps the last texts, because the row stays on
/// screen until the list is drawn again.
pub fn row_text(state: ClientsState, key: RowKey) -> Memo<RowText> {
    let i18n = use_i18n();
    Memo::new(move |before: Option<&RowText>| {
        let text = state.store().with(|store| store.row(key).map(|row| RowText::new(&row, i18n)));
        text.or_else(|| before.cloned()).unwrap_or_else(|| RowText {
            state: ClientState::Unreadable,
            label: "—".to_owned(),
            under: String::new(),
            href: None,
            name: None,
            identifier: None,
            phone: None,
            balance: None,
            added: None,
        })
    })
}

/// Draws the state of a row, the email with a link to the balance page, and the line below the email.
#[component]
pub fn Who(key: RowKey, text: Memo<RowText>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let texts = use_i18n().text.clients();
    move || {
        text.with(|text| {
            let label = text.label.clone();
            let (mark, state_name) = mark_of(text.state);
            let state_name = state_name(texts);
            let is_blocked = text.state == ClientState::Blocked;
            view! {
                <span class="mark" data-state=mark title=state_name aria-hidden="true"></span>
                <span class="who-texts">
                    {match text.href.clone() {
                        Some(href) => view! {
                            <a class="who-email" href=href><bdi>{label}</bdi></a>
                        }.into_any(),
                        None => view! { <bdi class="who-email">{label}</bdi> }.into_any(),
                    }}
                    // Put the state after the email, so that screen readers read the email first. Users look for a row
                    // by email.
                    {(!is_blocked).then(|| view! { <span class="visually-hidden">{state_name}</span> })}
                    <span class="who-under">
                        {state.is_added(key).then(|| view! { <span class="badge">{texts.mark_new}</span> })}
                        {is_blocked
                            .then(|| view! { <Icon name="lock" />{state_name} " " <span aria-hidden={"true"}>"·"</span> " " })}
                        <span>{text.under.clone()}</span>
                    </span>
                </span>
            }
        })
    }
}

fn mark_of(state: ClientState) -> (&'static str, fn(&ClientsText) -> &'static str) {
    match state {
        ClientState::Active => ("active", |text| text.state_active),
        ClientState::Blocked => ("blocked", |text| text.state_blocked),
        ClientState::Unknown => ("unknown", |text| text.state_unknown),
        ClientState::Invited => ("invited", |text| text.state_invited),
        ClientState::InvitationExpired => ("expired", |text| text.state_expired),
        ClientState::Unreadable => ("unreadable", |text| text.state_unreadable),
    }
}

/// The balance of a row. A debt has a minus sign in addition to a colour, because not all users can see the colour.
pub fn balance(text: &RowText) -> impl IntoView + use<> {
    text.balance.clone().map(|balance| {
        view! {
            <span class="amount" data-debt=balance.is_debt.then_some("") title=balance.bonus>{balance.total}</span>
        }
    })
}
