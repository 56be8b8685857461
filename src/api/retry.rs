//! Decides whether a failed call is sent again, and after which pause.
//!
//! Three kinds of calls are repeated, because none of them can take effect twice: calls that only read, calls with an
//! idempotency key, and calls that the server rejected with HTTP 429. Part of each pause is random, so that after an
//! outage the browsers of all partners do not retry at the same moment.

use std::time::Duration;

use super::error::ErrorKind;

/// Longest first pause if the server sent no `Retry-After`. The limit doubles with every retry.
const FIRST_PAUSE: Duration = Duration::from_millis(600);
/// The longest `Retry-After` that the app waits for. If the server asks for a longer pause, the user sees the error.
const MAX_RETRY_AFTER_SECS: u32 = 10;

/// Says whether a call may be sent again, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The call only reads.
    Reads,
    /// The call changes data, and its idempotency key makes repeated requests take effect only once.
    Keyed,
    /// The call changes data and has no idempotency key, so each request can take effect.
    Unsafe,
}

/// Counts the retries of one call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Retry {
    count: u32,
}

impl Retry {
    /// Returns the pause before the next retry, or `None` if the call must not be sent again. `random` sets the random
    /// part of the pause, from 0 for none to `u16::MAX` for the longest.
    pub fn next_pause(&mut self, error: &ErrorKind, safety: Safety, random: u16) -> Option<Duration> {
        let max = match (error, safety) {
            (ErrorKind::TooMany(Some(secs)), _) if *secs <= MAX_RETRY_AFTER_SECS => 2,
            (ErrorKind::Network | ErrorKind::Server(502..=504), Safety::Reads) => 2,
            (ErrorKind::Network | ErrorKind::Server(502..=504) | ErrorKind::Unreadable, Safety::Keyed) => 3,
            // The time limit was long, so one more request is enough to learn whether the first one had its effect.
            (ErrorKind::Timeout, Safety::Keyed) => 1,
            _ => 0,
        };
        if self.count >= max {
            return None;
        }
        let pause = FIRST_PAUSE * 2_u32.pow(self.count);
        self.count += 1;
        let random_half = pause / 2 * u32::from(random) / u32::from(u16::MAX);
        Some(match error {
            // Do not retry earlier than the server asked for.
            ErrorKind::TooMany(Some(secs)) => Duration::from_secs(u64::from(*secs)) + random_half,
            _ => pause / 2 + random_half,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(error: &ErrorKind, safety: Safety, random: u16) -> Vec<u128> {
        let mut retry = Retry::default();
        std::iter::from_fn(|| retry.next_pause(error, safety, random)).map(|pause| pause.as_millis()).collect()
    }

    #[test]
    fn a_call_that_would_have_a_second_effect_is_sent_once() {
        for error in [ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Server(503), ErrorKind::Unreadable] {
            assert!(pauses(&error, Safety::Unsafe, 0).is_empty(), "{error:?}");
        }
    }

    #[test]
    fn a_call_with_a_final_reply_is_sent_once() {
        let replies = [
            ErrorKind::SignedOut,
            ErrorKind::Forbidden,
            ErrorKind::NotFound,
            ErrorKind::Conflict,
            ErrorKind::Invalid(Vec::new()),
            ErrorKind::Server(500),
            ErrorKind::TooMany(None),
            ErrorKind::TooMany(Some(11)),
        ];
        for error in replies {
            for safety in [Safety::Reads, Safety::Keyed, Safety::Unsafe] {
                assert!(pauses(&error, safety, 0).is_empty(), "{error:?} {safety:?}");
            }
        }
    }

    #[test]
    fn pauses_grow_and_stay_within_their_bounds() {
        for random in [0, 1, 30_000, u16::MAX] {
            for (at, pause) in pauses(&ErrorKind::Network, Safety::Keyed, random).into_iter().enumerate() {
                let longest = 600 << at;
                assert!((longest / 2..=longest).contains(&pause), "{pause} of {longest}");
            }
        }
        assert_eq!(pauses(&ErrorKind::Network, Safety::Keyed, 0), [300, 600, 1200]);
        assert_eq!(pauses(&ErrorKind::Server(502), Safety::Reads, u16::MAX), [600, 1200]);
        assert_eq!(pauses(&ErrorKind::Timeout, Safety::Keyed, 0), [300]);
    }

    #[test]
    fn retry_after_is_never_shortened() {
        for safety in [Safety::Reads, Safety::Keyed, Safety::Unsafe] {
            let waits = pauses(&ErrorKind::TooMany(Some(2)), safety, u16::MAX);
            assert!(waits.len() == 2 && waits.iter().all(|wait| (2000..4000).contains(wait)), "{waits:?}");
        }
    }
}
