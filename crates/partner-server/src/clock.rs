//! Where time and randomness come from: injected, so that tests own both.

pub use partner_api::UnixTime;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> UnixTime;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixTime {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        UnixTime { millis: i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX) }
    }
}

/// Gives unguessable bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the slice.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator, by way of rand's.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}

/// `count` unguessable bytes.
pub fn random_bytes<const COUNT: usize>(entropy: &dyn Entropy) -> [u8; COUNT] {
    let mut bytes = [0; COUNT];
    entropy.fill(&mut bytes);
    bytes
}

/// 32 hexadecimal digits: ids of invitations, operations and requests.
pub fn random_id(entropy: &dyn Entropy) -> String {
    data_encoding::HEXLOWER.encode(&random_bytes::<16>(entropy))
}

/// 256 bits as base64url: session ids and the tokens of letters.
pub fn random_token(entropy: &dyn Entropy) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random_bytes::<32>(entropy))
}

/// A PID that nobody should have: `mcs` and ten random digits.
pub fn random_pid(entropy: &dyn Entropy) -> String {
    let number = u64::from_le_bytes(random_bytes::<8>(entropy));
    format!("mcs{}", 1_000_000_000 + number % 3_000_000_000)
}

/// The instant `millis` later.
pub fn later(at: UnixTime, millis: i64) -> UnixTime {
    UnixTime { millis: at.millis.saturating_add(millis) }
}
