//! A row as it is shown: the same texts and marks in the table and on the cards of a phone.

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
        use_i18n,
    },
    routes::{Page, href},
    ui::{icon::Icon, live::live},
};

/// What a row shows, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowText {
    /// State.
    pub state: ClientState,
    /// What the row is called: email, else its id.
    pub label: String,
    /// PID of a client, or what there is to say of an invitation.
    pub under: String,
    /// Address of the balance, for clients.
    pub href: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Identifier.
    pub identifier: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Balance.
    pub balance: Option<BalanceText>,
    /// Day it was added.
    pub added: Option<String>,
}

/// A balance, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceText {
    /// Personal balance and bonuses together.
    pub total: String,
    /// Of which bonuses, where there are any.
    pub bonus: Option<String>,
    /// Below zero.
    pub is_debt: bool,
}

impl RowText {
    fn new(row: &RowRef<'_>, i18n: I18n) -> Self {
        let text = i18n.text;
        let under = match (row.state(), row.expires_at()) {
            (ClientState::Invited, _) if row.delivery() == Some(Delivery::Failed) => {
                text.clients().letter_failed.to_owned()
            }
            (ClientState::Invited, _) if row.delivery() == Some(Delivery::Waiting) => {
                text.clients().letter_waiting.to_owned()
            }
            (ClientState::Invited, Some(until)) if let Some(sent) = row.sent_at() => i18n.count_with(
                &text.clients().invited_until,
                days_until(until),
                &[("sent", &i18n.date_in_brief(sent))],
            ),
            (ClientState::Invited, _) => text.clients().state_invited.to_owned(),
            (ClientState::InvitationExpired, Some(at)) => {
                fill(text.clients().invited_expired, &[("date", &i18n.date(at))])
            }
            (ClientState::InvitationExpired, None) => text.clients().state_expired.to_owned(),
            (ClientState::Unreadable, _) => text.clients().state_unreadable.to_owned(),
            _ => row.pid().unwrap_or_default().to_owned(),
        };
        let balance = row.balance().map(|balance| BalanceText {
            total: i18n.money(balance.total, balance.currency),
            bonus: (!balance.bonus.0.is_zero()).then(|| {
                fill(text.clients().of_which_bonus, &[("amount", &i18n.money(balance.bonus, balance.currency))])
            }),
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

/// Days from now, those begun included.
fn days_until(at: UnixTime) -> usize {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    usize::try_from((at.millis - now().millis).max(0)).unwrap_or(0).div_ceil(DAY as usize)
}

/// The text of a row; it follows the store, and keeps its last text while a row that has left is being taken away.
pub fn row_text(state: ClientsState, key: RowKey) -> Memo<RowText> {
    let i18n = use_i18n();
    Memo::new(move |before: Option<&RowText>| {
        state
            .store
            .with(|store| store.row(key).map(|row| RowText::new(&row, i18n)))
            .or_else(|| before.cloned())
            .unwrap_or_else(|| RowText {
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

/// Email (a link to the balance), mark of the state, and what stands under them.
#[component]
pub fn Who(
    /// The row.
    text: Memo<RowText>,
    /// Added here.
    #[prop(into)]
    is_fresh: Signal<bool>,
) -> impl IntoView {
    let words = use_i18n().text;
    view! {
        {live(move || text.with(|text| {
            let label = text.label.clone();
            let (mark, state) = mark_of(text.state);
            let state = state(words);
            let says_state = text.state == ClientState::Blocked;
            view! {
                <span class="mark" data-state=mark title=state aria-hidden="true"></span>
                <span class="who-texts">
                    {match text.href.clone() {
                        Some(href) => view! {
                            <a class="who-email" href=href><bdi>{label}</bdi></a>
                        }.into_any(),
                        None => view! { <bdi class="who-email">{label}</bdi> }.into_any(),
                    }}
                    // After the email, which is what a row is looked for by.
                    {(!says_state).then(|| view! { <span class="visually-hidden">{state}</span> })}
                    <span class="who-under">
                        {is_fresh.get().then(|| view! { <span class="badge">{words.clients().mark_new}</span> })}
                        {says_state
                            .then(|| view! { <Icon name="lock" />{state} " " <span aria-hidden={"true"}>"·"</span> " " })}
                        <span>{text.under.clone()}</span>
                    </span>
                </span>
            }
        }))}
    }
}

fn mark_of(state: ClientState) -> (&'static str, fn(crate::i18n::locales::Text) -> &'static str) {
    match state {
        ClientState::Active => ("active", |text| text.clients().state_active),
        ClientState::Blocked => ("blocked", |text| text.clients().state_blocked),
        ClientState::Unknown => ("unknown", |text| text.clients().state_unknown),
        ClientState::Invited => ("invited", |text| text.clients().state_invited),
        ClientState::InvitationExpired => ("expired", |text| text.clients().state_expired),
        ClientState::Unreadable => ("unreadable", |text| text.clients().state_unreadable),
    }
}

/// A balance; debts stand out by more than colour: they have their minus.
pub fn balance(text: &RowText) -> impl IntoView + use<> {
    text.balance.clone().map(|balance| {
        view! {
            <span class="amount" data-debt=balance.is_debt.then_some("") title=balance.bonus>{balance.total}</span>
        }
    })
}
