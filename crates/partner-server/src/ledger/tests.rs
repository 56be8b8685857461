//! Checks the booking rules and, with random bookings, that the sums of the ledger and of the reports agree.

use partner_api::{
    Amount, Day, Granularity, Instant, Period, UnixTime,
    ledger::{Account, Direction, LedgerFilter, MovementKind},
};
use proptest::prelude::*;

use super::{
    BonusPart, DaySum, KOPECK, Line,
    book::{Book, BookedDay, Booking, Entry, NotBooked},
    counted, report,
};

/// 2024-02-28T20:00:00Z, which is an hour before a leap day begins in Moscow.
pub const START: i64 = 1_709_150_400_000;
const SERVICES: [(&str, &str); 4] = [("cdn", "Network"), ("dns", "Network"), ("vm", "Computing"), ("s3", "Storage")];

pub fn group_of(code: &str) -> Option<&'static str> {
    SERVICES.iter().find(|(service, _)| *service == code).map(|(_, group)| *group)
}

/// Generates bookings, oldest first, with pauses from zero minutes to several days. Amounts start at a millionth.
pub fn any_bookings() -> impl Strategy<Value = Vec<Booking<'static>>> {
    let service = || prop::sample::select(SERVICES.map(|(code, _)| code).to_vec());
    let micros = || prop_oneof![3 => 1..30_000_i64, 2 => 1..50_000_000_i64, 1 => (1..5_000_i64).prop_map(|kopecks| kopecks * KOPECK)];
    let group = prop::option::of(prop::sample::select(vec!["Network", "Computing"]));
    let expires = prop::option::of((0..20).prop_map(|days| Day::of(UnixTime { millis: START }).plus(days)));
    let resource = prop::option::of(prop::sample::select(vec!["one", "two"]));
    let booking = prop_oneof![
        8 => (service(), micros(), resource).prop_map(|(service, micros, it)| (Entry::Usage { service }, micros, it)),
        1 => (service(), micros()).prop_map(|(service, micros)| (Entry::Subscription { service }, micros, None)),
        1 => micros().prop_map(|micros| (Entry::Payment, micros, Some("No. 1"))),
        1 => (service(), micros()).prop_map(|(service, micros)| (Entry::Refund { service }, micros, None)),
        2 => (group, expires, micros()).prop_map(|(group, expires, it)| (Entry::Bonus { group, expires }, it, None)),
    ];
    let pause = prop_oneof![6 => 0..3_i64, 3 => 3..900_i64, 1 => 900..9_000_i64];
    prop::collection::vec((booking, pause), 1..80).prop_map(|bookings| {
        let mut at = START;
        let booked = bookings.into_iter().map(|((entry, micros, description), pause)| {
            at += pause * 60_000;
            Booking { at: UnixTime { millis: at }, entry, micros, description }
        });
        booked.collect()
    })
}

fn days(book: &Book) -> Vec<&BookedDay> {
    book.closed.iter().chain(&book.open).collect()
}

fn signed(line: &Line) -> i64 {
    if line.direction() == Direction::Debit { -line.counted } else { line.counted }
}

fn booked(base: i64, bookings: &[Booking<'_>]) -> Book {
    let mut book = Book::new(base, Vec::new());
    for booking in bookings {
        book.book(booking, group_of(booking.entry.service())).unwrap();
    }
    book
}

fn report_of(filter: &LedgerFilter) -> report::Head<'_> {
    report::Head { filter, currency: "RUB".into(), as_of: Instant::default(), services: &[] }
}

proptest! {
    #[test]
    fn balances_are_sums_of_lines(bookings in any_bookings(), base in -5_000_i64..5_000) {
        let base = base * KOPECK;
        let book = booked(base, &bookings);
        let lines: Vec<&Line> = days(&book).into_iter().flat_map(|day| &day.lines).collect();
        let of = |account| lines.iter().filter(|it| it.account == account).map(|it| signed(it)).sum::<i64>();
        prop_assert_eq!(book.base, base + of(Account::Personal));
        prop_assert_eq!(book.bonus, of(Account::Bonus));
        prop_assert_eq!(book.bonus, book.bonuses.iter().map(|part| part.left).sum::<i64>());
        prop_assert!(book.bonuses.iter().all(|part| part.left > 0));

        let (mut balance, mut total, mut last) = (base, 0, i64::MIN);
        for day in days(&book) {
            for line in &day.lines {
                balance += signed(line);
                prop_assert_eq!(line.balance, balance, "the balance right after {:?}", line);
                prop_assert_eq!(line.counted, counted(line.exact), "the kopeck rule");
                prop_assert_eq!(Day::of(line.at), day.day);
                prop_assert!(line.at.millis >= last, "lines are in the order of time");
                last = line.at.millis;
            }
            let sums = day.sums();
            let of = |direction| sums.iter().filter(|it| it.direction == direction).map(|it| it.counted).sum::<i64>();
            total += day.debits;
            prop_assert_eq!((day.debits, day.deposits), (of(Direction::Debit), of(Direction::Deposit)));
            prop_assert_eq!((day.closing, day.debits_total), (balance, total));
            prop_assert_eq!(sums.iter().map(|it| it.lines).sum::<i64>(), day.lines.len() as i64);
            let rounded = day.lines.iter().filter(|it| it.is_rounded()).count();
            prop_assert_eq!(sums.iter().map(|it| it.rounded).sum::<i64>(), rounded as i64);
        }
    }

    #[test]
    fn exact_amounts_are_complete_and_usage_is_one_line_per_day(bookings in any_bookings()) {
        let book = booked(0, &bookings);
        for day in days(&book) {
            for (service, _) in SERVICES {
                let is_debit = |it: &&Booking<'_>| {
                    let is_debit = matches!(it.entry, Entry::Usage { .. } | Entry::Subscription { .. });
                    is_debit && it.entry.service() == service && Day::of(it.at) == day.day
                };
                let booked_exact: i64 = bookings.iter().filter(is_debit).map(|it| it.micros).sum();
                let of_service = day.lines.iter().filter(|it| it.service == service);
                let debits = of_service.clone().filter(|it| it.direction() == Direction::Debit);
                prop_assert_eq!(debits.map(|it| it.exact).sum::<i64>(), booked_exact, "{} {}", day.day, service);
                let mut use_of: Vec<_> = of_service
                    .filter(|it| it.kind == MovementKind::Usage)
                    .map(|it| (it.account == Account::Bonus, it.description.clone()))
                    .collect();
                let lines = use_of.len();
                use_of.sort();
                use_of.dedup();
                prop_assert_eq!(use_of.len(), lines);
            }
            let mut numbers: Vec<i64> = day.lines.iter().map(|it| it.number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), day.lines.len(), "line numbers are unique within a day");
        }
    }

    #[test]
    fn money_is_spent_only_if_no_bonus_fits(bookings in any_bookings()) {
        let mut book = Book::new(0, Vec::new());
        for booking in &bookings {
            let before = book.base;
            let group = group_of(booking.entry.service());
            book.book(booking, group).unwrap();
            let fits = |part: &BonusPart| {
                let has_group = part.group.is_none() || part.group.as_deref() == group;
                has_group && part.left >= KOPECK
            };
            if book.base < before {
                prop_assert!(!book.bonuses.iter().any(fits), "{:?} after {:?}", book.bonuses, booking);
            }
            let today = Day::of(booking.at);
            let is_over = |part: &BonusPart| part.expires.is_some_and(|last| last < today);
            let is_new = matches!(booking.entry, Entry::Bonus { .. });
            prop_assert!(is_new || !book.bonuses.iter().any(is_over), "expired bonuses were removed");
        }
    }

    #[test]
    fn detail_and_expenses_and_the_balance_agree(
        bookings in any_bookings(),
        from in 0..12_i32,
        length in 0..40_i32,
        granularity in prop::sample::select(Granularity::ALL.to_vec()),
    ) {
        let book = booked(7 * KOPECK, &bookings);
        let start = Day::of(UnixTime { millis: START });
        let period = Period { from: start.plus(from - 3), to: start.plus(from - 3 + length) };
        let all: Vec<DaySum> = days(&book).into_iter().flat_map(BookedDay::sums).collect();
        let within: Vec<DaySum> = all.iter().filter(|it| period.contains(it.day)).cloned().collect();
        let both = Period { from: period.preceding().from, to: period.to };
        let within_both: Vec<DaySum> = all.iter().filter(|it| both.contains(it.day)).cloned().collect();
        let closing_of = |last: Day| days(&book).iter().rfind(|day| day.day <= last).map_or(7 * KOPECK, |it| it.closing);

        let filter = LedgerFilter { period, granularity, direction: None, service: None };
        let summary = report::summary(report_of(&filter), closing_of(period.from.plus(-1)), &within);
        let expenses = report::expenses(report_of(&filter), &within_both);
        prop_assert_eq!(summary.all.debits, expenses.total, "Detail and Expenses");
        prop_assert_eq!(summary.closing, Amount::from_micros(closing_of(period.to)), "the balance");
        prop_assert_eq!(summary.shown, summary.all);
        let by_group: Amount = summary.groups.iter().map(|group| group.sums.debits).sum();
        let by_bucket: Amount = summary.groups.iter().flat_map(|it| &it.buckets).map(|it| it.sums.debits).sum();
        prop_assert_eq!((by_group, by_bucket), (summary.all.debits, summary.all.debits));
        for service in &expenses.services {
            prop_assert_eq!(service.buckets.iter().copied().sum::<Amount>(), service.total);
            prop_assert_eq!(service.buckets.len(), expenses.buckets.len());
            let group = summary.groups.iter().find(|group| group.service == service.service);
            prop_assert_eq!(group.map_or(Amount::default(), |group| group.sums.debits), service.total);
        }

        // Check that a report on the preceding period alone has the total that the expenses report shows for that
        // period.
        let before = LedgerFilter { period: period.preceding(), ..filter.clone() };
        let sums: Vec<DaySum> = all.iter().filter(|it| before.period.contains(it.day)).cloned().collect();
        prop_assert_eq!(report::summary(report_of(&before), 0, &sums).all.debits, expenses.preceding_total);

        // Check that a filter for debits shows only debits, and that the lines of all services add up to all lines.
        let debits = LedgerFilter { direction: Some(Direction::Debit), ..filter.clone() };
        let shown = report::summary(report_of(&debits), 0, &within).shown;
        prop_assert_eq!((shown.debits, shown.deposits), (summary.all.debits, Amount::default()));
        let mut lines = 0;
        for code in ["cdn", "dns", "vm", "s3", "none"] {
            let of_service = LedgerFilter { service: Some(code.into()), ..filter.clone() };
            lines += report::summary(report_of(&of_service), 0, &within).shown.lines;
        }
        prop_assert_eq!(lines, summary.all.lines);
    }
}

#[test]
fn a_refused_booking_changes_nothing() {
    let at = |minutes: i64| UnixTime { millis: START + minutes * 60_000 };
    let booking = |minutes, micros| Booking { at: at(minutes), entry: Entry::Payment, micros, description: None };
    let mut book = booked(0, &[booking(5, 10)]);
    let before = book.clone();
    for (booking, error) in [
        (booking(4, 10), NotBooked::OutOfOrder),
        (booking(6, 0), NotBooked::NotPositive),
        (booking(6, -1), NotBooked::NotPositive),
        (booking(6, i64::MAX), NotBooked::TooLarge),
    ] {
        assert_eq!(book.book(&booking, None), Err(error));
    }
    assert_eq!(book, before);
}

#[test]
fn bonuses_of_the_group_are_spent_first_and_the_earliest_to_expire_before_others() {
    let day = Day::of(UnixTime { millis: START });
    let bonus = |group, days: Option<i32>, roubles: i64| {
        let entry = Entry::Bonus { group, expires: days.map(|days| day.plus(days)) };
        Booking { at: UnixTime { millis: START }, entry, micros: roubles * 1_000_000, description: None }
    };
    let mut book = booked(
        0,
        &[
            bonus(None, Some(1), 1),
            bonus(Some("Network"), None, 2),
            bonus(Some("Network"), Some(9), 4),
            bonus(Some("Computing"), Some(1), 8),
        ],
    );
    let mut spend = |roubles: i64| {
        let at = UnixTime { millis: START + 60_000 };
        let entry = Entry::Usage { service: "cdn" };
        book.book(&Booking { at, entry, micros: roubles * 1_000_000, description: None }, Some("Network")).unwrap();
        let mut left: Vec<i64> = book.bonuses.iter().map(|part| part.left / 1_000_000).collect();
        left.sort_unstable();
        (left, book.base / 1_000_000)
    };
    assert_eq!(spend(3), (vec![1, 1, 2, 8], 0), "the bonus of the group that expires first");
    assert_eq!(spend(2), (vec![1, 1, 8], 0), "then the other bonus of the group");
    assert_eq!(spend(3), (vec![8], -1), "then the bonus for all services, then money");
}

#[test]
fn a_bonus_expires_at_midnight_after_its_last_day() {
    let day = Day::of(UnixTime { millis: START });
    let bonus = Entry::Bonus { group: None, expires: Some(day) };
    let book_of = |at, entry, micros| Booking { at: UnixTime { millis: at }, entry, micros, description: None };
    // The bonus can be spent two seconds before midnight, but not at midnight, because it has expired.
    let midnight = day.plus(1).start().millis;
    let usage = Entry::Usage { service: "vm" };
    let book = booked(0, &[book_of(START, bonus, 5_000_000), book_of(midnight - 2_000, usage, 1_000_000)]);
    assert_eq!((book.base, book.bonus), (0, 4_000_000));
    let bookings =
        [book_of(START, bonus, 5_000_000), book_of(midnight - 2_000, usage, 1_000_000), book_of(midnight, usage, 1)];
    let book = booked(0, &bookings);
    assert_eq!((book.base, book.bonus), (-KOPECK, 0));
    let expiry = &days(&book)[1].lines[0];
    assert_eq!((expiry.kind, expiry.counted, expiry.at.millis), (MovementKind::Expiry, 4_000_000, midnight));
}
