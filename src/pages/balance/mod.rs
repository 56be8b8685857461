//! What a client has: the personal and the bonus balance, by the published billing summary.

pub mod expenses;

use leptos::prelude::*;
use partner_api::{
    Amount, Client, GetClient, GetClientBilling,
    billing::ClientBilling,
    endpoint::{ClientPath, Empty},
};

use crate::{
    api::ApiError,
    app::use_title,
    format::fill,
    i18n::use_i18n,
    load::Loaded,
    route::{Page, href},
    session::use_session,
    ui::{icon::Icon, live::live_text},
};

/// Currency of the Moscow region, for servers that do not name one.
const USUAL_CURRENCY: &str = "RUB";

/// The balance of a client.
#[component]
pub fn BalancePage(
    /// PID of the client.
    pid: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let path = ClientPath { pid: session.pid(), client_pid: pid.clone() };
    let client = RwSignal::new(None::<Client>);
    let result = RwSignal::new(None::<Result<ClientBilling, ApiError>>);
    let load = move || {
        result.set(None);
        let path = path.clone();
        leptos::task::spawn_local(async move {
            if let Ok(found) = session.get::<GetClient>(&path, &Empty {}).await {
                _ = client.try_set(Some(found));
            }
            let billing = session.get::<GetClientBilling>(&path, &Empty {}).await;
            _ = result.try_set(Some(billing));
        });
    };
    load();
    let title = move || {
        let email = client.with(|client| client.as_ref().and_then(|client| client.owner.email.clone()));
        fill(i18n.text.balance_title, &[("email", &email.unwrap_or_else(|| pid.clone()))])
    };
    use_title(title.clone());
    view! {
        <nav class="crumbs">
            <a href=href(i18n.locale, &Page::Clients, "")><Icon name="arrow-left" />{i18n.text.back_to_clients}</a>
        </nav>
        <h1 class="page-title" tabindex="-1">{live_text(title)}</h1>
        <Loaded result on_retry=Callback::new(move |()| load()) show=summary />
    }
}

fn summary(billing: ClientBilling) -> impl IntoView {
    let i18n = use_i18n();
    let text = i18n.text;
    let currency = billing.currency.filter(|code| code.len() == 3).unwrap_or_else(|| USUAL_CURRENCY.into());
    let Some(total) = billing.balance else {
        return view! { <p class="empty">{text.balance_unknown}</p> }.into_any();
    };
    let bonus = billing.bonus.unwrap_or_default();
    let figure = |label: &'static str, amount: Amount| {
        let is_debt = amount.0.is_sign_negative().then_some("");
        view! {
            <div class="figure">
                <dt>{label}</dt>
                <dd data-debt=is_debt>{i18n.money(amount, &currency)}</dd>
            </div>
        }
    };
    view! {
        <dl class="figures">
            {figure(text.balance_total, total)}
            {figure(text.balance_personal, Amount(total.0 - bonus.0))}
            {figure(text.balance_bonus, bonus)}
        </dl>
    }
    .into_any()
}
