//! The letters of *Contact sales*: to the sales mailbox, and a confirmation to the sender.
//!
//! The confirmation goes to an address that anybody may have typed: nothing else that was typed is in it.

use std::path::PathBuf;

use lettre::message::Mailbox;
use partner_api::contact::REPLY_HOURS;
use serde::Deserialize;

use super::{
    compose::{Block, Letter},
    invitation::{date, mailable},
};
use crate::{
    app::App,
    config::Settings,
    error::Result,
    rules::Locale,
    store::{
        Conn,
        contact::{self, ContactRow},
        outbox::WaitingLetter,
    },
};

/// Writes the letter to the sales mailbox. `None`: there is no such mailbox (any more).
///
/// The inner error is of a letter that can never be written.
pub(crate) async fn write_to_sales(
    app: &App,
    conn: &mut Conn,
    letter: &WaitingLetter,
) -> Result<Option<anyhow::Result<Letter>>> {
    let Some(sales) = &app.settings.sales_email else { return Ok(None) };
    let row = contact::find(conn, &letter.subject).await?;
    Ok(row.map(|row| to_sales(&row, sales)))
}

/// Writes the confirmation. The inner error is of a letter that can never be written.
pub(crate) async fn write_confirmation(
    app: &App,
    conn: &mut Conn,
    letter: &WaitingLetter,
) -> Result<Option<anyhow::Result<Letter>>> {
    let Some(row) = contact::find(conn, &letter.subject).await? else { return Ok(None) };
    let account = format!("{}/partner/app/", app.settings.public_url);
    let support = support_of(&app.settings).await;
    Ok(Some(confirmation(&row, &account, support.as_deref())))
}

fn to_sales(row: &ContactRow, sales: &str) -> anyhow::Result<Letter> {
    let (reference, locale) = (&row.reference, row.locale);
    let (title, words) = match locale {
        Locale::En => {
            let labels = ["Name", "Email", "Phone number", "Company", "Received", "Signed in for", "Message"];
            (format!("Contact request {reference}"), labels)
        }
        Locale::Ru => {
            let labels =
                ["Контактное лицо", "Email", "Телефон", "Компания", "Получена", "Вход от партнера", "Сообщение"];
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
        Locale::En => format!("Somebody wants to become a partner, and was told: within {REPLY_HOURS} hours."),
        Locale::Ru => format!("Кто-то хочет стать партнером. Ему обещан ответ в течение {REPLY_HOURS} часов."),
    };
    let mut blocks = vec![Block::Text(lead), Block::Points(facts)];
    if let Some(text) = &row.message {
        blocks.extend([Block::Heading(message), Block::Lines(text.clone())]);
    }
    let command = format!("partner-server contact-requests answer {reference}");
    blocks.push(Block::Note(match locale {
        Locale::En => format!("Answered? Write it down: {command}"),
        Locale::Ru => format!("Ответили? Отметьте это: {command}"),
    }));
    let letter = Letter::new(sales.parse()?, title.clone(), &title, locale, &blocks);
    // An address that mail programs cannot take is in the text all the same.
    let sender = mailable(&row.email).parse().ok().map(|address| Mailbox::new(Some(row.name.clone()), address));
    Ok(letter.answered_to(sender))
}

fn confirmation(row: &ContactRow, account: &str, support: Option<&str>) -> anyhow::Result<Letter> {
    let to = Mailbox::new(None, mailable(&row.email).parse()?);
    let reference = &row.reference;
    let (subject, title, blocks) = match row.locale {
        Locale::En => (
            format!("Your request {reference}"),
            "We have received your request",
            vec![
                Block::Text("Hello!".into()),
                Block::Text("We have received your request to become a partner.".into()),
                Block::Text(format!("Number of the request: {reference}")),
                Block::Heading("What happens next"),
                Block::Points(vec![
                    format!("A manager will contact you within {REPLY_HOURS} hours."),
                    format!("Your personal account will be at {account}"),
                    format!(
                        "If nobody has contacted you within {REPLY_HOURS} hours, write to {} and name the number.",
                        support.unwrap_or("support")
                    ),
                ]),
                Block::Note("You sent no request? Then somebody mistyped an address. Do nothing.".into()),
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
                    format!("Менеджер свяжется с вами в течение {REPLY_HOURS} часов."),
                    format!("Ваш личный кабинет будет по адресу {account}"),
                    format!(
                        "Если в течение {REPLY_HOURS} часов с вами никто не связался, напишите в поддержку{} и \
                         назовите номер заявки.",
                        support.map_or(String::new(), |support| format!(" ({support})"))
                    ),
                ]),
                Block::Note("Не отправляли заявку? Значит, кто-то ошибся адресом. Ничего не делайте.".into()),
            ],
        ),
    };
    Ok(Letter::new(to, subject, title, row.locale, &blocks))
}

/// Support, where the account's `config.json` names it: an address or a link.
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
    fn the_confirmation_has_nothing_in_it_that_was_typed() {
        for locale in [Locale::En, Locale::Ru] {
            let row = row(locale);
            let account = "https://partner.example/partner/app/";
            let letter = confirmation(&row, account, Some("help@partner.example")).expect("an address");
            assert_eq!(letter.to.to_string(), "anna@xn--e1afmkfd.xn--p1ai");
            for text in [&letter.subject, &letter.text, &letter.html] {
                for typed in ["Анна", "anna", "7926", "Söhne", "Two"] {
                    assert!(!text.contains(typed), "{typed} in {text}");
                }
            }
            for said in ["C-48217395", "48", account, "help@partner.example"] {
                assert!(letter.text.contains(said) && letter.html.contains(said), "{said}");
            }
        }
    }

    #[test]
    fn sales_get_all_of_it_and_answer_the_sender() {
        let letter = to_sales(&row(Locale::En), "sales@partner.example").expect("an address");
        assert_eq!(letter.subject, "Contact request C-48217395");
        assert!(letter.text.contains("Name: <b>Анна</b>\n") && letter.text.contains("One\nTwo <script>"));
        assert!(letter.html.contains("&lt;b&gt;Анна&lt;/b&gt;") && !letter.html.contains("<script"));
        let sender = letter.reply_to.expect("an address that mail programs take");
        assert_eq!(sender.email.to_string(), "anna@xn--e1afmkfd.xn--p1ai");
    }
}
