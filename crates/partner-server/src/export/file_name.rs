//! File names of downloads, and the header `Content-Disposition` that contains the name.

use axum::http::HeaderValue;
use partner_api::Period;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Format;

/// Maximum length of the client's email or PID in the file name, in bytes. File systems allow 255 bytes for the whole
/// name.
const MAX_CLIENT: usize = 150;
/// Characters that are percent-encoded in `filename*`: all that RFC 5987 does not allow in an `attr-char` and, for
/// simplicity, a few more.
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns a file name such as `client@mail.ru_2026-11-01_2026-11-30.xlsx`. `suffix` is inserted before the extension.
pub(crate) fn file_name(client: &str, period: Period, suffix: &str, format: Format) -> String {
    let mut safe = String::new();
    for c in client.trim().chars().filter(|c| !is_invisible(*c)) {
        // Replace white space, and characters that have a meaning in paths, shells or legacy file systems.
        let c = if "/\\:*?\"<>|'`$%;".contains(c) || c.is_whitespace() { '_' } else { c };
        if safe.len() + c.len_utf8() > MAX_CLIENT {
            break;
        }
        // Replace these characters at the start: a dot hides the file, commands take a dash for an option, shells
        // expand a tilde, and spreadsheets take `=` and `+` for a formula.
        safe.push(if safe.is_empty() && "=+-.~".contains(c) { '_' } else { c });
    }
    format!("{safe}_{}_{}{suffix}.{}", period.from, period.to, format.code())
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Returns the value of `Content-Disposition` (RFC 6266). The value contains the full name as RFC 5987 requires, and
/// the name in ASCII for old browsers.
pub(crate) fn disposition(name: &str) -> HeaderValue {
    let ascii = |c: char| if (' '..='~').contains(&c) && !"\"\\%".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(ascii).collect();
    let extended = utf8_percent_encode(name, EXTENDED);
    let header = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{extended}");
    HeaderValue::from_str(&header).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(client: &str) -> String {
        let november = Period { from: "2026-11-01".parse().unwrap(), to: "2026-11-30".parse().unwrap() };
        file_name(client, november, "", Format::Xlsx)
    }

    #[test]
    fn a_name_has_client_and_period() {
        assert_eq!(name("client@mail.ru"), "client@mail.ru_2026-11-01_2026-11-30.xlsx");
        let day = Period::of_day("2026-11-25".parse().unwrap());
        assert_eq!(file_name("a@b.ru", day, "_expenses", Format::Csv), "a@b.ru_2026-11-25_2026-11-25_expenses.csv");
    }

    #[test]
    fn a_name_has_no_path_hidden_file_or_shell_characters() {
        for (client, start) in [
            ("../../etc/passwd", "_._.._etc_passwd_2026"),
            ("C:\\con\".exe", "C__con_.exe_2026"),
            ("\u{202e}gpj.exe\r\nSet-Cookie: a=b", "gpj.exeSet-Cookie__a=b_2026"),
            ("=cmd|' /C calc'!A0", "_cmd____C_calc_!A0_2026"),
            ("-rf ~", "_rf_~_2026"),
            ("", "_2026"),
        ] {
            let name = name(client);
            assert!(name.starts_with(start), "{client:?}: {name}");
            assert!(!name.contains(['/', '\\', '"', '\r', '\n']), "{name}");
        }
        assert!(name(&"я".repeat(254)).len() < 255);
    }

    #[test]
    fn the_header_has_the_name_in_both_forms() {
        let header = disposition("яна@пример.испытание_\"1\";2.csv");
        let header = header.to_str().unwrap();
        assert_eq!(
            header,
            "attachment; filename=\"___@______.___________1_;2.csv\"; filename*=UTF-8''\
             %D1%8F%D0%BD%D0%B0%40%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D0%B8%D1%81%D0%BF%D1%8B%D1%82%D0%B0%D0%BD%D0%B8%D0%B5\
             _%221%22%3B2.csv"
        );
    }
}
