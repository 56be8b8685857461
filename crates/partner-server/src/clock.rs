//! The sources of time and random numbers. They are replaceable, so that tests can control both.

pub use partner_api::UnixTime;

pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> UnixTime;
}

#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixTime {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        UnixTime { millis: i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX) }
    }
}

/// A source of cryptographically secure random bytes.
pub trait Entropy: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);
}

/// The random number generator of the crate `rand`, which the operating system seeds.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}

pub fn random_bytes<const COUNT: usize>(entropy: &dyn Entropy) -> [u8; COUNT] {
    let mut bytes = [0; COUNT];
    entropy.fill(&mut bytes);
    bytes
}

/// Returns 32 random hexadecimal digits, for example as id of an invitation, an operation or a request.
pub fn random_id(entropy: &dyn Entropy) -> String {
    data_encoding::HEXLOWER.encode(&random_bytes::<16>(entropy))
}

/// Returns 256 random bits as base64url, for session ids, the tokens in invitation links and generated passwords.
pub fn random_token(entropy: &dyn Entropy) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random_bytes::<32>(entropy))
}

/// Returns a random PID: `mcs` and ten digits. The PID may be in use already, so callers must expect that.
pub fn random_pid(entropy: &dyn Entropy) -> String {
    let number = u64::from_le_bytes(random_bytes::<8>(entropy));
    format!("mcs{}", 1_000_000_000 + number % 3_000_000_000)
}

pub fn later(at: UnixTime, millis: i64) -> UnixTime {
    UnixTime { millis: at.millis.saturating_add(millis) }
}
