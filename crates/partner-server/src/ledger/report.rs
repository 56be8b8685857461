//! Adds up the ledger over a period. The input is the stored sums by day, service and direction, because a period can
//! have too many lines.

use std::collections::HashMap;

use partner_api::{
    Amount, Day, Granularity, Instant, Period,
    ledger::{
        Bucket, Direction, Expenses, LedgerFilter, MovementsSummary, NO_SERVICE, Service, ServiceExpenses,
        ServiceMovements, Sums,
    },
};

use super::DaySum;

/// The filter and the common fields of a report.
pub struct Head<'a> {
    pub filter: &'a LedgerFilter,
    pub currency: String,
    pub as_of: Instant,
    /// All services in the client's ledger.
    pub services: &'a [Service],
}

impl Head<'_> {
    /// Returns the service with this code; `None` for the empty code of movements that belong to no service.
    fn service(&self, code: &str) -> Option<Service> {
        let known = || self.services.iter().find(|service| service.code == code).cloned();
        let unnamed = || Service { code: code.to_owned(), name: code.to_owned(), group: None };
        (!code.is_empty()).then(|| known().unwrap_or_else(unnamed))
    }

    fn admits(&self, sum: &DaySum) -> bool {
        let is_of_service = match self.filter.service.as_deref() {
            None => true,
            Some(NO_SERVICE) => sum.service.is_empty(),
            Some(code) => sum.service == code,
        };
        is_of_service && self.filter.direction.is_none_or(|direction| direction == sum.direction)
    }
}

/// Sort key for services with equal sums: by name; movements without a service come last.
fn name(service: Option<&Service>) -> (bool, &str, &str) {
    service.map_or((true, "", ""), |service| (false, service.name.as_str(), service.code.as_str()))
}

fn micros(amount: i64) -> Amount {
    Amount::from_micros(amount)
}

#[derive(Clone, Copy, Default)]
struct Tally {
    debits: i64,
    deposits: i64,
    lines: i64,
    rounded: i64,
}

impl Tally {
    fn add(&mut self, sum: &DaySum) {
        match sum.direction {
            Direction::Debit => self.debits += sum.counted,
            Direction::Deposit => self.deposits += sum.counted,
        }
        self.lines += sum.lines;
        self.rounded += sum.rounded;
    }

    fn sums(self) -> Sums {
        let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Sums {
            debits: micros(self.debits),
            deposits: micros(self.deposits),
            lines: count(self.lines),
            rounded: count(self.rounded),
        }
    }
}

/// Returns the movements by service and bucket. `sums` covers the whole period. `opening` is the balance before the
/// period, in micros.
pub fn summary(head: Head<'_>, opening: i64, sums: &[DaySum]) -> MovementsSummary {
    let Period { from, .. } = head.filter.period;
    let index = BucketIndex::new(head.filter.period, head.filter.granularity);
    let (mut all, mut shown) = (Tally::default(), Tally::default());
    let mut groups: HashMap<&str, (Tally, Vec<Tally>)> = HashMap::new();
    for sum in sums {
        all.add(sum);
        if head.admits(sum) {
            shown.add(sum);
            let (whole, buckets) = groups
                .entry(sum.service.as_str())
                .or_insert_with(|| (Tally::default(), vec![Tally::default(); index.buckets.len()]));
            whole.add(sum);
            buckets[index.of(sum.day, from)].add(sum);
        }
    }
    let mut groups: Vec<(i64, ServiceMovements)> = groups
        .into_iter()
        .map(|(code, (whole, tallies))| {
            let pieces = index.buckets.iter().zip(tallies).filter(|(_, tally)| tally.lines > 0);
            let buckets = pieces.map(|(period, tally)| Bucket { period: *period, sums: tally.sums() }).collect();
            (whole.debits, ServiceMovements { service: head.service(code), sums: whole.sums(), buckets })
        })
        .collect();
    groups.sort_by(|(one, a), (two, b)| {
        let (a, b) = (a.service.as_ref(), b.service.as_ref());
        a.is_none().cmp(&b.is_none()).then(two.cmp(one)).then_with(|| name(a).cmp(&name(b)))
    });
    MovementsSummary {
        period: head.filter.period,
        granularity: head.filter.granularity,
        currency: head.currency,
        as_of: head.as_of,
        opening: micros(opening),
        closing: micros(opening + all.deposits - all.debits),
        all: all.sums(),
        shown: shown.sums(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
    }
}

/// Returns the debits by service: for each bucket of the period, and as one sum for the preceding period. `sums` covers
/// both periods.
pub fn expenses(head: Head<'_>, sums: &[DaySum]) -> Expenses {
    let period = head.filter.period;
    let index = BucketIndex::new(period, head.filter.granularity);
    let (mut total, mut preceding_total) = (0, 0);
    let mut services: HashMap<&str, (i64, i64, Vec<i64>)> = HashMap::new();
    for sum in sums.iter().filter(|sum| sum.direction == Direction::Debit && head.admits(sum)) {
        let (now, before, buckets) =
            services.entry(sum.service.as_str()).or_insert_with(|| (0, 0, vec![0; index.buckets.len()]));
        if period.contains(sum.day) {
            total += sum.counted;
            *now += sum.counted;
            buckets[index.of(sum.day, period.from)] += sum.counted;
        } else {
            preceding_total += sum.counted;
            *before += sum.counted;
        }
    }
    let mut services: Vec<(i64, i64, ServiceExpenses)> = services
        .into_iter()
        .map(|(code, (now, before, buckets))| {
            let expenses = ServiceExpenses {
                service: head.service(code),
                total: micros(now),
                preceding: micros(before),
                buckets: buckets.into_iter().map(micros).collect(),
            };
            (now, before, expenses)
        })
        .collect();
    services.sort_by(|(now, before, a), (other_now, other_before, b)| {
        let by_sums = other_now.cmp(now).then(other_before.cmp(before));
        by_sums.then_with(|| name(a.service.as_ref()).cmp(&name(b.service.as_ref())))
    });
    Expenses {
        period,
        preceding: period.preceding(),
        granularity: head.filter.granularity,
        currency: head.currency,
        as_of: head.as_of,
        total: micros(total),
        preceding_total: micros(preceding_total),
        buckets: index.buckets,
        services: services.into_iter().map(|(_, _, expenses)| expenses).collect(),
    }
}

/// The buckets of a period and, for each day, the index of the bucket that contains the day.
struct BucketIndex {
    buckets: Vec<Period>,
    of_day: Vec<usize>,
}

impl BucketIndex {
    fn new(period: Period, granularity: Granularity) -> Self {
        let buckets = period.buckets(granularity);
        let of_bucket = |(index, bucket): (usize, &Period)| vec![index; usize::try_from(bucket.days()).unwrap_or(0)];
        let of_day = buckets.iter().enumerate().flat_map(of_bucket).collect();
        Self { buckets, of_day }
    }

    fn of(&self, day: Day, from: Day) -> usize {
        let offset = usize::try_from(day.number() - from.number()).unwrap_or(0);
        self.of_day.get(offset).copied().unwrap_or(0)
    }
}
