//! The application: what handlers share, and the router.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware,
    response::Response,
    routing::get,
};
use partner_api::{Method, UnixTime, endpoint::ErrorStyle};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
};

use crate::{
    auth::{limit::Limiter, password::Passwords},
    bundle,
    clock::{Clock, Entropy},
    config::Settings,
    error::Error,
    export, handlers,
    letters::Letters,
    metrics::Metrics,
    observe::{self, RequestId},
    published,
    store::{Store, audit::Line},
    wire::Routes,
};

/// What handlers share.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// Behind [`App`].
pub struct Shared {
    pub(crate) settings: Settings,
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) passwords: Passwords,
    pub(crate) limiter: Limiter,
    pub(crate) letters: Letters,
    pub(crate) metrics: Metrics,
    is_leaving: AtomicBool,
    dropped_contacts: AtomicU64,
}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// Puts an application together on an open store.
    ///
    /// # Errors
    /// The cost of passwords is out of range, or the sender of letters is no address.
    pub fn new(
        settings: Settings,
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> anyhow::Result<Self> {
        let passwords = Passwords::new(settings.password_cost)?;
        let letters = Letters::new(&settings)?;
        Ok(Self(Arc::new(Shared {
            settings,
            store,
            clock,
            entropy,
            passwords,
            letters,
            limiter: Limiter::default(),
            metrics: Metrics::default(),
            is_leaving: AtomicBool::new(false),
            dropped_contacts: AtomicU64::new(0),
        })))
    }

    /// The router over everything, ready to serve.
    pub fn router(&self) -> Router {
        let gzip = CompressionLayer::new().no_br().no_deflate().no_zstd().quality(CompressionLevel::Fastest);
        // Small replies gain nothing, and the one with the CSRF token stays out of compression for good. XLSX is a zip.
        let gains = SizeAbove::new(8 * 1024).and(NotForContentType::const_new(export::XLSX));
        let mut api = routes().router;
        if self.settings.published_only {
            api = api.route_layer(middleware::from_fn(published::only));
        }
        let api = api.layer(gzip.compress_when(gains));
        let app = api
            .route("/healthz", get(|| async { "ok" }))
            .route("/readyz", get(readyz))
            .merge(bundle::router(&self.settings))
            .fallback(not_found)
            .method_not_allowed_fallback(method_not_allowed);
        let app = app.layer(middleware::from_fn_with_state(self.clone(), observe::observe)).with_state(self.clone());
        #[cfg(feature = "faults")]
        let app = crate::faults::around(app);
        app
    }

    /// Whether the database has no partner yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_empty(&self) -> anyhow::Result<bool> {
        Ok(self.store.oldest_partner().await?.is_none())
    }

    /// The newest lines of the audit log, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn audit_lines(&self, limit: u32) -> anyhow::Result<Vec<Line>> {
        self.store.audit_lines(limit).await
    }

    /// Delivers the letters that wait, now.
    ///
    /// # Errors
    /// The store or the folder of letters failed.
    pub async fn deliver_letters(&self) -> anyhow::Result<()> {
        crate::letters::deliver_waiting(self).await.map_err(Into::into)
    }

    /// From now on the server is not ready: balancers send nothing new.
    pub(crate) fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    /// One more contact request was dropped; how many since the start.
    pub(crate) fn count_dropped(&self) -> u64 {
        self.dropped_contacts.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }
}

/// Method and route of every call of the API that the server answers.
pub fn mounted() -> Vec<(Method, &'static str)> {
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
        .serve(export::export_movements)
        .serve(export::export_expenses)
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
    let is_leaving = app.is_leaving.load(Ordering::Relaxed);
    if is_leaving || !app.store.is_alive().await {
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
