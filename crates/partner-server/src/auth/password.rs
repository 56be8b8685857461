//! Password hashing with Argon2id. Sign-ins hash on blocking threads, because hashing takes long, and only a few at a
//! time, because each hash needs much memory.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        Error as HashError, PasswordHasher,
        phc::{Output, PasswordHash},
    },
};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Cost of computing one password hash. The defaults follow a recommendation of OWASP: 19 MiB and 2 passes.
#[derive(Clone, Copy, Debug)]
pub struct PasswordCost {
    /// Memory for one hash, in KiB.
    pub memory_kib: u32,
    /// Number of passes over the memory.
    pub passes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory_kib: Params::DEFAULT_M_COST, passes: Params::DEFAULT_T_COST }
    }
}

impl PasswordCost {
    fn argon2(self) -> anyhow::Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Hashes a password with a new salt. Returns a string in PHC format, which contains the salt and the cost.
    pub fn hash(self, password: &str) -> anyhow::Result<String> {
        let hash = self.argon2()?.hash_password(password.as_bytes()).map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(hash.to_string())
    }
}

/// Checks a password. Uses the cost that is stored in the hash, because older hashes can have another cost. The
/// comparison takes constant time.
fn is_right(password: &[u8], hash: &str, memory: &mut Vec<Block>) -> Result<bool, HashError> {
    let hash = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else { return Ok(false) };
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from)?;
    let argon2 = Argon2::new(Algorithm::try_from(hash.algorithm.as_str())?, version, Params::try_from(&hash)?);
    memory.resize(argon2.params().block_count(), Block::default());
    let mut output = [0; Output::MAX_LENGTH];
    let output = &mut output[..expected.len()];
    argon2.hash_password_into_with_memory(password, &salt, output, memory.as_mut_slice())?;
    Ok(Output::new(output)? == expected)
}

const AT_ONCE: usize = 2;

pub(crate) struct Passwords {
    /// Hash that is checked if the user does not exist, so that the reply takes about as long as for a wrong password
    /// and does not reveal which users exist.
    decoy: String,
    /// Limits the number of concurrent password checks, because each check needs much memory (19 MiB by default).
    permits: Arc<Semaphore>,
    /// Buffers of finished password checks, for reuse. New buffers for every check fragment the heap: thirty sign-ins
    /// left half a gigabyte allocated.
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> anyhow::Result<Self> {
        let decoy = cost.hash("decoy password")?;
        Ok(Self { decoy, permits: Arc::new(Semaphore::new(AT_ONCE)), memory: Arc::default() })
    }

    /// Whether the password matches the hash. Without a hash, returns `false` after about the same time.
    pub(crate) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::Unavailable)?;
        let (is_known, hash) = (hash.is_some(), hash.unwrap_or_else(|| self.decoy.clone()));
        let free = Arc::clone(&self.memory);
        let is_right = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut memory = free.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let is_right = is_right(password.as_bytes(), &hash, &mut memory);
            free.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            is_right.unwrap_or(false)
        });
        let is_right = is_right.await.map_err(|error| Error::Internal(error.into()))?;
        Ok(is_known && is_right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 8, passes: 1 };

    #[tokio::test]
    async fn only_the_right_password_of_a_user_is_accepted() {
        let passwords = Passwords::new(CHEAP).unwrap();
        let hash = CHEAP.hash("right").unwrap();
        let verify = async |password: &str, hash: Option<&str>| {
            passwords.verify(password.to_owned(), hash.map(str::to_owned)).await.unwrap()
        };
        assert!(verify("right", Some(&hash)).await);
        assert!(!verify("wrong", Some(&hash)).await);
        assert!(!verify("decoy password", None).await);
        assert!(!verify("right", Some("no hash")).await);
        assert!(
            !verify("right", hash.rsplit_once('$').map(|(settings, _)| settings)).await,
            "a PHC string without its hash"
        );
        // Password hashes that were made with another cost must still work.
        let costlier = PasswordCost { memory_kib: 64, passes: 2 }.hash("right").unwrap();
        assert!(verify("right", Some(&costlier)).await);
        assert!(verify("right", Some(&hash)).await);
    }

    #[tokio::test]
    async fn concurrent_checks_share_a_few_buffers() {
        let passwords = Passwords::new(CHEAP).unwrap();
        let hash = CHEAP.hash("right").unwrap();
        let checks = (0..20).map(|_| passwords.verify("right".into(), Some(hash.clone())));
        assert!(futures_util::future::join_all(checks).await.into_iter().all(|is_right| is_right.unwrap()));
        assert!((1..=AT_ONCE).contains(&passwords.memory.lock().unwrap().len()));
    }
}
