//! Extension point for a captcha on the form *Contact sales*. By default there is no captcha. A program that embeds
//! this server can set one as `Settings::captcha`.

use std::{fmt, net::IpAddr, pin::Pin};

pub type Verdict<'a> = Pin<Box<dyn Future<Output = anyhow::Result<bool>> + Send + 'a>>;

pub trait Captcha: fmt::Debug + Send + Sync {
    /// Whether a person sent the request. `answer` is the field `captcha` of the body, or `None` if the field is
    /// missing. If this method returns an error, the server accepts the request, because an outage of the captcha
    /// service must not turn customers away.
    fn is_person<'a>(&'a self, answer: Option<&'a str>, ip: IpAddr) -> Verdict<'a>;
}
