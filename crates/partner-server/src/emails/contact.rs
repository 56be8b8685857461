//! The emails that the form *Contact sales* causes: one to the sales mailbox, and a confirmation to the visitor.
//!
//! The confirmation contains no text that the visitor typed. Visitors can enter another person's address, and could
//! otherwise send spam through the form.

use std::path::PathBuf;

use lettre::message::Mailbox;
use partner_api::contact::REPLY_HOURS;
use serde::Deserialize;

use super::{
    invitation::{date, mailable},
    message::{Block, Message},
};
use crate::{
    config::Settings,
    error::Result,
    locale::Locale,
    state::App,
    store::{
        Conn,
        contact::{self, ContactRow},
        outbox::QueuedEmail,
    },
};

/// Composes the email to the sales mailbox. Returns `None` if no sales mailbox is configured or the request no longer
/// exists.
///
/// The inner error means that the email can never be composed, so there is no further attempt.
pub(crate) async fn compose_for_sales(
    app: &App,
    conn: &mut Conn,
    email: &QueuedEmail,
) -> Result<Option<anyhow::Result<Message>>> {
    let Some(sales) = &app.settings.sales_email else { return Ok(None) };
    let row = contact::find(conn, &email.subject).await?;
    Ok(row.map(|row| for_sales(&row, sales)))
}

/// Composes the confirmation. Returns `None` if the contact request no longer exists. The inner error means that the
/// email can never be composed, so there is no further attempt.
pub(crate) async fn compose_confirmation(
    app: &App,
    conn: &mut Conn,
    email: &QueuedEmail,
) -> Result<Option<anyhow::Result<Message>>> {
    let Some(row) = contact::find(conn, &email.subject).await? else { return Ok(None) };
    let app_url = format!("{}/partner/app/", app.settings.public_url);
    let support = support_of(&app.settings).await;
    Ok(Some(confirmation(&row, &app_url, support.as_deref())))
}

/// Returns the time within which sales promise to reply, in the form that fits after "within" and after «в течение».
fn reply_time(locale: Locale) -> String {
    let hours = match locale {
        Locale::En if REPLY_HOURS == 1 => "hour",
        Locale::En => "hours",
        Locale::Ru if REPLY_HOURS % 10 == 1 && REPLY_HOURS % 100 != 11 => "часа",
        Locale::Ru => "часов",
    };
    format!("{REPLY_HOURS} {hours}")
}

fn for_sales(row: &ContactRow, sales: &str) -> anyhow::Result<Message> {
    let (reference, locale) = (&row.reference, row.locale);
    let (title, words) = match locale {
        Locale::En => {
            let labels = ["Name", "Email", "Phone number", "Company", "Received", "Partner", "Message"];
            (format!("Contact request {reference}"), labels)
        }
        Locale::Ru => {
            let labels = ["Контактное лицо", "Email", "Телефон", "Компания", "Получена", "Партнер", "Сообщение"];
            (format!("Заявка {reference}"), labels)
        }
    };
    let [name, email, phone, company, received, signed_in, message] = words;
    let mut facts = vec![
        format!("{name}: {}", row.name),
        format!("{email}: {}", row.email),
        format!("{phone}: {}", row.phone),
        format!("{company}: {}", row.company),
        format!("{received}: {}", date(row.created_at, locale)),
    ];
    facts.extend(row.partner_pid.as_ref().map(|pid| format!("{signed_in}: {pid}")));
    let lead = match locale {
        Locale::En => {
            format!("A visitor wants to become a partner and was promised a reply within {}.", reply_time(locale))
        }
        Locale::Ru => {
            format!("Посетитель сайта хочет стать партнером. Мы обещали ответить в течение {}.", reply_time(locale))
        }
    };
    let mut blocks = vec![Block::Text(lead), Block::Points(facts)];
    if let Some(text) = &row.message {
        blocks.extend([Block::Heading(message), Block::Lines(text.clone())]);
    }
    let command = format!("partner-server contact-requests answer {reference}");
    blocks.push(Block::Note(match locale {
        Locale::En => format!("Once you have replied, record it with: {command}"),
        Locale::Ru => format!("Когда ответите, отметьте это командой: {command}"),
    }));
    let message = Message::new(sales.parse()?, title.clone(), &title, locale, &blocks);
    // Omit `Reply-To` if the visitor's address cannot be parsed. The text of the email also contains the address.
    let sender = mailable(&row.email).parse().ok().map(|address| Mailbox::new(Some(row.name.clone()), address));
    Ok(message.with_reply_to(sender))
}

fn confirmation(row: &ContactRow, app_url: &str, support: Option<&str>) -> anyhow::Result<Message> {
    let reply_time = reply_time(row.locale);
    let to = Mailbox::new(None, mailable(&row.email).parse()?);
    let reference = &row.reference;
    let (subject, title, blocks) = match row.locale {
        Locale::En => (
            format!("Your request {reference}"),
            "We have received your request",
            vec![
                Block::Text("Hello!".into()),
                Block::Text("We have received your request to become a partner.".into()),
                Block::Text(format!("Request number: {reference}")),
                Block::Heading("What happens next"),
                Block::Points(vec![
                    format!("A manager will contact you within {reply_time}."),
                    format!("Your personal account will be available at {app_url}"),
                    format!(
                        "If nobody contacts you within {reply_time}, write to {} and quote the request number.",
                        support.unwrap_or("support")
                    ),
                ]),
                Block::Note(
                    "Did not send a request? This email was probably sent to you by mistake. You can ignore it.".into(),
                ),
            ],
        ),
        Locale::Ru => (
            format!("Ваша заявка {reference}"),
            "Мы получили вашу заявку",
            vec![
                Block::Text("Здравствуйте!".into()),
                Block::Text("Мы получили вашу заявку на партнерство.".into()),
                Block::Text(format!("Номер заявки: {reference}")),
                Block::Heading("Что дальше"),
                Block::Points(vec![
                    format!("Менеджер свяжется с вами в течение {reply_time}."),
                    format!("Личный кабинет будет доступен по адресу {app_url}"),
                    format!(
                        "Если в течение {reply_time} с вами никто не свяжется, напишите в поддержку{} и укажите номер \
                         заявки.",
                        support.map_or(String::new(), |support| format!(" ({support})"))
                    ),
                ]),
                Block::Note(
                    "Не отправляли заявку? Скорее всего, кто-то ошибся адресом. Просто удалите это письмо.".into(),
                ),
            ],
        ),
    };
    Ok(Message::new(to, subject, title, row.locale, &blocks))
}

/// Reads the email address or URL of support from the app's `config.json`.
async fn support_of(settings: &Settings) -> Option<String> {
    #[derive(Deserialize)]
    struct Links {
        support_url: Option<String>,
    }
    let in_bundle = || settings.bundle.as_ref().map(|bundle| bundle.join("config.json"));
    let file: PathBuf = settings.config.clone().or_else(in_bundle)?;
    let text = tokio::fs::read(file).await.ok()?;
    let url = serde_json::from_slice::<Links>(&text).ok()?.support_url?;
    Some(url.strip_prefix("mailto:").unwrap_or(&url).to_owned())
}

#[cfg(test)]
mod tests {
    use partner_api::UnixTime;

    use super::*;

    fn row(locale: Locale) -> ContactRow {
        ContactRow {
            reference: "C-48217395".into(),
            created_at: UnixTime::from_secs(1_790_000_000),
            name: "<b>Анна</b>".into(),
            email: "anna@пример.рф".into(),
            phone: "+79261234567".into(),
            company: "Öl & Söhne".into(),
            message: Some("One\nTwo <script>".into()),
            locale,
            partner_pid: None,
            network: String::new(),
            answered_at: None,
        }
    }

    #[test]
    fn the_confirmation_contains_no_text_of_the_visitor() {
        for locale in [Locale::En, Locale::Ru] {
            let row = row(locale);
            let app_url = "https://partner.example/partner/app/";
            let message = confirmation(&row, app_url, Some("help@partner.example")).expect("an address");
            assert_eq!(message.to.to_string(), "anna@xn--e1afmkfd.xn--p1ai");
            for text in [&message.subject, &message.text, &message.html] {
                for typed in ["Анна", "anna", "7926", "Söhne", "Two"] {
                    assert!(!text.contains(typed), "{typed} in {text}");
                }
            }
            for said in ["C-48217395", "48", app_url, "help@partner.example"] {
                assert!(message.text.contains(said) && message.html.contains(said), "{said}");
            }
        }
    }

    #[test]
    fn sales_get_the_whole_request_and_reply_to_the_visitor() {
        let message = for_sales(&row(Locale::En), "sales@partner.example").expect("an address");
        assert_eq!(message.subject, "Contact request C-48217395");
        assert!(message.text.contains("Name: <b>Анна</b>\n") && message.text.contains("One\nTwo <script>"));
        assert!(message.html.contains("&lt;b&gt;Анна&lt;/b&gt;") && !message.html.contains("<script"));
        let sender = message.reply_to.expect("an address that mail programs take");
        assert_eq!(sender.email.to_string(), "anna@xn--e1afmkfd.xn--p1ai");
    }
}
