//! The state that handlers and background jobs share. This module imports no routes and no handlers.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use partner_api::UnixTime;

use crate::{
    auth::{limit::Limiter, password::Passwords},
    clock::{Clock, Entropy},
    config::Settings,
    emails::mailer::Mailer,
    metrics::Metrics,
    store::{Store, audit::Line},
};

#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub settings: Settings,
    pub store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) passwords: Passwords,
    pub(crate) limiter: Limiter,
    pub(crate) mailer: Mailer,
    pub(crate) metrics: Metrics,
    is_stopping: AtomicBool,
    dropped_contacts: AtomicU64,
}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// # Errors
    /// Returns an error if the password cost is out of range, or `mail_from` or `smtp_url` is not valid.
    pub fn new(
        settings: Settings,
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> anyhow::Result<Self> {
        let passwords = Passwords::new(settings.password_cost)?;
        let mailer = Mailer::new(&settings)?;
        Ok(Self(Arc::new(Shared {
            settings,
            store,
            clock,
            entropy,
            passwords,
            mailer,
            limiter: Limiter::default(),
            metrics: Metrics::default(),
            is_stopping: AtomicBool::new(false),
            dropped_contacts: AtomicU64::new(0),
        })))
    }

    /// Whether the database has no partner yet.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn is_empty(&self) -> anyhow::Result<bool> {
        Ok(self.store.oldest_partner().await?.is_none())
    }

    /// Returns the latest entries of the audit log, oldest first.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn audit_lines(&self, limit: u32) -> anyhow::Result<Vec<Line>> {
        self.store.audit_lines(limit).await
    }

    pub fn now(&self) -> UnixTime {
        self.clock.now()
    }

    /// Makes `/readyz` fail, so that load balancers send no new requests.
    pub(crate) fn start_stopping(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Counts a contact request that was dropped as spam, and returns the number of dropped requests since the start.
    pub(crate) fn count_dropped_contact(&self) -> u64 {
        self.dropped_contacts.fetch_add(1, Ordering::Relaxed) + 1
    }
}
