//! How the account's pages do for those who use them: what `public/vitals.js` tells where `config.json` says so.
//!
//! Nobody is named: the kind of a page, figures, and which failure was shown.

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, Success, endpoint},
    problem::FieldProblem,
};

endpoint! {
    /// Counts what a page has measured of itself. Stores nothing, and answers nothing: 204.
    ///
    /// 422 for what is out of range; 429 with `Retry-After` where too many came from an address.
    CountVitals: Post "/api/v1/vitals", Problem, Anyone,
    path: NoPath, query: Empty, body: Vitals, reply: Empty,
    success: Success::NoContent,
    rate_limits: &[RateLimit { per: RateKey::Address, max: 60, window_secs: 60 }],
}

/// Most of a time, in milliseconds.
pub const MAX_MILLIS: f64 = 600_000.0;
/// Most of a layout shift.
pub const MAX_SHIFT: f64 = 100.0;

/// Body of [`CountVitals`]. What was not measured is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vitals {
    /// The page that was loaded.
    pub page: PageKind,
    /// Time to First Byte, in milliseconds as all times here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub ttfb_ms: Option<f64>,
    /// First Contentful Paint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub fcp_ms: Option<f64>,
    /// Largest Contentful Paint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub lcp_ms: Option<f64>,
    /// Interaction to Next Paint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub inp_ms: Option<f64>,
    /// From the start of the navigation until the account ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub boot_ms: Option<f64>,
    /// Cumulative Layout Shift; has no unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 100)))]
    pub cls: Option<f64>,
    /// The screen that was shown in place of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<PageFailure>,
}

impl Vitals {
    /// Times in milliseconds, where they were measured, by what they are called.
    pub fn times(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let all = [
            ("ttfb", self.ttfb_ms),
            ("fcp", self.fcp_ms),
            ("lcp", self.lcp_ms),
            ("inp", self.inp_ms),
            ("boot", self.boot_ms),
        ];
        all.into_iter().filter_map(|(name, millis)| Some((name, millis?)))
    }

    /// What no page measures.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let times = self.times().filter(|(_, millis)| !(0.0..=MAX_MILLIS).contains(millis));
        let shift = self.cls.filter(|shift| !(0.0..=MAX_SHIFT).contains(shift)).map(|_| "/cls".to_owned());
        let pointers = times.map(|(name, _)| format!("/{name}_ms")).chain(shift);
        pointers.map(|pointer| FieldProblem { pointer, code: "out_of_range".into() }).collect()
    }
}

/// What a page is for: never whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// The list of clients.
    Clients,
    /// The balance of a client.
    Balance,
    /// *Contact sales*.
    Contact,
    /// Signing in, whatever page comes after it.
    SignIn,
    /// Accepting an invitation.
    Invitation,
    /// No page of the account.
    Other,
}

impl PageKind {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Balance => "balance",
            Self::Contact => "contact",
            Self::SignIn => "sign_in",
            Self::Invitation => "invitation",
            Self::Other => "other",
        }
    }
}

/// The screens of `boot.js`, less the one over a wrong configuration: without one, nobody knows where to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageFailure {
    /// The account could not start.
    Start,
    /// It had not started after 20 seconds.
    Slow,
    /// The browser is too old.
    Old,
    /// It crashed.
    Panic,
    /// It crashed for the third time within a minute.
    Again,
}

impl PageFailure {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Slow => "slow",
            Self::Old => "old",
            Self::Panic => "panic",
            Self::Again => "again",
        }
    }
}
