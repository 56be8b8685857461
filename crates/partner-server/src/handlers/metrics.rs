//! Serves `/metrics`, which Prometheus reads.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    auth::session,
    error::Result,
    metrics::Gauges,
    state::App,
    store::{outbox, users},
};

pub(crate) async fn metrics(State(app): State<App>) -> Response {
    match text(&app).await {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "cannot read gauges from the database");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn text(app: &App) -> Result<String> {
    let now = app.now();
    let mut conn = app.store.read().await?;
    let backlog = outbox::backlog(&mut conn).await?;
    let gauges = Gauges {
        emails: backlog.emails,
        oldest_email_secs: backlog.oldest.map_or(0, |oldest| (now.millis - oldest.millis).max(0) / 1000),
        sessions: users::count_sessions(&mut conn, session::deadlines(now, &app.settings)).await?,
    };
    Ok(app.metrics.encode(&gauges)?)
}
