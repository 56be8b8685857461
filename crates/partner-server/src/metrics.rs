//! Metrics for an operator, in the OpenMetrics text format.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use partner_api::vitals::Vitals;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Upper bounds of the histogram buckets for request durations, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0];
/// Upper bounds of the histogram buckets for page load times, in seconds. They include the thresholds of
/// web.dev/articles/vitals.
const PAGE_BUCKETS: [f64; 13] = [0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 1.2, 1.8, 2.5, 3.0, 4.0, 8.0, 20.0];
/// Upper bounds of the histogram buckets for layout shifts, which have no unit.
const SHIFT_BUCKETS: [f64; 7] = [0.0, 0.01, 0.05, 0.1, 0.15, 0.25, 0.5];

type Labels = [(&'static str, String); 3];
/// Labels of the metrics about pages. The values come from a fixed set, so that callers cannot create new time series.
type FixedLabels<const N: usize> = [(&'static str, &'static str); N];
type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

pub(crate) struct Metrics {
    registry: Registry,
    requests: Histograms<Labels>,
    page_times: Histograms<FixedLabels<2>>,
    layout_shifts: Histograms<FixedLabels<1>>,
    page_failures: Family<FixedLabels<1>, Counter>,
    emails: Gauge,
    oldest_email: Gauge,
    sessions: Gauge,
}

/// Values that the server reads from the database each time Prometheus requests the metrics.
pub(crate) struct Gauges {
    pub(crate) emails: i64,
    pub(crate) oldest_email_secs: i64,
    pub(crate) sessions: i64,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("partner");
        let requests: Histograms<Labels> = Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let (emails, oldest_email, sessions) = (Gauge::default(), Gauge::default(), Gauge::default());
        let help = "Duration of requests by method, route template and status of the reply";
        registry.register_with_unit("request", help, Unit::Seconds, requests.clone());
        registry.register(
            "emails_waiting",
            "Emails in the outbox that have not been sent and have not failed",
            emails.clone(),
        );
        let help = "Age of the oldest email in the outbox that has not been sent and has not failed";
        registry.register_with_unit("oldest_email", help, Unit::Seconds, oldest_email.clone());
        registry.register("letters_waiting", "Deprecated name of partner_emails_waiting", emails.clone());
        let help = "Deprecated name of partner_oldest_email_seconds";
        registry.register_with_unit("oldest_letter", help, Unit::Seconds, oldest_email.clone());
        registry.register("sessions", "Sessions that have not ended", sessions.clone());
        let page_times: Histograms<_> = Family::new_with_constructor(|| Histogram::new(PAGE_BUCKETS));
        let help = "Page load times measured by browsers, by measure and kind of page";
        registry.register_with_unit("page", help, Unit::Seconds, page_times.clone());
        let layout_shifts: Histograms<_> = Family::new_with_constructor(|| Histogram::new(SHIFT_BUCKETS));
        let help = "Cumulative layout shift measured by browsers, by kind of page";
        registry.register("page_layout_shift", help, layout_shifts.clone());
        let page_failures = Family::default();
        let help = "Failure screens shown in place of the app, by kind";
        registry.register("page_failures", help, page_failures.clone());
        Self { registry, requests, page_times, layout_shifts, page_failures, emails, oldest_email, sessions }
    }
}

impl Metrics {
    pub(crate) fn count_request(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        // Count unknown methods as `other`, because callers can invent methods and each would add a time series.
        let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE].contains(method);
        let method = if known { method.as_str() } else { "other" };
        let labels =
            [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.as_str().to_owned())];
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    pub(crate) fn count_page(&self, vitals: &Vitals) {
        let page = ("page", vitals.page.name());
        for (name, millis) in vitals.times() {
            // Drop fractions of a millisecond, because browsers do not measure them reliably.
            let took = Duration::from_millis(millis as u64);
            self.page_times.get_or_create(&[("measure", name), page]).observe(took.as_secs_f64());
        }
        if let Some(shift) = vitals.cls {
            self.layout_shifts.get_or_create(&[page]).observe(shift);
        }
        if let Some(failure) = vitals.failure {
            self.page_failures.get_or_create(&[("kind", failure.name())]).inc();
        }
    }

    /// Returns all metrics as text, including these gauges.
    pub(crate) fn encode(&self, gauges: &Gauges) -> anyhow::Result<String> {
        self.emails.set(gauges.emails);
        self.oldest_email.set(gauges.oldest_email_secs);
        self.sessions.set(gauges.sessions);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
