//! Counts web vitals, which the app's pages report, in the metrics.

use partner_api::CountVitals;

use crate::{
    auth::Anyone,
    endpoint::{Call, NoContent},
    error::{Error, Result},
    state::App,
};

pub(crate) async fn count_vitals(app: App, caller: Anyone, call: Call<CountVitals>) -> Result<NoContent> {
    app.limiter.take_report(caller.ip, app.now()).map_err(|retry_after_secs| {
        tracing::warn!(event = "excess_rate_limit_exceeded", "too many page reports");
        Error::TooManyRequests { retry_after_secs }
    })?;
    let problems = call.body.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    app.metrics.count_page(&call.body);
    Ok(NoContent)
}
