//! The demonstration clients that tests and guides name. Their emails, except the last one, come first in the list.
//!
//! | email, without `@client.example` | special feature |
//! |---|---|
//! | `alpha` | active, every field; a ledger of 13 movements for exact tests, see `small` in `seed/ledger/known.rs` |
//! | `bravo` | blocked, every field |
//! | `charlie` | active, no name; 10,000 movements in the last complete month |
//! | `delta` | active, no phone; spends 300.00 a day, so the balance lasts 4 days |
//! | `echo` | active, no identifier; no movements in the last ten days |
//! | `foxtrot` | blocked, in debt |
//! | `golf` | active, no money and no bonus |
//! | `held.always` | another operation is running on it: blocking, unblocking and deleting are rejected with `held` |
//! | `held.once`, `held.once2` … `held.once4` | as `held.always`, but only the first change is rejected |
//! | `hotel` | active, 0.004 roubles, which is less than a kopeck; an empty ledger |
//! | `india` | active, tenge |
//! | `juliett` | active, a name of 120 characters |
//! | `kilo` | active; its name, and descriptions of movements in the last week, would run as scripts if they were not escaped |
//! | `lima` | active, a name in a right-to-left script |
//!
//! `яна@пример.испытание` comes last in the list, because its email is in Cyrillic.
//!
//! Invitations: `invited@client.example` is pending, `expired@client.example` has expired.

use partner_api::UnixTime;

use super::{DAY_MILLIS, DEMO_EMAIL, generate::invitation_row, later};
use partner_server::store::{clients::NewClientRow, invitations::InvitationRow};

/// 2025-04-01T09:00:00Z, the creation time of the first known client. Each following client is created a minute later.
const CREATED: i64 = 1_743_498_000;

/// A company name of 120 characters, for checking the layout of long names.
const LONG_NAME: &str = "Общество с ограниченной ответственностью «Научно-производственное объединение \
                         Северо-Западные информационные технологии»";

pub(super) fn clients() -> Vec<NewClientRow> {
    let mut rows = [
        "alpha",
        "bravo",
        "charlie",
        "delta",
        "echo",
        "foxtrot",
        "golf",
        "held.always",
        "held.once",
        "held.once2",
        "held.once3",
        "held.once4",
        "hotel",
        "india",
        "juliett",
        "kilo",
        "lima",
    ]
    .into_iter()
    .zip(0..)
    .map(|(word, n)| default_client(word, n))
    .collect::<Vec<_>>();
    let mut change = |word: &str, edit: fn(&mut NewClientRow)| {
        rows.iter_mut().filter(|row| row.email.split_once('@').is_some_and(|(local, _)| local == word)).for_each(edit);
    };
    change("bravo", |row| row.is_enabled = false);
    change("charlie", |row| row.name = None);
    change("delta", |row| row.phone = None);
    change("echo", |row| row.identifier = None);
    change("foxtrot", |row| {
        row.is_enabled = false;
        row.base_micros = -15_320_450_000;
        row.bonus_micros = 0;
    });
    change("golf", |row| (row.base_micros, row.bonus_micros) = (0, 0));
    change("held.always", |row| row.held_tries = 1_000_000_000);
    for word in ["held.once", "held.once2", "held.once3", "held.once4"] {
        change(word, |row| row.held_tries = 1);
    }
    change("hotel", |row| (row.base_micros, row.bonus_micros) = (4_000, 0));
    change("india", |row| row.currency = "KZT");
    change("kilo", |row| row.name = Some("<img src=x onerror=alert(1)>".into()));
    change("lima", |row| row.name = Some("شركة الرياح الشمالية".into()));
    change("juliett", |row| row.name = Some(LONG_NAME.into()));
    let mut last = default_client("яна", 17);
    last.email = "яна@пример.испытание".into();
    rows.push(last);
    rows
}

fn default_client(word: &str, n: i64) -> NewClientRow {
    let title = word.replace('.', " ");
    NewClientRow {
        pid: format!("mcs{}", 4_410_000_001 + n),
        uid: 900_000_001 + n,
        email: format!("{word}@client.example"),
        name: Some(format!("Client {title}")),
        company: Some(format!("{title} LLC")),
        phone: Some(format!("+7495000{:04}", n + 1)),
        identifier: Some(format!("CRM-{:04}", n + 1)),
        is_enabled: true,
        created_at: UnixTime::from_secs(CREATED + 60 * n),
        base_micros: 1_240_500_000,
        bonus_micros: 150_000_000,
        currency: "RUB",
        legal_form: "legal",
        is_verified: true,
        held_tries: 0,
    }
}

pub(super) fn invitations(now: UnixTime) -> Vec<InvitationRow> {
    let row = |word: &str, n: u8, days_ago: i64| {
        let mut row = invitation_row(&format!("{word}@client.example"), DEMO_EMAIL, later(now, -days_ago * DAY_MILLIS));
        row.iid = format!("{n:032x}");
        row.name = Some(format!("Client {word}"));
        row.identifier = Some(format!("CRM-{:04}", 9000 + u16::from(n)));
        row
    };
    vec![row("invited", 1, 1), row("expired", 2, 10)]
}
