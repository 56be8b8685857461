//! When a call that failed is sent again by itself, and after how long.
//!
//! Only where that is safe: what reads, and what has an idempotency key, so that it is done at most once however often it
//! is sent; and what was refused for now, and so not done. The pauses are random within bounds: after an outage, all the
//! browsers of all the partners do not come back in the same moment.

use std::time::Duration;

use crate::api::ErrorKind;

/// The first pause; each next one is twice as long.
const FIRST: Duration = Duration::from_millis(600);
/// Longest wait that a server may ask for, in seconds. Longer ones are told, and left to whoever waits.
const MOST_ASKED_SECS: u32 = 10;

/// What is known of a call, for whether it may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It only reads.
    Reads,
    /// It changes something, and its key makes a repeated one have one effect.
    Keyed,
    /// It changes something, once more each time.
    Unsafe,
}

/// How often a call was sent again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patience {
    tries: u32,
}

impl Patience {
    /// How long to wait before the call is sent again; `None`: it is not. `chance` is any number, by which the pause
    /// differs from that of others.
    pub fn pause(&mut self, error: &ErrorKind, safety: Safety, chance: u16) -> Option<Duration> {
        let most = match (error, safety) {
            (ErrorKind::TooMany(Some(secs)), _) if *secs <= MOST_ASKED_SECS => 2,
            (ErrorKind::Network | ErrorKind::Server(502..=504), Safety::Reads) => 2,
            (ErrorKind::Network | ErrorKind::Server(502..=504) | ErrorKind::Unreadable, Safety::Keyed) => 3,
            // It has waited long enough: asked once more, by now the server knows.
            (ErrorKind::Timeout, Safety::Keyed) => 1,
            _ => 0,
        };
        if self.tries >= most {
            return None;
        }
        let usual = FIRST * 2_u32.pow(self.tries);
        self.tries += 1;
        // Between a half and the whole of it.
        let part = usual / 2 * u32::from(chance) / u32::from(u16::MAX);
        Some(match error {
            // Never before the time that was asked for.
            ErrorKind::TooMany(Some(secs)) => Duration::from_secs(u64::from(*secs)) + part,
            _ => usual / 2 + part,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(error: &ErrorKind, safety: Safety, chance: u16) -> Vec<u128> {
        let mut patience = Patience::default();
        std::iter::from_fn(|| patience.pause(error, safety, chance)).map(|pause| pause.as_millis()).collect()
    }

    #[test]
    fn what_cannot_be_repeated_is_sent_once() {
        for error in [ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Server(503), ErrorKind::Unreadable] {
            assert!(pauses(&error, Safety::Unsafe, 0).is_empty(), "{error:?}");
        }
    }

    #[test]
    fn an_answer_is_an_answer() {
        let answers = [
            ErrorKind::SignedOut,
            ErrorKind::Forbidden,
            ErrorKind::NotFound,
            ErrorKind::Conflict,
            ErrorKind::Invalid(Vec::new()),
            ErrorKind::Server(500),
            ErrorKind::TooMany(None),
            ErrorKind::TooMany(Some(11)),
        ];
        for error in answers {
            for safety in [Safety::Reads, Safety::Keyed, Safety::Unsafe] {
                assert!(pauses(&error, safety, 0).is_empty(), "{error:?} {safety:?}");
            }
        }
    }

    #[test]
    fn pauses_grow_and_stay_within_their_bounds() {
        for chance in [0, 1, 30_000, u16::MAX] {
            for (at, pause) in pauses(&ErrorKind::Network, Safety::Keyed, chance).into_iter().enumerate() {
                let usual = 600 << at;
                assert!((usual / 2..=usual).contains(&pause), "{pause} of {usual}");
            }
        }
        assert_eq!(pauses(&ErrorKind::Network, Safety::Keyed, 0), [300, 600, 1200]);
        assert_eq!(pauses(&ErrorKind::Server(502), Safety::Reads, u16::MAX), [600, 1200]);
        assert_eq!(pauses(&ErrorKind::Timeout, Safety::Keyed, 0), [300]);
    }

    #[test]
    fn a_wait_that_was_asked_for_is_never_cut_short() {
        for safety in [Safety::Reads, Safety::Keyed, Safety::Unsafe] {
            let waits = pauses(&ErrorKind::TooMany(Some(2)), safety, u16::MAX);
            assert!(waits.len() == 2 && waits.iter().all(|wait| (2000..4000).contains(wait)), "{waits:?}");
        }
    }
}
