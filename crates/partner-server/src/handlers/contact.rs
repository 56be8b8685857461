//! *Contact sales*: stores the request of a prospective partner and queues its emails.

use std::net::IpAddr;

use partner_api::{
    CreateContactRequest, UnixTime,
    contact::{ContactRequest, NewContact, NewContactRequest, contact_problems},
    endpoint::{RateKey, RateLimit},
};

use crate::{
    auth::Visitor,
    clock::{later, random_bytes},
    endpoint::{Answer, Call},
    error::{Error, Result},
    idempotency,
    locale::Locale,
    state::App,
    store::{
        Conn,
        contact::{self, ContactRow, From},
        outbox::{self, Kind},
    },
    text::{composed, email_key},
};

/// Limit on contact requests with the same email address.
const PER_EMAIL: RateLimit = RateLimit::of::<CreateContactRequest>(RateKey::Email);
/// Limit on contact requests from one network. Requests of signed-in users do not count.
const PER_NETWORK: RateLimit = RateLimit::of::<CreateContactRequest>(RateKey::Network);

pub(crate) async fn create_contact_request(
    app: App,
    visitor: Visitor,
    call: Call<CreateContactRequest>,
) -> Result<Answer<CreateContactRequest>> {
    let new = NewContact::parse(&call.body).map_err(|problems| Error::Invalid(contact_problems(&problems)))?;
    let contents = (&new.name, new.email.as_str(), new.phone.as_str(), &new.company, &new.message);
    let request = idempotency::keyed_by_anyone(&call, &contents)?;
    if visitor.actor.is_none() {
        if call.body.is_by_program() {
            tracing::warn!(
                event = "contact_dropped",
                total = app.count_dropped_contact(),
                "dropped a contact request that a bot filled in"
            );
            return Answer::new(&ContactRequest { reference: new_reference(&app) });
        }
        check_captcha(&app, visitor.ip, &call.body).await?;
    }

    let mut tx = app.store.begin().await?;
    if let Some(answer) = idempotency::replay(&mut tx, &app, &request).await? {
        return Ok(answer);
    }
    let email_key = email_key(new.email.as_str());
    let locale = call.body.locale.as_deref().and_then(Locale::of_code);
    let locale = locale.unwrap_or_else(|| Locale::of_request(&call.headers));
    let mut row = row(&app, &visitor, new, locale);
    limit(&mut tx, &row, &email_key).await?;
    while !contact::insert(&mut tx, &row, &email_key).await? {
        row.reference = new_reference(&app);
    }
    for kind in [Kind::ContactSales, Kind::ContactConfirmation] {
        outbox::add(&mut tx, kind, &row.reference, locale, row.created_at).await?;
    }
    let answer = Answer::new(&ContactRequest { reference: row.reference })?;
    idempotency::keep(&mut tx, &app, &request, &answer).await?;
    tx.commit().await?;
    app.mailer.wake();
    Ok(answer)
}

fn row(app: &App, visitor: &Visitor, new: NewContact, locale: Locale) -> ContactRow {
    ContactRow {
        reference: new_reference(app),
        created_at: app.now(),
        name: composed(&new.name),
        email: composed(new.email.as_str()),
        phone: new.phone.as_str().to_owned(),
        company: composed(&new.company),
        message: new.message.as_deref().map(composed),
        locale,
        partner_pid: visitor.actor.as_ref().map(|actor| actor.partner().to_owned()),
        network: network(visitor.ip),
        answered_at: None,
    }
}

/// Returns a random number for a contact request. Apart from the prefix, it has only digits, because digits are easy to
/// say in every language and do not look alike.
fn new_reference(app: &App) -> String {
    let number = u64::from_le_bytes(random_bytes::<8>(&*app.entropy));
    format!("C-{:08}", number % 100_000_000)
}

async fn check_captcha(app: &App, ip: IpAddr, body: &NewContactRequest) -> Result<()> {
    let Some(captcha) = &app.settings.captcha else { return Ok(()) };
    match captcha.is_person(body.captcha.as_deref(), ip).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::field("/captcha", if body.captcha.is_some() { "wrong" } else { "required" })),
        Err(error) => {
            tracing::error!(
                error = format!("{error:#}"),
                "the captcha service failed; accepted the request without it"
            );
            Ok(())
        }
    }
}

/// Returns an error if the limit for the email address or for the network is exceeded.
async fn limit(conn: &mut Conn, row: &ContactRow, email_key: &str) -> Result<()> {
    let now = row.created_at;
    let mut limits = vec![(From::Email(email_key), PER_EMAIL)];
    if row.partner_pid.is_none() {
        limits.push((From::Network(&row.network), PER_NETWORK));
    }
    let mut wait = 0;
    for (from, limit) in limits {
        let window_millis = i64::from(limit.window_secs) * 1000;
        let oldest_counted = contact::nth_latest(conn, from, limit.max, later(now, -window_millis)).await?;
        wait = oldest_counted.map_or(0, |at| secs_until(later(at, window_millis), now)).max(wait);
    }
    if wait > 0 {
        tracing::warn!(event = "excess_rate_limit_exceeded", "too many contact requests");
        return Err(Error::TooManyRequests { retry_after_secs: wait });
    }
    Ok(())
}

fn secs_until(at: UnixTime, now: UnixTime) -> i64 {
    (at.millis - now.millis + 999) / 1000
}

/// Returns the network of an IP address: an IPv4 /24 or an IPv6 /64. Limits count networks, because one sender can have
/// many addresses.
fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(ip) => {
            let bits = ip.to_bits() & !u128::from(u64::MAX);
            format!("{}/64", std::net::Ipv6Addr::from_bits(bits))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_same_network_are_limited_together() {
        for (ip, expected) in [
            ("192.0.2.77", "192.0.2.0/24"),
            ("::ffff:192.0.2.1", "192.0.2.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(ip.parse().map(network).as_deref(), Ok(expected), "{ip}");
        }
    }
}
