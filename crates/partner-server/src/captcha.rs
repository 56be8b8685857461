//! The hook for a captcha on what is public. There is none by default; a program that embeds this server gives one to
//! [`Settings::captcha`](crate::config::Settings::captcha).

use std::{fmt, net::IpAddr, pin::Pin};

/// What a captcha says, when it has made up its mind.
pub type Verdict<'a> = Pin<Box<dyn Future<Output = anyhow::Result<bool>> + Send + 'a>>;

/// Tells people from programs.
pub trait Captcha: fmt::Debug + Send + Sync {
    /// Whether the answer (`captcha` in the body; none was given for `None`) is a person's. An error lets the person
    /// in: a service that is out of order must not cost a request.
    fn is_person<'a>(&'a self, answer: Option<&'a str>, ip: IpAddr) -> Verdict<'a>;
}
