//! The hook for a captcha on public calls. There is none by default; a program that embeds this server sets
//! `Settings::captcha`.

use std::{fmt, net::IpAddr, pin::Pin};

pub type Verdict<'a> = Pin<Box<dyn Future<Output = anyhow::Result<bool>> + Send + 'a>>;

pub trait Captcha: fmt::Debug + Send + Sync {
    /// Whether the answer came from a person. `answer` is the field `captcha` of the body, or `None` if it is missing.
    /// After an error the request is accepted, because an outage of the captcha service must not cost a customer.
    fn is_person<'a>(&'a self, answer: Option<&'a str>, ip: IpAddr) -> Verdict<'a>;
}
