//! Generates clients and invitations. The same seed gives the same sequence of random numbers on every platform.

use std::collections::HashSet;

use partner_api::UnixTime;
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    expiry,
    names::{
        DOMAINS, IDN_DOMAINS, LATIN_COMPANIES, LATIN_NAMES, LATIN_SURNAMES, RUSSIAN_COMPANIES, RUSSIAN_NAMES,
        RUSSIAN_SURNAMES,
    },
};
use partner_server::{
    store::{clients::NewClientRow, invitations::InvitationRow},
    text::email_key,
};

/// 2025-05-01T00:00:00Z. The creation dates of generated clients are in the three years before this time.
const LATEST: i64 = 1_746_057_600;
const THREE_YEARS_SECS: u64 = 3 * 365 * 24 * 60 * 60;

pub(super) struct Generator {
    random: Xoshiro256PlusPlus,
    next_number: i64,
    taken: HashSet<String>,
}

impl Generator {
    pub(super) fn new(seed: u64, first_number: i64) -> Self {
        Self { random: Xoshiro256PlusPlus::seed_from_u64(seed), next_number: first_number, taken: HashSet::new() }
    }

    fn below(&mut self, bound: u64) -> u64 {
        // Use the modulo although it is slightly biased: the result does not depend on the version of rand.
        self.random.next_u64() % bound
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }

    fn in_a_hundred(&mut self, chances: u64) -> bool {
        self.below(100) < chances
    }

    pub(super) fn client(&mut self, is_enabled: bool) -> NewClientRow {
        let (name, mailbox) = self.person();
        let company = self.company();
        let email = self.address(&mailbox);
        let number = self.next_number;
        self.next_number += 1;
        let (base_micros, bonus_micros) = self.balance();
        NewClientRow {
            pid: format!("mcs{number}"),
            uid: 90_000_000_000 + number,
            email,
            name: (!self.in_a_hundred(8)).then_some(name),
            company: self.in_a_hundred(60).then_some(company),
            phone: self.phone(12),
            identifier: self.identifier(number),
            is_enabled,
            created_at: UnixTime::from_secs(LATEST - i64::try_from(self.below(THREE_YEARS_SECS)).unwrap_or(0)),
            base_micros,
            bonus_micros,
            currency: "RUB",
            legal_form: if self.in_a_hundred(70) { "legal" } else { "individual" },
            is_verified: self.in_a_hundred(80),
            held_tries: 0,
        }
    }

    pub(super) fn invitation(&mut self, initiator: &str, created_at: UnixTime) -> InvitationRow {
        let (name, mailbox) = self.person();
        let email = self.address(&mailbox);
        let number = self.next_number;
        self.next_number += 1;
        let mut row = invitation_row(&email, initiator, created_at);
        row.iid = format!("{:016x}{:016x}", self.random.next_u64(), self.random.next_u64());
        row.name = (!self.in_a_hundred(25)).then_some(name);
        row.phone = self.phone(40);
        row.identifier = self.identifier(number);
        row
    }

    /// Returns a full name and a matching local part of an email address.
    fn person(&mut self) -> (String, String) {
        if self.in_a_hundred(65) {
            let (surname, letters) = self.pick(&RUSSIAN_SURNAMES);
            let (name, initial, is_woman) = self.pick(&RUSSIAN_NAMES);
            let ending = if is_woman { "а" } else { "" };
            (format!("{name} {surname}{ending}"), format!("{letters}{}.{initial}", if is_woman { "a" } else { "" }))
        } else {
            let (name, surname) = (self.pick(&LATIN_NAMES), self.pick(&LATIN_SURNAMES));
            let letters = surname.to_lowercase().replace('ü', "ue").replace('\'', "");
            (format!("{name} {surname}"), format!("{letters}.{}", name.to_lowercase()))
        }
    }

    fn company(&mut self) -> String {
        if self.in_a_hundred(70) {
            let form = self.pick(&["ООО", "АО", "ИП"]);
            format!("{form} «{}»", self.pick(&RUSSIAN_COMPANIES))
        } else {
            let form = self.pick(&["LLC", "GmbH", "Ltd"]);
            format!("{} {form}", self.pick(&LATIN_COMPANIES))
        }
    }

    /// Returns an email address that this generator has not returned before. About 4 % of the addresses have an
    /// internationalised domain.
    fn address(&mut self, mailbox: &str) -> String {
        let domain = if self.in_a_hundred(4) { self.pick(&IDN_DOMAINS) } else { self.pick(&DOMAINS) };
        let numbered = (2..).map(|n| format!("{mailbox}{n}@{domain}"));
        let mut candidates = std::iter::once(format!("{mailbox}@{domain}")).chain(numbered);
        candidates.find(|email| self.taken.insert(email_key(email))).unwrap_or_default()
    }

    fn phone(&mut self, missing_in_a_hundred: u64) -> Option<String> {
        let digits = self.below(1_000_000_000);
        (!self.in_a_hundred(missing_in_a_hundred)).then(|| format!("+79{digits:09}"))
    }

    fn identifier(&mut self, number: i64) -> Option<String> {
        match self.below(10) {
            0 | 1 => None,
            2 => Some(format!("Договор № {}/{}", number % 10_000, 20 + number % 6)),
            3 => Some(format!("{:08X}", self.below(u64::from(u32::MAX)))),
            _ => Some(format!("CRM-{}", number % 10_000_000)),
        }
    }

    /// Returns the balances of the personal and the bonus account in micros. Both are whole kopecks, because the ledger
    /// rounds to kopecks. About one personal account in ten is empty, and about one in ten is in debt.
    fn balance(&mut self) -> (i64, i64) {
        let kopecks = i64::try_from(self.below(30_000_000)).unwrap_or(0);
        let base = match self.below(20) {
            0 | 1 => 0,
            2 | 3 => -(kopecks / 20) * 10_000,
            _ => kopecks * 10_000,
        };
        let bonus = if self.in_a_hundred(25) { i64::try_from(self.below(5_000)).unwrap_or(0) * 1_000_000 } else { 0 };
        (base, bonus)
    }
}

/// Returns an invitation whose email was sent when the invitation was created. The id is empty, so the caller must set
/// it.
pub(super) fn invitation_row(email: &str, initiator: &str, created_at: UnixTime) -> InvitationRow {
    InvitationRow {
        iid: String::new(),
        email: email.to_owned(),
        email_key: email_key(email),
        name: None,
        phone: None,
        identifier: None,
        initiator: initiator.to_owned(),
        created_at,
        sent_at: Some(created_at),
        expires_at: expiry(created_at),
        delivery: None,
    }
}
