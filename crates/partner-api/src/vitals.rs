//! Web vitals of the app's pages. `public/vitals.js` reports them if `config.json` enables the reports.
//!
//! A report contains no personal data: only the kind of page, measurements, and the failure screen that was shown.

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, Success, endpoint},
    problem::FieldProblem,
};

endpoint! {
    /// Adds the measurements of a page load to the server's metrics and stores nothing else. Returns 204.
    ///
    /// 422 for measurements out of range; 429 with `Retry-After` after 60 reports from one IP address in a minute.
    CountVitals: Post "/api/v1/vitals", Problem, Anyone,
    path: NoPath, query: Empty, body: Vitals, reply: Empty,
    success: Success::NoContent,
    rate_limits: &[RateLimit { per: RateKey::Address, max: 60, window_secs: 60 }],
}

/// Largest time that the server accepts, in milliseconds.
pub const MAX_MILLIS: f64 = 600_000.0;
/// Largest layout shift that the server accepts.
pub const MAX_SHIFT: f64 = 100.0;

/// Body of [`CountVitals`]. Missing fields were not measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vitals {
    /// Kind of the loaded page.
    pub page: PageKind,
    /// Time to First Byte (TTFB) in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub ttfb_ms: Option<f64>,
    /// First Contentful Paint (FCP) in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub fcp_ms: Option<f64>,
    /// Largest Contentful Paint (LCP) in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub lcp_ms: Option<f64>,
    /// Interaction to Next Paint (INP) in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub inp_ms: Option<f64>,
    /// Time from the start of the navigation until the app runs, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 600_000)))]
    pub boot_ms: Option<f64>,
    /// Cumulative Layout Shift (CLS), a score without a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 0, max = 100)))]
    pub cls: Option<f64>,
    /// Failure screen that the page showed instead of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<PageFailure>,
}

impl Vitals {
    /// Names and values of the measured times, in milliseconds.
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

    /// Returns a problem with the code `out_of_range` for every measurement that is out of range.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let times = self.times().filter(|(_, millis)| !(0.0..=MAX_MILLIS).contains(millis));
        let shift = self.cls.filter(|shift| !(0.0..=MAX_SHIFT).contains(shift)).map(|_| "/cls".to_owned());
        let pointers = times.map(|(name, _)| format!("/{name}_ms")).chain(shift);
        pointers.map(|pointer| FieldProblem { pointer, code: "out_of_range".into() }).collect()
    }
}

/// Kind of page. It does not contain the client's id, so that a report has no personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// The list of clients.
    Clients,
    /// The balance page of a client.
    Balance,
    /// The form *Contact sales*.
    Contact,
    /// The sign-in page. The app also shows this page at the URL of another page if nobody is signed in.
    SignIn,
    /// The page that accepts an invitation.
    Invitation,
    /// A URL at which the app has no page.
    Other,
}

impl PageKind {
    /// Name in JSON.
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

/// Failure screens of `boot.js`, except the one for a wrong configuration: without a configuration, the page does not
/// know where to send its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageFailure {
    /// The app could not start.
    Start,
    /// The app did not start within 20 seconds.
    Slow,
    /// The browser is too old.
    Old,
    /// The app crashed.
    Panic,
    /// The app crashed for the third time within a minute.
    Again,
}

impl PageFailure {
    /// Name in JSON.
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
