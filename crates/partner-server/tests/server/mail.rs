//! Sending emails by SMTP. The tests run a mail server that stores messages and can refuse recipients.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use mail_parser::{MessageParser, MimeHeaders};
use partner_api::{
    CreateInvitation,
    endpoint::Empty,
    invitation::{Delivery, NewInvitation},
};
use reqwest::StatusCode;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::support::{Caller, Server, spawn_app_with, token_of};

/// The recipient and the raw message of each received email.
type Received = Arc<Mutex<Vec<(String, String)>>>;

/// A mail server that stores all messages instead of delivering them.
struct Sink {
    port: u16,
    received: Received,
    /// SMTP replies for the next recipients, one for each. Each reply refuses its recipient.
    refusals: Arc<Mutex<VecDeque<&'static str>>>,
}

impl Sink {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = Self { port, received: Arc::default(), refusals: Arc::default() };
        let (received, refusals) = (Arc::clone(&sink.received), Arc::clone(&sink.refusals));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = converse(stream, &received, &refusals).await;
            }
        });
        sink
    }

    async fn server(&self) -> Server {
        let url = format!("smtp://127.0.0.1:{}", self.port).parse().unwrap();
        spawn_app_with(|settings| {
            settings.smtp_url = Some(url);
            settings.mail_from = "Partner account <no-reply@cloud.example>".into();
        })
        .await
    }

    fn refuse(&self, reply: &'static str) {
        self.refusals.lock().unwrap().push_back(reply);
    }

    fn received(&self) -> Vec<(String, String)> {
        self.received.lock().unwrap().clone()
    }
}

async fn converse(
    stream: TcpStream,
    received: &Received,
    refusals: &Mutex<VecDeque<&'static str>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let (mut recipient, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let reply = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => "250 sink",
            "RCPT" => {
                recipient = line.trim().to_owned();
                refusals.lock().unwrap().pop_front().unwrap_or("250 ok")
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut message = String::new();
                while !message.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut message).await? == 0 {
                        return Ok(());
                    }
                }
                received.lock().unwrap().push((recipient.clone(), message));
                "250 kept"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}

async fn invite(caller: &Caller, new: &NewInvitation) {
    let reply = caller.call::<CreateInvitation>(&caller.partner(), &Empty {}, new).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
}

fn invited(email: &str) -> NewInvitation {
    NewInvitation { email: email.into(), ..NewInvitation::default() }
}

#[tokio::test]
async fn an_email_has_a_text_and_an_html_part() {
    let sink = Sink::start().await;
    let server = sink.server().await;
    let demo = server.demo().await;
    let name = Some("<b>Иван</b>, \"Петров\"".to_owned());
    invite(&demo, &NewInvitation { name, ..invited("ivan@пример.рф") }).await;
    server.app.deliver_emails().await.unwrap();

    let received = sink.received();
    let [(recipient, raw)] = &received[..] else { panic!("{received:?}") };
    assert_eq!(recipient, "RCPT TO:<ivan@xn--e1afmkfd.xn--p1ai>");
    let email = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(email.from().unwrap().first().unwrap().address(), Some("no-reply@cloud.example"));
    assert_eq!(email.subject(), Some("Северный ветер invites you to the cloud"));
    let to = email.to().unwrap().first().unwrap();
    assert_eq!(to.name(), Some("<b>Иван</b>, \"Петров\""));
    assert_eq!(email.content_type().unwrap().subtype(), Some("alternative"));
    let (text, html) = (email.body_text(0).unwrap(), email.body_html(0).unwrap());
    let link = format!("{}/partner/app/en/invitation#token={}", server.url(""), token_of(&text));
    assert!(text.contains("Hello, <b>Иван</b>") && text.contains("28 September 2026, 17:13 (Moscow time)"), "{text}");
    assert!(html.contains("Hello, &lt;b&gt;Иван&lt;/b&gt;") && !html.contains("<b>"), "{html}");
    assert_eq!(html.matches(&format!("href=\"{link}\"")).count(), 2, "the button, and the address to copy");
    assert!(
        text.contains("demo@partner.example invites you") && text.contains("pay for the cloud through the partner")
    );
    assert!(!server.data().join("emails").exists(), "no file is left behind");
}

#[tokio::test]
async fn an_email_is_retried_after_a_temporary_error_and_the_latest_link_works() {
    let sink = Sink::start().await;
    let server = sink.server().await;
    let demo = server.demo().await;
    sink.refuse("451 try later");
    sink.refuse("452 try later");
    invite(&demo, &invited("new@client.example")).await;
    for wait in [0, 10, 20] {
        assert!(sink.received().is_empty());
        let invitation = demo.invitation_of("new@client.example").await.unwrap();
        assert_eq!((invitation.sent_at, invitation.delivery), (None, Some(Delivery::Waiting)));
        server.clock.forward_secs(wait);
        server.app.deliver_emails().await.unwrap();
    }
    assert_eq!(sink.received().len(), 1);
    assert!(demo.invitation_of("new@client.example").await.unwrap().sent_at.is_some());
    server.clock.forward_secs(3600);
    server.app.deliver_emails().await.unwrap();
    assert_eq!(sink.received().len(), 1, "the email was sent once");
}

#[tokio::test]
async fn a_refused_address_is_not_retried_and_an_email_fails_after_two_days() {
    let sink = Sink::start().await;
    let server = sink.server().await;
    let demo = server.demo().await;
    sink.refuse("550 no such mailbox");
    invite(&demo, &invited("nobody@client.example")).await;
    server.app.deliver_emails().await.unwrap();
    sink.refuse("451 try later");
    sink.refuse("451 try later");
    invite(&demo, &invited("slow@client.example")).await;
    server.app.deliver_emails().await.unwrap();
    server.clock.forward_secs(2 * 24 * 60 * 60);
    server.app.deliver_emails().await.unwrap();
    server.clock.forward_secs(2 * 24 * 60 * 60);
    server.app.deliver_emails().await.unwrap();
    assert!(sink.received().is_empty());
    let delivery = async |email| server.demo().await.invitation_of(email).await.unwrap().delivery;
    assert_eq!(delivery("nobody@client.example").await, Some(Delivery::Failed));
    assert_eq!(delivery("slow@client.example").await, Some(Delivery::Failed));
    assert_eq!(delivery("invited@client.example").await, None, "the invitation has no email");
}

#[tokio::test]
async fn the_email_of_a_revoked_invitation_is_not_sent() {
    let sink = Sink::start().await;
    let server = sink.server().await;
    let demo = server.demo().await;
    sink.refuse("451 try later");
    invite(&demo, &invited("new@client.example")).await;
    server.app.deliver_emails().await.unwrap();
    let invitation = demo.invitation_of("new@client.example").await.unwrap();
    demo.call::<partner_api::RevokeInvitation>(&demo.invitation(&invitation.iid), &Empty {}, &Empty {}).await;
    server.clock.forward_secs(60);
    server.app.deliver_emails().await.unwrap();
    assert!(sink.received().is_empty());
}

#[tokio::test]
async fn the_password_of_the_mail_server_is_not_printed() {
    let url: partner_server::SmtpUrl = "smtps://user:s3cret@mail.example:465".parse().unwrap();
    assert!(!format!("{url:?}").contains("s3cret"));
    assert!("mail.example".parse::<partner_server::SmtpUrl>().is_err());
}
