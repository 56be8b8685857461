//! Groups services for the chart: each group is one series with one colour.
//!
//! Values are in hundredths of the currency unit.

use partner_api::{
    Amount,
    ledger::{Expenses, NO_SERVICE, ServiceExpenses},
    money::Decimal,
};

/// Number of colours for single services. One more colour is for the group of small services.
const COLOURS: usize = 8;

/// One series of the chart: a single service, or all small services together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    pub services: Vec<&'a ServiceExpenses>,
    /// The number that identifies the colour of the series in the style sheet.
    pub colour: usize,
}

/// Converts an amount to hundredths. Negative amounts become zero, because the chart has no negative columns.
pub fn to_hundredths(amount: Amount) -> u64 {
    let mut counted = amount.rounded().0;
    counted.rescale(2);
    u64::try_from(counted.mantissa()).unwrap_or_default()
}

pub fn from_hundredths(hundredths: u64) -> Amount {
    Amount(Decimal::from_i128_with_scale(hundredths.into(), 2))
}

/// The code of the service in addresses, or [`NO_SERVICE`] for expenses that belong to no service.
pub fn code(service: &ServiceExpenses) -> &str {
    service.service.as_ref().map_or(NO_SERVICE, |service| &service.code)
}

/// Services with expenses in the period, largest first. If there are more than nine, all except the eight largest share
/// one group.
pub fn groups(expenses: &Expenses) -> Vec<Group<'_>> {
    let mut shown: Vec<_> = expenses.services.iter().filter(|it| !it.total.0.is_zero()).collect();
    // Show nine services on their own, because a group of small services would contain only the ninth.
    let rest = if shown.len() > COLOURS + 1 { shown.split_off(COLOURS) } else { Vec::new() };
    let own = colours(shown.iter().take(COLOURS).map(|it| code(it)).collect());
    let colour = |it| own.iter().position(|owner| *owner == Some(code(it))).unwrap_or(COLOURS);
    let single = shown.into_iter().map(|it| Group { colour: colour(it), services: vec![it] });
    let rest = (!rest.is_empty()).then_some(Group { services: rest, colour: COLOURS });
    single.chain(rest).collect()
}

/// Assigns services to colours by service code, so that a service usually keeps its colour in other periods. A service
/// gets the colour that its code hashes to or, if that colour is taken, the next free one.
fn colours(mut codes: Vec<&str>) -> [Option<&str>; COLOURS] {
    codes.sort_unstable();
    let mut owners = [None; COLOURS];
    for code in codes {
        let preferred =
            code.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % COLOURS;
        if let Some(free) = (preferred..preferred + COLOURS).map(|at| at % COLOURS).find(|at| owners[*at].is_none()) {
            owners[free] = Some(code);
        }
    }
    owners
}

impl Group<'_> {
    /// The value of each column, in hundredths of the currency unit.
    pub fn values(&self, columns: usize) -> Vec<u64> {
        let value = |column: usize| self.services.iter().filter_map(|it| it.buckets.get(column).copied()).sum();
        (0..columns).map(|column| to_hundredths(value(column))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::samples::{expenses, service},
        *,
    };

    fn many(count: usize) -> Expenses {
        expenses((0..count).map(|at| service(&format!("s{}", count - at), 100 * (count - at) as i64, 0)).collect())
    }

    #[test]
    fn small_services_share_a_colour_if_there_are_too_many() {
        for (count, groups_shown, of_last) in [(1, 1, 1), (8, 8, 1), (9, 9, 1), (10, 9, 2), (12, 9, 4)] {
            let expenses = many(count);
            let groups = groups(&expenses);
            assert_eq!((groups.len(), groups.last().unwrap().services.len()), (groups_shown, of_last), "{count}");
            let mut colours: Vec<_> = groups.iter().map(|group| group.colour).collect();
            colours.sort_unstable();
            colours.dedup();
            assert_eq!(colours.len(), groups.len(), "each has its own colour");
            let all: u64 = groups.iter().flat_map(|group| group.values(1)).sum();
            assert_eq!(from_hundredths(all), expenses.total, "the groups contain all expenses");
        }
    }

    #[test]
    fn a_service_keeps_its_colour_when_another_overtakes_it_and_an_ended_one_has_none() {
        let colour = |all: &Expenses, name: &str| {
            groups(all).iter().find(|group| code(group.services[0]) == name).map(|group| group.colour)
        };
        let before = expenses(vec![service("cdn", 900, 0), service("dns", 100, 0), service("gone", 0, 5)]);
        let after = expenses(vec![service("dns", 900, 0), service("cdn", 100, 0)]);
        assert_eq!(colour(&before, "cdn"), colour(&after, "cdn"));
        assert_eq!((colour(&before, "dns").is_some(), colour(&before, "gone")), (true, None));
        let alone = expenses(vec![service("dns", 1, 0)]);
        assert_eq!(
            colour(&alone, "dns"),
            colour(&before, "dns"),
            "without a collision, the service has its preferred colour"
        );
    }

    #[test]
    fn amounts_become_hundredths_and_come_back() {
        for (text, hundredths) in [("0", 0), ("0.004", 1), ("12.5", 1250), ("-3", 0), ("1240.50", 124_050)] {
            assert_eq!(to_hundredths(text.parse().unwrap()), hundredths, "{text}");
        }
        assert_eq!(from_hundredths(124_050).to_string(), "1240.50");
    }
}
