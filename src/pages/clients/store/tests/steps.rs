//! Generates random actions of a partner and random changes by a colleague, and simulates the server.

use std::collections::BTreeMap;

use partner_api::{
    Client, Invitation, UnixTime,
    client::{ClientAttributes, ClientBalance, ClientOwner, ClientsPage, Unreadable},
    invitation::Invitations,
    rules::Operation,
};
use proptest::{prelude::*, sample::select};

use super::super::{QuickFilter, SortKey};

/// An action of the partner in the app.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Search(String),
    Filter(QuickFilter),
    Sort(SortKey, bool),
    Toggle(usize),
    Range(usize),
    SelectAll,
    DropHidden,
    /// A colleague makes changes, and then the list is refreshed. The listing has one page, or pages of this size.
    Refresh(Vec<Change>, Option<usize>),
    Wait(i64),
    /// The confirmation dialog opens, a colleague makes changes, and the partner confirms the operation. The flags say
    /// which calls fail.
    Act(Operation, Vec<Change>, Vec<bool>),
}

/// A change of the data on the server that the partner did not make.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Put(Client),
    /// Changes the balance and the creation date of a client.
    Charge(u32, Option<ClientBalance>, i64),
    Drop(String),
    Invite(Invitation),
    Revoke(String),
    Unreadable(u32),
}

fn text() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(
        0.8,
        select(vec![
            "a@x.ru",
            "A@x.ru",
            "b@mail.ru",
            "ёлка",
            "Елка",
            "ель",
            "Ёж",
            "Иванов Иван Иванович",
            "Иванов Иван Игоревич",
            "иванов иван",
            "crm-7",
            "CRM-12",
            "crm-007",
            "crm-7b",
            "10",
            "9",
            "é",
            "e\u{301}",
            "long common beginning 1",
            "long common beginning 10",
            "long common beginning é",
            "two\nlines",
            "  ",
            "ΑΣ",
            "名前",
            "7 (926) 275",
        ]),
    )
    .prop_map(|text| text.map(str::to_owned))
}

fn phone() -> impl Strategy<Value = Option<String>> {
    select(vec![None, Some("89262755887"), Some("79262755887"), Some("+7 495 1234567"), Some("12345"), Some("-")])
        .prop_map(|phone| phone.map(str::to_owned))
}

fn balance() -> impl Strategy<Value = Option<ClientBalance>> {
    let amount =
        select(vec!["0", "-40", "1410", "0.0000001", "0.0000002", "-0.0000001", "79228162514264337593543950335"]);
    let currency = select(vec!["RUB", "KZT"]);
    let lasts_days = proptest::option::of(0..15_u32);
    proptest::option::of((amount.clone(), amount, currency, lasts_days).prop_map(
        |(base, bonus, currency, lasts_days)| ClientBalance {
            base: base.parse().unwrap(),
            bonus: bonus.parse().unwrap(),
            currency: currency.into(),
            lasts_days,
        },
    ))
}

prop_compose! {
    fn client()(
        number in 0..12_u32, enabled in proptest::option::of(any::<bool>()), phone in phone(), email in text(),
        name in text(), client_id in text(), ctime in proptest::option::of(0..3_i64), balance in balance(),
    ) -> Client {
        Client {
            pid: format!("mcs{number}"),
            enabled,
            phone,
            ctime: ctime.map(UnixTime::from_secs),
            attr: ClientAttributes { client_id },
            owner: ClientOwner { email, name, ..ClientOwner::default() },
            balance,
            ..Client::default()
        }
    }
}

prop_compose! {
    fn invitation()(number in 0..5_u32, email in text(), expires in proptest::option::of(0..5_i64)) -> Invitation {
        Invitation {
            iid: format!("{number:032x}"),
            email,
            expires_at: expires.map(UnixTime::from_secs),
            ..Invitation::default()
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    proptest::collection::vec(
        prop_oneof![
            6 => client().prop_map(Change::Put),
            6 => (0..12_u32, balance(), 0..9_i64).prop_map(|(number, balance, ctime)| Change::Charge(number, balance, ctime)),
            3 => (0..12_u32).prop_map(|number| Change::Drop(format!("mcs{number}"))),
            2 => invitation().prop_map(Change::Invite),
            1 => (0..5_u32).prop_map(|number| Change::Revoke(format!("{number:032x}"))),
            1 => (0..3_u32).prop_map(Change::Unreadable),
        ],
        0..12,
    )
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let word = select(vec![
        "",
        "и",
        "ив",
        "иван",
        "иванов иван",
        "ё",
        "Е",
        "crm",
        "crm-7",
        "mail x",
        "mcs1",
        "mcs 1",
        "926 27",
        "+7 (926) 27558",
        "zzz",
    ]);
    let operation = select(vec![Operation::Block, Operation::Unblock, Operation::Detach, Operation::Revoke]);
    prop_oneof![
        3 => word.prop_map(|word| Step::Search(word.to_owned())),
        2 => select(QuickFilter::ALL.to_vec()).prop_map(Step::Filter),
        3 => (select(SortKey::ALL.to_vec()), any::<bool>()).prop_map(|(key, descending)| Step::Sort(key, descending)),
        4 => (0..20_usize).prop_map(Step::Toggle),
        3 => (0..20_usize).prop_map(Step::Range),
        4 => Just(Step::SelectAll),
        1 => Just(Step::DropHidden),
        4 => (changes(), proptest::option::of(1..4_usize)).prop_map(|(changes, page)| Step::Refresh(changes, page)),
        1 => (0..6_i64).prop_map(Step::Wait),
        5 => (operation, changes(), proptest::collection::vec(any::<bool>(), 4))
            .prop_map(|(operation, changes, fails)| Step::Act(operation, changes, fails)),
    ]
}

/// The PID of a client that some replies contain in a form that the app cannot read.
pub(super) const UNREADABLE: &str = "mcs11";

/// The simulated server.
#[derive(Default)]
pub(super) struct Server {
    pub(super) clients: BTreeMap<String, Client>,
    pub(super) invitations: BTreeMap<String, Invitation>,
    unreadable: u32,
}

impl Server {
    pub(super) fn change(&mut self, change: Change) {
        match change {
            Change::Put(client) => drop(self.clients.insert(client.pid.clone(), client)),
            Change::Charge(number, balance, ctime) => {
                let ctime = Some(UnixTime::from_secs(ctime));
                self.clients.entry(format!("mcs{number}")).and_modify(|it| (it.balance, it.ctime) = (balance, ctime));
            }
            Change::Drop(pid) => drop(self.clients.remove(&pid)),
            Change::Invite(invitation) => drop(self.invitations.insert(invitation.iid.clone(), invitation)),
            Change::Revoke(iid) => drop(self.invitations.remove(&iid)),
            Change::Unreadable(count) => self.unreadable = count,
        }
    }

    pub(super) fn page(&self, from: usize, size: usize) -> ClientsPage {
        let clients = self.clients.values().skip(from).take(size);
        let clients = clients.filter(|client| self.unreadable < 2 || client.pid != UNREADABLE).cloned().collect();
        let is_last = from + size >= self.clients.len();
        let unreadable = if is_last { self.unreadable } else { 0 };
        let unreadable = (0..unreadable).map(|n| Unreadable { pid: (n == 1).then(|| UNREADABLE.into()) }).collect();
        ClientsPage { clients, unreadable, ..ClientsPage::default() }
    }

    pub(super) fn invitations(&self) -> Invitations {
        Invitations {
            invitations: self.invitations.values().cloned().collect(),
            unreadable: self.unreadable as usize / 2,
        }
    }
}
