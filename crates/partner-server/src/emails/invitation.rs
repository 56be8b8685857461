//! The email to an invited client. The email names the partner that invites, explains the consequences of confirming,
//! and contains the link and the expiry date.

use chrono::Datelike;
use lettre::message::Mailbox;
use partner_api::UnixTime;

use super::message::{Block, Message};
use crate::{
    auth::session::digest,
    clock::random_token,
    error::Result,
    locale::Locale,
    rules,
    state::App,
    store::{
        Conn,
        invitations::{self, EmailFacts},
        outbox::QueuedEmail,
    },
};

/// Composes the invitation email. The new link replaces every earlier link of the invitation. Returns `None` if the
/// invitation is no longer pending or has expired.
///
/// The inner error means that the email can never be composed, for example because the address cannot be parsed.
pub(crate) async fn compose(
    app: &App,
    conn: &mut Conn,
    email: &QueuedEmail,
) -> Result<Option<anyhow::Result<Message>>> {
    let facts = invitations::email_facts(conn, &email.subject).await?;
    let Some(facts) = facts.filter(|facts| !rules::is_expired(facts.expires_at, app.now())) else { return Ok(None) };
    let token = random_token(&*app.entropy);
    invitations::set_token(conn, &email.subject, &digest(&token)).await?;
    Ok(Some(message(&facts, email.locale, link(app, email.locale, &token))))
}

/// Returns the URL of the page that accepts the invitation.
pub(crate) fn link(app: &App, locale: Locale, token: &str) -> String {
    format!("{}/partner/app/{}/invitation#token={token}", app.settings.public_url, locale.code())
}

fn message(facts: &EmailFacts, locale: Locale, link: String) -> anyhow::Result<Message> {
    let to = Mailbox::new(facts.name.clone(), mailable(&facts.email).parse()?);
    let until = date(facts.expires_at, locale);
    let (inviter, name, partner) = (&facts.initiator, facts.name.as_deref(), facts.partner_title.as_deref());
    let (title, blocks) = match locale {
        Locale::En => english(name, inviter, partner, &until, link),
        Locale::Ru => russian(name, inviter, partner, &until, link),
    };
    Ok(Message::new(to, title.clone(), &title, locale, &blocks))
}

fn english(
    name: Option<&str>,
    inviter: &str,
    partner: Option<&str>,
    until: &str,
    link: String,
) -> (String, Vec<Block>) {
    let title =
        partner.map_or("A partner invites you to the cloud".into(), |it| format!("{it} invites you to the cloud"));
    let of_partner = partner.unwrap_or("a partner of the cloud");
    let blocks = vec![
        Block::Text(name.map_or("Hello!".into(), |name| format!("Hello, {name}!"))),
        Block::Text(format!("{inviter} invites you to become a client of {of_partner} in the cloud.")),
        Block::Heading("What confirming means"),
        Block::Points(vec![
            format!("You join {} and become its client in the cloud.", partner.unwrap_or("the partner")),
            "You pay for the cloud through the partner.".into(),
            "The partner sees your balance and expenses, and can block your sign-in to the cloud. Your resources keep \
             running in that case."
                .into(),
        ]),
        Block::Button { label: "Confirm the invitation", href: link.clone() },
        Block::Note(format!(
            "The link works once, until {until} (Moscow time). Opening it does not confirm anything yet."
        )),
        Block::Link(link),
        Block::Note(
            "Not expecting this email? It was probably sent to you by mistake. You can ignore it; nothing happens \
             unless you confirm."
                .into(),
        ),
    ];
    (title, blocks)
}

fn russian(
    name: Option<&str>,
    inviter: &str,
    partner: Option<&str>,
    until: &str,
    link: String,
) -> (String, Vec<Block>) {
    let partner = partner.map(quoted);
    let title = partner.as_ref().map_or("Партнер приглашает вас в облако".into(), |it| {
        format!("{it} приглашает вас в облако")
    });
    let of_partner = partner.as_ref().map_or("партнера".into(), |it| format!("партнера {it}"));
    let blocks = vec![
        Block::Text(name.map_or("Здравствуйте!".into(), |name| format!("Здравствуйте, {name}!"))),
        Block::Text(format!("{inviter} приглашает вас стать клиентом {of_partner} в облаке.")),
        Block::Heading("Что означает подтверждение"),
        Block::Points(vec![
            format!(
                "Вы подключаетесь к партнеру{} и становитесь его клиентом в облаке.",
                partner.map_or(String::new(), |it| format!(" {it}"))
            ),
            "Вы оплачиваете облако через партнера.".into(),
            "Партнер видит ваш баланс и расходы и может запретить вход в облако. Ваши ресурсы при этом продолжат \
             работать."
                .into(),
        ]),
        Block::Button { label: "Подтвердить приглашение", href: link.clone() },
        Block::Note(format!(
            "Ссылка одноразовая и действует до {until} (московское время). Переход по ссылке еще ничего не \
             подтверждает."
        )),
        Block::Link(link),
        Block::Note(
            "Не ждали этого письма? Скорее всего, кто-то ошибся адресом. Просто удалите это письмо: без вашего \
             подтверждения ничего не изменится."
                .into(),
        ),
    ];
    (title, blocks)
}

/// Encloses a partner's title in Russian quotation marks, unless the title already contains quotation marks.
fn quoted(title: &str) -> String {
    if title.contains(['«', '"', '“', '„']) { title.into() } else { format!("«{title}»") }
}

/// Converts the domain of the address to ASCII, because not every mail server accepts other domains.
pub(super) fn mailable(email: &str) -> String {
    let Some((local, domain)) = email.rsplit_once('@') else { return email.to_owned() };
    format!("{local}@{}", idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned()))
}

/// Formats a time as date and time of day in Moscow.
pub(super) fn date(at: UnixTime, locale: Locale) -> String {
    const RU: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    let at = at.in_moscow();
    match locale {
        Locale::En => at.format("%-d %B %Y, %H:%M").to_string(),
        Locale::Ru => format!("{} {} {}", at.day(), RU[at.month0() as usize], at.format("%Y г., %H:%M")),
    }
}
