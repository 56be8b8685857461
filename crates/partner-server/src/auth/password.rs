//! Passwords: Argon2id, off the async threads, a few at a time.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// What one check costs; the defaults are OWASP's (19 MiB, 2 passes).
#[derive(Clone, Copy, Debug)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
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

    /// Hashes with a new salt, as a PHC string.
    pub(crate) fn hash(self, password: &str) -> anyhow::Result<String> {
        let hash = self.argon2()?.hash_password(password.as_bytes()).map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(hash.to_string())
    }
}

/// Checks passwords.
pub(crate) struct Passwords {
    /// Checked where there is no user, so that the reply takes as long as for a wrong password.
    decoy: String,
    cost: PasswordCost,
    /// Each check takes 19 MiB: a flood of them waits here instead of in memory.
    permits: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> anyhow::Result<Self> {
        let decoy = cost.hash("the password of nobody")?;
        Ok(Self { decoy, cost, permits: Arc::new(Semaphore::new(2)) })
    }

    /// Whether the password is the one of the hash; `false` after the usual time where there is none.
    pub(crate) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::Unavailable)?;
        let (is_known, hash) = (hash.is_some(), hash.unwrap_or_else(|| self.decoy.clone()));
        let argon2 = self.cost.argon2()?;
        let is_right = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            PasswordHash::new(&hash).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
        });
        let is_right = is_right.await.map_err(|error| Error::Internal(error.into()))?;
        Ok(is_known && is_right)
    }
}
