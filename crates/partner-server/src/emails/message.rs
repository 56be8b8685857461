//! An email as a list of blocks. The blocks are rendered both as plain text and as HTML.
//!
//! The HTML uses tables and inline styles but no scripts and no external resources, because mail programs support
//! little more. All texts in the HTML are escaped.

use std::fmt::Write;

use lettre::message::Mailbox;

use crate::locale::Locale;

/// An email without the sender, which is the same for all emails.
pub(crate) struct Message {
    pub(crate) to: Mailbox,
    /// Mailbox that receives replies. If `None`, the sender of the email receives them.
    pub(crate) reply_to: Option<Mailbox>,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

pub(crate) enum Block {
    Text(String),
    /// A text that a user typed. Line breaks are kept.
    Lines(String),
    Heading(&'static str),
    Points(Vec<String>),
    /// Button with the main action of the email.
    Button {
        label: &'static str,
        href: String,
    },
    /// A text that the HTML shows in small print.
    Note(String),
    /// The URL of the button, for copying. The plain text omits this block, because it already shows the URL at the
    /// button.
    Link(String),
}

impl Message {
    pub(crate) fn new(to: Mailbox, subject: String, title: &str, locale: Locale, blocks: &[Block]) -> Self {
        Self { to, reply_to: None, subject: one_line(&subject), text: text(blocks), html: html(title, locale, blocks) }
    }

    pub(crate) fn with_reply_to(self, reply_to: Option<Mailbox>) -> Self {
        Self { reply_to, ..self }
    }
}

/// Replaces line breaks and other control characters by spaces, because a line break would start another email header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn text(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let part = match block {
            Block::Text(text) | Block::Lines(text) | Block::Note(text) => text.clone(),
            Block::Heading(heading) => (*heading).to_owned(),
            Block::Points(points) => points.iter().map(|point| format!("- {point}")).collect::<Vec<_>>().join("\n"),
            Block::Button { label, href } => format!("{label}:\n{href}"),
            Block::Link(_) => continue,
        };
        let is_list = matches!(block, Block::Points(_));
        if !out.is_empty() {
            out.push_str(if is_list { "\n" } else { "\n\n" });
        }
        out.push_str(&part);
    }
    out.push('\n');
    out
}

/// Styles with dark colours, which apply in mail programs that support the media query.
const STYLE: &str = "@media (prefers-color-scheme:dark){.page{background:#0d1014!important}\
     .card{background:#1d2129!important;border-color:#2a303b!important}.text{color:#e8ebf0!important}\
     .note{color:#a0a9b8!important}.head{background:#7aa8ff!important;color:#0c1424!important}\
     .button{background:#7aa8ff!important;color:#0c1424!important}.link{color:#8cb4ff!important}}";
const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

const TEXT: &str = "margin:0 0 16px;font-size:16px;line-height:24px;color:#151a23";
const LIST: &str = "margin:0 0 24px;padding:0 0 0 20px;font-size:16px;line-height:24px;color:#151a23";
const POINT: &str = "margin:0 0 8px";
const NOTE: &str = "margin:0 0 12px;font-size:14px;line-height:20px;color:#586174";
const BUTTON: &str = "display:inline-block;padding:14px 28px;border-radius:8px;background:#2260e0;color:#ffffff;\
     font-size:16px;line-height:20px;font-weight:600;text-decoration:none";

fn html(title: &str, locale: Locale, blocks: &[Block]) -> String {
    let mut body = String::new();
    for block in blocks {
        // Ignore the result, because writing to a string cannot fail.
        let _ = match block {
            Block::Text(text) => write!(body, "<p class=\"text\" style=\"{TEXT}\">{}</p>", escape(text)),
            Block::Lines(text) => {
                write!(body, "<p class=\"text\" style=\"{TEXT};white-space:pre-wrap\">{}</p>", escape(text))
            }
            Block::Heading(heading) => {
                write!(body, "<p class=\"text\" style=\"{TEXT};font-weight:600\">{}</p>", escape(heading))
            }
            Block::Points(points) => {
                let points: String =
                    points.iter().map(|point| format!("<li style=\"{POINT}\">{}</li>", escape(point))).collect();
                write!(body, "<ul class=\"text\" style=\"{LIST}\">{points}</ul>")
            }
            Block::Button { label, href } => write!(
                body,
                "<p style=\"margin:0 0 24px\"><a class=\"button\" href=\"{}\" style=\"{BUTTON}\">{}</a></p>",
                escape(href),
                escape(label)
            ),
            Block::Note(text) => write!(body, "<p class=\"note\" style=\"{NOTE}\">{}</p>", escape(text)),
            Block::Link(href) => write!(
                body,
                "<p style=\"{NOTE};word-break:break-all\"><a class=\"link\" href=\"{0}\" style=\"color:#1d55cf\">{0}</a></p>",
                escape(href)
            ),
        };
    }
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"supported-color-schemes\" content=\"light dark\"><title>{title}</title><style>{STYLE}</style></head>\
         <body class=\"page\" style=\"margin:0;padding:0;background:#f6f7f9;{FONT}\">\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>\
         <td align=\"center\" style=\"padding:24px 12px\">\
         <table role=\"presentation\" class=\"card\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"max-width:560px;background:#ffffff;border:1px solid #e3e7ed;border-radius:12px;border-collapse:separate;\
         text-align:left;overflow:hidden;overflow-wrap:anywhere\">\
         <tr><td class=\"head\" style=\"padding:28px 32px;background:#2260e0;color:#ffffff;{FONT};font-size:22px;\
         line-height:30px;font-weight:600\">{title}</td></tr>\
         <tr><td style=\"padding:28px 32px 16px;{FONT}\">{body}</td></tr></table></td></tr></table></body></html>\n",
        lang = locale.code(),
        title = escape(title),
    )
}

/// Escapes text for element content and for attributes. Removes control characters except line breaks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(typed: &str) -> Message {
        let blocks = [
            Block::Text(typed.into()),
            Block::Points(vec![typed.into(), "b".into()]),
            Block::Button { label: "Go", href: "https://partner.example/#token=a&b".into() },
            Block::Link("https://partner.example/#token=a&b".into()),
        ];
        let to = "a@client.example".parse().expect("an address");
        Message::new(to, format!("From {typed}"), typed, Locale::En, &blocks)
    }

    #[test]
    fn text_and_html_have_the_same_content_and_html_is_escaped() {
        let message = message("<img src=x onerror=\"alert(1)\"> & co");
        assert_eq!(
            message.text,
            "<img src=x onerror=\"alert(1)\"> & co\n- <img src=x onerror=\"alert(1)\"> & co\n- b\n\nGo:\n\
             https://partner.example/#token=a&b\n"
        );
        assert_eq!(message.html.matches("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; co").count(), 4);
        assert!(
            !message.html.contains("<img") && message.html.contains("href=\"https://partner.example/#token=a&amp;b\"")
        );
    }

    #[test]
    fn the_html_loads_nothing() {
        let html = message("plain").html;
        assert!(!["src=", "url(", "@import", "<link", "<script"].iter().any(|loads| html.contains(loads)), "{html}");
    }

    #[test]
    fn a_subject_has_no_line_breaks() {
        assert_eq!(message("a\r\nBcc: evil@evil.example").subject, "From a  Bcc: evil@evil.example");
    }
}
