//! Mounts every endpoint. No other module imports all handlers.

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware,
    response::Response,
    routing::get,
};
use partner_api::{
    endpoint::{EndpointInfo, ErrorStyle},
    ledger,
};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
};

use crate::{bundle, endpoint::Routes, error::Error, handlers, observe, published, request::RequestId, state::App};

/// Returns a router that serves the API, the health checks and, if configured, the app's bundle.
pub fn router(app: &App) -> Router {
    let gzip = CompressionLayer::new().no_br().no_deflate().no_zstd().quality(CompressionLevel::Fastest);
    // Do not compress small replies, because they gain little. The replies with the CSRF token are small and must never
    // be compressed, because the size of a compressed reply can reveal the token (BREACH attack). Do not compress XLSX
    // files, because they are already compressed.
    let is_worthwhile = SizeAbove::new(8 * 1024).and(NotForContentType::const_new(ledger::XLSX));
    let mut api = routes().router;
    if app.settings.published_only {
        api = api.route_layer(middleware::from_fn(published::only));
    }
    api.layer(gzip.compress_when(is_worthwhile))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(readyz))
        .merge(bundle::router(&app.settings))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(app.clone(), observe::observe))
        .with_state(app.clone())
}

/// Returns a router that serves `/metrics`, for a separate listener that only Prometheus should reach.
pub(crate) fn metrics_router(app: App) -> Router {
    Router::new().route("/metrics", get(handlers::metrics::metrics)).with_state(app)
}

/// Returns all API endpoints that the server mounts.
pub fn mounted() -> Vec<EndpointInfo> {
    routes().mounted
}

fn routes() -> Routes {
    Routes::default()
        .serve(handlers::auth::sign_in)
        .serve(handlers::auth::issue_csrf_token)
        .serve(handlers::auth::get_session)
        .serve(handlers::auth::sign_out)
        .serve(handlers::contact::create_contact_request)
        .serve(handlers::clients::list_clients)
        .serve(handlers::clients::get_client)
        .serve(handlers::clients::set_client_identifier)
        .serve(handlers::billing::get_client_billing)
        .serve(handlers::billing::get_balance_amount)
        .serve(handlers::ledger::get_balance)
        .serve(handlers::ledger::list_services)
        .serve(handlers::ledger::list_movements)
        .serve(handlers::ledger::summarize_movements)
        .serve(handlers::ledger::get_expenses)
        .serve(handlers::export::export_movements)
        .serve(handlers::export::export_expenses)
        .serve(handlers::bulk::block_clients)
        .serve(handlers::bulk::unblock_clients)
        .serve(handlers::bulk::detach_clients)
        .serve(handlers::invitations::list_invitations)
        .serve(handlers::invitations::create_invitation)
        .serve(handlers::invitations::renew_invitation)
        .serve(handlers::invitations::resend_invitation)
        .serve(handlers::invitations::revoke_invitation)
        .serve(handlers::invitations::create_invitation_link)
        .serve(handlers::acceptance::look_up_invitation)
        .serve(handlers::acceptance::accept_invitation)
        .serve(handlers::vitals::count_vitals)
}

async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.is_stopping() || !app.store.is_alive().await {
        return (StatusCode::SERVICE_UNAVAILABLE, "not ready");
    }
    (StatusCode::OK, "ready")
}

async fn not_found(State(app): State<App>, request: Request) -> Response {
    refuse(&app, &request, Error::NotFound)
}

async fn method_not_allowed(State(app): State<App>, request: Request) -> Response {
    refuse(&app, &request, Error::MethodNotAllowed)
}

fn refuse(app: &App, request: &Request, error: Error) -> Response {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    if app.settings.published_only {
        return Error::NotFound.into_response(ErrorStyle::Published, &id);
    }
    error.into_response(ErrorStyle::Problem, &id)
}
