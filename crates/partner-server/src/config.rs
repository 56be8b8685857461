//! Settings of a server. The command line sets most of them.

use std::{path::PathBuf, sync::Arc, time::Duration};

use crate::{auth::password::PasswordCost, captcha::Captcha, emails::smtp::SmtpUrl};

#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder that contains the SQLite database (unless PostgreSQL is used), and the emails if there is no mail server.
    pub data: PathBuf,
    /// Folder with the app's bundle. If `None`, the server serves nothing under `/partner/app/`.
    pub bundle: Option<PathBuf>,
    /// File to serve instead of the bundle's `config.json`.
    pub config: Option<PathBuf>,
    /// URL at which browsers reach the server, without a trailing slash. Links in emails start with this URL.
    pub public_url: String,
    /// If `true`, the session cookie has the attribute `Secure`, replies have the HSTS header, and only HTTPS sites may
    /// frame the app. Use `false` on loopback addresses only.
    pub secure: bool,
    /// Whether the session cookie has `SameSite=None; Secure`, so that browsers can send the cookie if another site
    /// shows the app in a frame.
    pub cross_site_cookie: bool,
    /// Whether to trust the last address in `X-Forwarded-For`, because a proxy in front sets it.
    pub behind_proxy: bool,
    /// Whether the API consists of only the published calls, with their published bodies.
    pub published_only: bool,
    /// Time without a request after which a session ends.
    pub session_idle: Duration,
    /// Time after which a session ends in any case.
    pub session_max: Duration,
    pub password_cost: PasswordCost,
    /// URL of the mail server. If `None`, emails are written to files in the data folder.
    pub smtp_url: Option<SmtpUrl>,
    /// Mailbox that receives contact requests. If `None`, requests are stored but no email announces them.
    pub sales_email: Option<String>,
    /// Captcha for the form *Contact sales*; `None` for no captcha.
    pub captcha: Option<Arc<dyn Captcha>>,
    /// Sender of emails, for example `Partner account <no-reply@partner.example>`.
    pub mail_from: String,
}

impl Settings {
    /// Returns the defaults, which suit a server on a loopback address.
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
