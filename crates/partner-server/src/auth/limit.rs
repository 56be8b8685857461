//! Rate limits of sign-ins, invitation links and web-vitals reports. Each process counts requests in its own memory.

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

/// Limit on failed sign-ins with one login from one IP address.
pub(crate) const PER_ACCOUNT: RateLimit = RateLimit::of::<SignIn>(RateKey::Account);
/// Limit on failed sign-ins from one IP address.
pub(crate) const PER_ADDRESS: RateLimit = RateLimit::of::<SignIn>(RateKey::Address);
/// Limit on look-ups and acceptances with invitation links that do not work, from one IP address.
const LINKS: RateLimit = RateLimit::of::<LookUpInvitation>(RateKey::Address);
/// Limit on web-vitals reports from one IP address.
pub(crate) const REPORTS: RateLimit = RateLimit::of::<CountVitals>(RateKey::Address);
const WINDOW_MILLIS: i64 = window_millis();

/// Returns the length of the time window in milliseconds. The code does not compile if two limits have different
/// windows.
const fn window_millis() -> i64 {
    let window = PER_ACCOUNT.window_secs;
    assert!(PER_ADDRESS.window_secs == window && LINKS.window_secs == window && REPORTS.window_secs == window);
    window as i64 * 1000
}
/// Number of keys above which the limiter removes expired keys, so that old keys do not fill the memory.
const SWEEP_ABOVE: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// SHA-256 of the login instead of the login, because callers can send long texts.
    Account(Vec<u8>, IpAddr),
    Address(IpAddr),
    /// Invitation links are counted separately from sign-ins, so that neither blocks the other.
    Links(IpAddr),
    Reports(IpAddr),
}

/// Counts recent requests. A restart of the process resets all counts.
#[derive(Default)]
pub(crate) struct Limiter {
    failures: Mutex<HashMap<Key, VecDeque<i64>>>,
}

impl Limiter {
    /// Counts a sign-in as failed before the password is checked, so that concurrent attempts count, too. After a
    /// successful sign-in, the caller must call [`Self::forgive`].
    ///
    /// # Errors
    /// Returns the number of seconds to wait if there are too many failed sign-ins.
    pub(crate) fn take(&self, account: &str, ip: IpAddr, now: UnixTime) -> Result<(), i64> {
        self.take_all(&keys(account, ip), now)
    }

    /// Counts an invitation link as failed before the link is looked up. After a successful look-up, the caller must
    /// call [`Self::forgive_link`]. Failures are counted per IP address instead of per link, because an attacker
    /// guesses a different link each time.
    ///
    /// # Errors
    /// Returns the number of seconds to wait if too many links failed.
    pub(crate) fn take_link(&self, ip: IpAddr, now: UnixTime) -> Result<(), i64> {
        self.take_all(&[(Key::Links(network(ip)), LINKS)], now)
    }

    /// Undoes [`Self::take_link`] for an invitation link that works.
    pub(crate) fn forgive_link(&self, ip: IpAddr) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = failures.get_mut(&Key::Links(network(ip))) {
            times.pop_back();
        }
    }

    /// Counts a web-vitals report.
    ///
    /// # Errors
    /// Returns the number of seconds to wait if there are too many reports.
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

    /// Undoes [`Self::take`] for a successful sign-in, and forgets all failed sign-ins with the same login from this IP
    /// address.
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

/// Reduces an IPv6 address to its network of 64 bits, because one attacker can use all addresses of such a network.
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
    fn the_sixth_failure_has_to_wait_until_the_first_is_a_minute_old() {
        let (limiter, ip) = (Limiter::default(), IpAddr::from([1, 2, 3, 4]));
        for second in 0..5 {
            assert_eq!(limiter.take("a", ip, at(second)), Ok(()));
        }
        assert_eq!(limiter.take("a", ip, at(10)), Err(50));
        assert_eq!(limiter.take("a", IpAddr::from([1, 2, 3, 5]), at(10)), Ok(()), "another address");
        assert_eq!(limiter.take("a", ip, at(60)), Ok(()));
    }

    #[test]
    fn the_limit_of_an_address_covers_all_accounts() {
        let (limiter, ip) = (Limiter::default(), IpAddr::from([1, 2, 3, 4]));
        let refused = (0..25).filter(|n| limiter.take(&n.to_string(), ip, at(0)).is_err()).count();
        assert_eq!(refused, 5);
    }

    #[test]
    fn successful_sign_ins_do_not_count() {
        let (limiter, ip) = (Limiter::default(), IpAddr::from([1, 2, 3, 4]));
        for _ in 0..100 {
            assert_eq!(limiter.take("a", ip, at(0)), Ok(()));
            limiter.forgive("a", ip);
        }
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let (limiter, ip) = (Limiter::default(), |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, n]));
        let refused = (0..25).filter(|n| limiter.take(&n.to_string(), ip(*n), at(0)).is_err()).count();
        assert_eq!(refused, 5);
    }
}
