//! Golden files: JSON bodies, many of them from the examples of the published descriptions, read into the types and
//! written again.
//!
//! `tests/golden/x.json` is the input and `tests/golden/x.written.json` the output. After an intended change of the
//! JSON, `UPDATE_GOLDEN=1 cargo test -p partner-api` rewrites the outputs. Review the difference before committing it.

use std::{fs, path::PathBuf};

use partner_api::{
    Client, Granularity, Invitation,
    acceptance::{AcceptedInvitation, InvitationOffer},
    billing::{BalanceAmount, ClientBilling},
    invitation::Delivery,
    ledger::{Account, Balance, Expenses, MovementKind, MovementsPage, MovementsSummary, Services},
};
use serde::{Serialize, de::DeserializeOwned};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("tests/golden/{name}: {error}"))
}

/// Parses the input, writes the value as JSON, compares the JSON with the golden file, and parses that JSON again.
fn both_ways<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str) -> T {
    let value: T =
        serde_json::from_str(&read(&format!("{name}.json"))).unwrap_or_else(|error| panic!("{name}: {error}"));
    let written = serde_json::to_string_pretty(&value).expect("the value can be written") + "\n";
    let golden = format!("{name}.written.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path(&golden), &written).expect("the folder of golden files can be written to");
    }
    assert_eq!(written, read(&golden), "{name}: the first lines of this test say how to accept a change of the JSON");
    assert_eq!(serde_json::from_str::<T>(&written).expect("the output can be read"), value, "{name}");
    value
}

#[test]
fn clients_are_read_and_written_in_the_published_shape() {
    let client: Client = both_ways("client");
    assert_eq!(client.phone.as_deref(), Some("81234567890"));
    assert_eq!(client.ctime.map(|at| at.millis), Some(1_559_826_127_435));
    let from_strings: Client = both_ways("client_numbers_as_strings");
    assert_eq!(from_strings, Client { enabled: Some(false), ..client });
    assert_eq!(both_ways::<Client>("client_strings_as_numbers").attr.client_id.as_deref(), Some("1042"));
}

#[test]
fn clients_with_missing_null_and_unknown_fields_are_read() {
    let missing: Client = both_ways("client_fields_missing");
    assert_eq!(missing, Client { pid: "mcs6838234314".into(), ..Client::default() });
    assert_eq!(both_ways::<Client>("client_fields_null"), missing);
    assert_eq!(both_ways::<Client>("client_inner_fields_null"), missing);
    assert_eq!(both_ways::<Client>("client_fields_unknown").attr.client_id.as_deref(), Some("MyClient"));
}

#[test]
fn a_balance_in_the_list_is_exact() {
    let balance = both_ways::<Client>("client_with_balance").balance.expect("a balance");
    assert_eq!((balance.base + balance.bonus).to_string(), "1370.50");
}

#[test]
fn invitations_are_read_and_written_in_the_published_shape() {
    let invitation: Invitation = both_ways("invitation");
    assert_eq!(invitation.meta.phone.as_deref(), Some("89262755887"));
    let from_strings: Invitation = both_ways("invitation_numbers_as_strings");
    assert_eq!((from_strings.ctime, from_strings.meta.phone), (invitation.ctime, invitation.meta.phone));
    assert_eq!(from_strings.sent_at.map(|at| at.millis), Some(1_559_826_127_500));
}

#[test]
fn invitations_with_missing_null_and_unknown_fields_are_read() {
    let missing: Invitation = both_ways("invitation_fields_missing");
    assert_eq!(both_ways::<Invitation>("invitation_fields_null"), missing);
    let newer: Invitation = both_ways("invitation_with_delivery");
    assert_eq!(newer.delivery, Some(Delivery::Other), "a newer server can send other statuses");
    assert_eq!(both_ways::<Invitation>("invitation_fields_unknown").meta.name.as_deref(), Some("Vanya"));
}

#[test]
fn the_offer_and_the_acceptance_of_an_invitation_are_read_and_written() {
    let offer: InvitationOffer = both_ways("invitation_offer");
    assert_eq!(offer.expires_at.to_string(), "2026-12-02T14:03:00+03:00");
    let missing: InvitationOffer = both_ways("invitation_offer_fields_missing");
    assert_eq!(missing, InvitationOffer { partner_title: None, initiator: None, ..offer });
    assert_eq!(both_ways::<AcceptedInvitation>("invitation_accepted").partner_title, None);
}

#[test]
fn billing_is_read_and_written_in_the_published_shape() {
    let billing: ClientBilling = both_ways("billing");
    assert_eq!(billing.balance.map(|amount| amount.to_string()).as_deref(), Some("-40"));
    assert_eq!(billing.currency, None, "the published example has a number as the currency");
    assert_eq!(both_ways::<ClientBilling>("billing_numbers_as_strings").currency.as_deref(), Some("RUB"));
    let missing: ClientBilling = both_ways("billing_fields_missing");
    assert_eq!(both_ways::<ClientBilling>("billing_fields_null"), missing);
}

#[test]
fn the_balance_amount_is_written_as_exact_numbers() {
    both_ways::<BalanceAmount>("balance");
    both_ways::<BalanceAmount>("balance_numbers_as_strings");
}

#[test]
fn a_ledger_is_read_with_numbers_or_strings_and_written_with_strings() {
    let balance: Balance = both_ways("ledger_balance");
    assert_eq!((balance.total().to_string(), balance.lasts_days()), ("1390.50".into(), Some(56)));
    assert_eq!(balance.bonuses[0].expires.map(|day| day.to_string()).as_deref(), Some("2026-12-31"));
    let missing: Balance = both_ways("ledger_balance_fields_missing");
    assert_eq!((missing.bonuses.len(), missing.average_daily_debit), (0, None));
    assert_eq!(both_ways::<Services>("ledger_services").data[1].group, None);

    let movements: MovementsPage = both_ways("ledger_movements");
    assert_eq!(movements.data[0].exact.map(|amount| amount.to_string()).as_deref(), Some("0.004"));
    assert_eq!(movements.data[1].at.to_string(), "2026-11-25T00:00:01+03:00");
    let of_newer = &movements.data[2];
    assert_eq!((of_newer.kind, of_newer.account, of_newer.balance), (MovementKind::Other, Account::Personal, None));

    let summary: MovementsSummary = both_ways("ledger_summary");
    let all = summary.all;
    assert_eq!((summary.closing + all.debits).to_string(), (summary.opening + all.deposits).to_string());
    assert_eq!((summary.shown.lines, summary.groups[1].service.as_ref()), (0, None));
    assert_eq!(both_ways::<Expenses>("ledger_expenses").granularity, Granularity::Month);
}

#[test]
fn every_golden_file_is_read_by_a_test() {
    let tests = include_str!("golden.rs");
    for entry in fs::read_dir(path("")).expect("the folder exists") {
        let name = entry.expect("an entry").file_name().into_string().expect("a plain name");
        let stem = name.trim_end_matches(".json").trim_end_matches(".written");
        assert!(tests.contains(&format!("(\"{stem}\")")), "no test reads tests/golden/{name}: use it or delete it");
    }
}
