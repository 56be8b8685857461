//! What the server is told from outside.

use std::{path::PathBuf, sync::Arc, time::Duration};

use crate::{auth::password::PasswordCost, captcha::Captcha, emails::smtp::SmtpUrl};

/// Settings of one server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder of the database and of the letters.
    pub data: PathBuf,
    /// Folder of the account's bundle; nothing is served under `/partner/app/` without.
    pub bundle: Option<PathBuf>,
    /// File that is served in place of the bundle's `config.json`.
    pub config: Option<PathBuf>,
    /// Where browsers find the server, without a slash at the end: the start of links in letters.
    pub public_url: String,
    /// Whether the session cookie is for HTTPS only, and HSTS is on. Off on loopback alone.
    pub secure: bool,
    /// Whether the session cookie also goes to frames on other sites; it is for HTTPS only then.
    pub cross_site_cookie: bool,
    /// Whether the last address in `X-Forwarded-For` is the caller's: a proxy of ours wrote it.
    pub behind_proxy: bool,
    /// Whether only the published calls are there, with their published bodies.
    pub published_only: bool,
    /// A session ends after so long without a request.
    pub session_idle: Duration,
    /// A session ends after so long in any case.
    pub session_max: Duration,
    /// What checking a password costs.
    pub password_cost: PasswordCost,
    /// Mail server that takes letters; without, they are written into the folder `letters` of the data.
    pub smtp_url: Option<SmtpUrl>,
    /// Mailbox of sales; without, nobody gets a letter about a contact request.
    pub sales_email: Option<String>,
    /// Captcha of what is public; none by default.
    pub captcha: Option<Arc<dyn Captcha>>,
    /// Sender of letters, as `Partner account <no-reply@partner.example>`.
    pub mail_from: String,
}

impl Settings {
    /// The usual settings on loopback.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            bundle: None,
            config: None,
            public_url: "http://127.0.0.1:8080".into(),
            secure: false,
            cross_site_cookie: false,
            behind_proxy: false,
            published_only: false,
            session_idle: Duration::from_secs(30 * 60),
            session_max: Duration::from_secs(8 * 60 * 60),
            password_cost: PasswordCost::default(),
            smtp_url: None,
            sales_email: Some("sales@partner.example".into()),
            captcha: None,
            mail_from: "no-reply@partner.example".into(),
        }
    }
}
