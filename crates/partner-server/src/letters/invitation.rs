//! The letter to an invited client: who invites, what confirming means, the link, until when.

use lettre::message::Mailbox;
use partner_api::UnixTime;
use time::{OffsetDateTime, UtcOffset};

use super::compose::{Block, Letter};
use crate::{
    app::App,
    auth::session::digest,
    clock::random_token,
    error::Result,
    rules::{self, Locale},
    store::{
        Conn,
        invitations::{self, LetterFacts},
        outbox::WaitingLetter,
    },
};

/// Writes the letter, whose link is the one that works from now on. `None`: the invitation is no longer open.
///
/// The inner error is of a letter that can never be written, as to an address that no mail server takes.
pub(crate) async fn write(
    app: &App,
    conn: &mut Conn,
    letter: &WaitingLetter,
) -> Result<Option<anyhow::Result<Letter>>> {
    let facts = invitations::letter_facts(conn, &letter.subject).await?;
    let Some(facts) = facts.filter(|facts| !rules::is_expired(facts.expires_at, app.now())) else { return Ok(None) };
    let token = random_token(&*app.entropy);
    invitations::set_token(conn, &letter.subject, &digest(&token)).await?;
    Ok(Some(compose(&facts, letter.locale, link(app, letter.locale, &token))))
}

/// Where an invitation is accepted.
pub(crate) fn link(app: &App, locale: Locale, token: &str) -> String {
    format!("{}/partner/app/{}/invitation#token={token}", app.settings.public_url, locale.code())
}

fn compose(facts: &LetterFacts, locale: Locale, link: String) -> anyhow::Result<Letter> {
    let to = Mailbox::new(facts.name.clone(), mailable(&facts.email).parse()?);
    let until = date(facts.expires_at, locale);
    let (inviter, name, partner) = (&facts.initiator, facts.name.as_deref(), facts.partner_title.as_deref());
    let (title, blocks) = match locale {
        Locale::En => english(name, inviter, partner, &until, link),
        Locale::Ru => russian(name, inviter, partner, &until, link),
    };
    Ok(Letter::new(to, title.clone(), &title, locale, &blocks))
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
    let whom = partner.unwrap_or("a partner of the cloud");
    let blocks = vec![
        Block::Text(name.map_or("Hello!".into(), |name| format!("Hello, {name}!"))),
        Block::Text(format!("{inviter} invites you to become a client of {whom} in the cloud.")),
        Block::Heading("What confirming means"),
        Block::Points(vec![
            format!("You join {} and become its client in the cloud.", partner.unwrap_or("the partner")),
            "You pay for the cloud through the partner.".into(),
            "The partner sees your balance and expenses, and can forbid signing in to the cloud. Your resources keep \
             working then."
                .into(),
        ]),
        Block::Button { label: "Confirm the invitation", href: link.clone() },
        Block::Note(format!("The link works until {until} (Moscow time), and once. Opening it confirms nothing yet.")),
        Block::Link(link),
        Block::Note(
            "You did not expect this letter? Then somebody mistyped an address. Do nothing: without you, nothing changes."
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
    let whom = partner.as_ref().map_or("партнера".into(), |it| format!("партнера {it}"));
    let blocks = vec![
        Block::Text(name.map_or("Здравствуйте!".into(), |name| format!("Здравствуйте, {name}!"))),
        Block::Text(format!("{inviter} приглашает вас стать клиентом {whom} в облаке.")),
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
            "Ссылка действует до {until} (московское время) и только один раз. Если ее просто открыть, ничего не \
             подтверждается."
        )),
        Block::Link(link),
        Block::Note(
            "Не ждали этого письма? Значит, кто-то ошибся адресом. Ничего не делайте: без вас ничего не изменится."
                .into(),
        ),
    ];
    (title, blocks)
}

/// In Russian quotation marks, unless it has some already.
fn quoted(title: &str) -> String {
    if title.contains(['«', '"', '“', '„']) { title.into() } else { format!("«{title}»") }
}

/// The address with its domain in ASCII: what every mail server takes.
pub(super) fn mailable(email: &str) -> String {
    let Some((local, domain)) = email.rsplit_once('@') else { return email.to_owned() };
    format!("{local}@{}", idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned()))
}

/// Day and time in Moscow, UTC+3.
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
    let moscow = UtcOffset::from_hms(3, 0, 0).unwrap_or(UtcOffset::UTC);
    let Ok(at) = OffsetDateTime::from_unix_timestamp(at.secs()) else { return String::new() };
    let at = at.to_offset(moscow);
    let (day, month, year, hour, minute) = (at.day(), at.month(), at.year(), at.hour(), at.minute());
    match locale {
        Locale::En => format!("{day} {month} {year}, {hour:02}:{minute:02}"),
        Locale::Ru => format!("{day} {} {year} г., {hour:02}:{minute:02}", RU[usize::from(u8::from(month)) - 1]),
    }
}
