//! What an operator watches, in the text of OpenMetrics: on a listener of its own, never on the one for browsers.

use std::time::Duration;

use axum::{
    Router,
    extract::State,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use partner_api::vitals::Vitals;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::{
    app::App,
    auth::session,
    error::Result,
    store::{outbox, users},
};

/// Upper ends of the times that are counted together, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0];

/// The same of pages, with the limits of what is good and what is poor (web.dev/articles/vitals).
const PAGE_BUCKETS: [f64; 13] = [0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 1.2, 1.8, 2.5, 3.0, 4.0, 8.0, 20.0];
/// Upper ends of layout shifts.
const SHIFT_BUCKETS: [f64; 7] = [0.0, 0.01, 0.05, 0.1, 0.15, 0.25, 0.5];

/// Names and values that tell counts of one kind apart.
type Labels = [(&'static str, String); 3];
/// The same where callers have a say: words of the program, never theirs.
type Words<const N: usize> = [(&'static str, &'static str); N];
type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// What is counted while the server runs.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Histograms<Labels>,
    page_times: Histograms<Words<2>>,
    layout_shifts: Histograms<Words<1>>,
    page_failures: Family<Words<1>, Counter>,
    letters: Gauge,
    letter_age: Gauge,
    sessions: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("partner");
        let requests: Histograms<Labels> = Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let (letters, letter_age, sessions) = (Gauge::default(), Gauge::default(), Gauge::default());
        let help = "Requests, by the template of their route and the status of the reply, and how long they took";
        registry.register_with_unit("request", help, Unit::Seconds, requests.clone());
        registry.register("letters_waiting", "Letters that did not leave yet", letters.clone());
        let help = "How long the oldest letter that did not leave yet has been waiting";
        registry.register_with_unit("oldest_letter", help, Unit::Seconds, letter_age.clone());
        registry.register("sessions", "Sessions that have not ended", sessions.clone());
        let page_times: Histograms<_> = Family::new_with_constructor(|| Histogram::new(PAGE_BUCKETS));
        let help = "Times that browsers measured, by what was measured and the kind of page";
        registry.register_with_unit("page", help, Unit::Seconds, page_times.clone());
        let layout_shifts: Histograms<_> = Family::new_with_constructor(|| Histogram::new(SHIFT_BUCKETS));
        let help = "How far the parts of a page moved while it was looked at, by the kind of page";
        registry.register("page_layout_shift", help, layout_shifts.clone());
        let page_failures = Family::default();
        let help = "Screens that were shown in place of the account, by kind";
        registry.register("page_failures", help, page_failures.clone());
        Self { registry, requests, page_times, layout_shifts, page_failures, letters, letter_age, sessions }
    }
}

impl Metrics {
    /// One request was answered.
    pub(crate) fn count(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        // Callers invent methods; each would be counted for ever.
        let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE].contains(method);
        let method = if known { method.as_str() } else { "other" };
        let labels =
            [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.as_str().to_owned())];
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// A page told what it measured.
    pub(crate) fn count_page(&self, vitals: &Vitals) {
        let page = ("page", vitals.page.name());
        for (name, millis) in vitals.times() {
            // Of what browsers measure, a part of a millisecond says nothing.
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

    /// Everything as text. What is read from the database is as of now.
    async fn text(&self, app: &App) -> Result<String> {
        let now = app.now();
        let mut conn = app.store.read().await?;
        let waiting = outbox::backlog(&mut conn).await?;
        self.letters.set(waiting.letters);
        self.letter_age.set(waiting.oldest.map_or(0, |oldest| (now.millis - oldest.millis).max(0) / 1000));
        self.sessions.set(users::count_sessions(&mut conn, session::deadlines(now, &app.settings)).await?);
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(anyhow::Error::from)?;
        Ok(text)
    }
}

/// The router of the other listener.
pub(crate) fn router(app: App) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(app)
}

async fn metrics(State(app): State<App>) -> Response {
    match app.metrics.text(&app).await {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "the database does not tell what is counted");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
