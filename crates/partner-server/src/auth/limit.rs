//! A limit on guessing: so many failures a minute, then wait. And on what anybody may have counted.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use partner_api::{
    CountVitals, LookUpInvitation, SignIn, UnixTime,
    endpoint::{RateKey, RateLimit},
};

use super::session::digest;

/// Failed sign-ins of one account from one address.
pub(crate) const PER_ACCOUNT: RateLimit = RateLimit::of::<SignIn>(RateKey::Account);
/// Failed sign-ins from one address.
pub(crate) const PER_ADDRESS: RateLimit = RateLimit::of::<SignIn>(RateKey::Address);
/// Invitation links from one address that do not work, looked up or accepted.
const LINKS: RateLimit = RateLimit::of::<LookUpInvitation>(RateKey::Address);
/// Reports of pages from one address.
pub(crate) const REPORTS: RateLimit = RateLimit::of::<CountVitals>(RateKey::Address);
const WINDOW_MILLIS: i64 = window_millis();

/// The window that all limits have in common.
const fn window_millis() -> i64 {
    let window = PER_ACCOUNT.window_secs;
    assert!(PER_ADDRESS.window_secs == window && LINKS.window_secs == window && REPORTS.window_secs == window);
    window as i64 * 1000
}
/// Above so many keys the forgotten ones are swept.
const SWEEP_ABOVE: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// SHA-256 of the account: what was typed may be long.
    Account(Vec<u8>, IpAddr),
    Address(IpAddr),
    /// Of links that do not work, beside the sign-ins of the address.
    Links(IpAddr),
    /// Of reports of pages.
    Reports(IpAddr),
}

/// Remembers failures, in memory: a restart forgives.
#[derive(Default)]
pub(crate) struct Limiter {
    failures: Mutex<HashMap<Key, VecDeque<i64>>>,
}

impl Limiter {
    /// Counts a try as failed before it is made, so that a hundred at once are a hundred; see [`Self::forgive`].
    ///
    /// # Errors
    /// Too many failures; the seconds to wait.
    pub(crate) fn take(&self, account: &str, ip: IpAddr, now: UnixTime) -> Result<(), i64> {
        self.take_all(&keys(account, ip), now)
    }

    /// The same for a link, as an invitation has: whoever guesses links does not guess the same one twice, so that the
    /// address alone counts.
    ///
    /// # Errors
    /// Too many failures; the seconds to wait.
    pub(crate) fn take_link(&self, ip: IpAddr, now: UnixTime) -> Result<(), i64> {
        self.take_all(&[(Key::Links(network(ip)), LINKS)], now)
    }

    /// The link works: the address is not charged for it.
    pub(crate) fn forgive_link(&self, ip: IpAddr) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = failures.get_mut(&Key::Links(network(ip))) {
            times.pop_back();
        }
    }

    /// Counts the report of a page.
    ///
    /// # Errors
    /// Too many reports; the seconds to wait.
    pub(crate) fn take_report(&self, ip: IpAddr, now: UnixTime) -> Result<(), i64> {
        self.take_all(&[(Key::Reports(network(ip)), REPORTS)], now)
    }

    fn take_all(&self, keys: &[(Key, RateLimit)], now: UnixTime) -> Result<(), i64> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > SWEEP_ABOVE {
            failures.retain(|_, times| times.back().is_some_and(|time| now.millis - time < WINDOW_MILLIS));
        }
        for (key, limit) in keys {
            let Some(times) = failures.get_mut(key) else { continue };
            while times.front().is_some_and(|time| now.millis - time >= WINDOW_MILLIS) {
                times.pop_front();
            }
            if times.len() >= limit.max as usize {
                let wait = times.front().map_or(0, |first| first + WINDOW_MILLIS - now.millis);
                return Err((wait + 999) / 1000);
            }
        }
        for (key, _) in keys {
            failures.entry(key.clone()).or_default().push_back(now.millis);
        }
        Ok(())
    }

    /// The try succeeded: the account starts anew, and the address is not charged for it.
    pub(crate) fn forgive(&self, account: &str, ip: IpAddr) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let [(account, _), (address, _)] = keys(account, ip);
        failures.remove(&account);
        if let Some(times) = failures.get_mut(&address) {
            times.pop_back();
        }
    }
}

fn keys(account: &str, ip: IpAddr) -> [(Key, RateLimit); 2] {
    let ip = network(ip);
    [(Key::Account(digest(account), ip), PER_ACCOUNT), (Key::Address(ip), PER_ADDRESS)]
}

/// An IPv6 customer has a whole /64 to try from.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6((ip.to_bits() & !u128::from(u64::MAX)).into()),
        ip => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> UnixTime {
        UnixTime::from_secs(secs)
    }

    #[test]
    fn the_sixth_try_waits_until_the_first_is_a_minute_old() {
        let (limiter, ip) = (Limiter::default(), IpAddr::from([1, 2, 3, 4]));
        for second in 0..5 {
            assert_eq!(limiter.take("a", ip, at(second)), Ok(()));
        }
        assert_eq!(limiter.take("a", ip, at(10)), Err(50));
        assert_eq!(limiter.take("a", IpAddr::from([1, 2, 3, 5]), at(10)), Ok(()), "another address");
        assert_eq!(limiter.take("a", ip, at(60)), Ok(()));
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits_as_well() {
        let (limiter, ip) = (Limiter::default(), IpAddr::from([1, 2, 3, 4]));
        let refused = (0..25).filter(|n| limiter.take(&n.to_string(), ip, at(0)).is_err()).count();
        assert_eq!(refused, 5);
    }

    #[test]
    fn success_is_not_charged() {
        let (limiter, ip) = (Limiter::default(), IpAddr::from([1, 2, 3, 4]));
        for _ in 0..100 {
            assert_eq!(limiter.take("a", ip, at(0)), Ok(()));
            limiter.forgive("a", ip);
        }
    }

    #[test]
    fn a_v6_network_is_one_address() {
        let (limiter, ip) = (Limiter::default(), |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, n]));
        let refused = (0..25).filter(|n| limiter.take(&n.to_string(), ip(*n), at(0)).is_err()).count();
        assert_eq!(refused, 5);
    }
}
