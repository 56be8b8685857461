//! Checks CSV and XLSX files by reading them back and comparing every cell with the sheet.

use std::{io::Cursor, time::Instant as Stopwatch};

use calamine::{Data, Range, Reader, Xlsx};
use partner_api::{
    Amount, Day, Granularity, Instant, Period,
    ledger::{
        Account, Bucket, Direction, ExpenseOrder, Expenses, Movement, MovementKind, MovementsSummary, Service,
        ServiceExpenses, ServiceMovements, Sums,
    },
    money::Decimal,
};

use super::{
    Format,
    sheet::{Cell, Sheet},
    tables::{self, Head},
};
use crate::locale::Locale;

/// Unusual names, some of which a spreadsheet program could run as formulas, each with the expected cell in CSV and in
/// XLSX.
const HOSTILE: [(&str, &str, &str); 8] = [
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ("  @SUM(1+1)*cmd", "'  @SUM(1+1)*cmd", "  @SUM(1+1)*cmd"),
    ("\u{ff1d}HYPERLINK(\"http://a\")", "'\u{ff1d}HYPERLINK(\"http://a\")", "\u{ff1d}HYPERLINK(\"http://a\")"),
    ("ООО \"Ромашка\"; и \"сыновья\"", "ООО \"Ромашка\"; и \"сыновья\"", "ООО \"Ромашка\"; и \"сыновья\""),
    ("two\r\n=1+1\tlines", "two  =1+1 lines", "two  =1+1 lines"),
    ("a;=1+1,-2", "a;'=1+1,'-2", "a;=1+1,-2"),
    ("👩‍🚀\u{202e}gpj.exe\0", "👩‍🚀gpj.exe", "👩‍🚀gpj.exe"),
    ("</t><f>1+1</f>_x0041_&amp;", "</t><f>1+1</f>_x0041_&amp;", "</t><f>1+1</f>_x0041_&amp;"),
];

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn service(code: &str, name: &str) -> Service {
    Service { code: code.into(), name: name.into(), group: None }
}

fn services() -> Vec<Service> {
    vec![service("cloud_servers", "Cloud Servers"), service("cdn", "CDN"), service("dns", "DNS")]
}

fn november() -> Period {
    Period { from: day("2026-11-01"), to: day("2026-11-30") }
}

fn as_of() -> Instant {
    "2026-11-25T14:03:09+03:00".parse().unwrap()
}

fn head<'a>(locale: Locale, services: &'a [Service]) -> Head<'a> {
    let (email, name) = (Some("client@mail.ru"), Some("Ромашка"));
    Head { locale, pid: "mcs42", email, name, direction: None, service: None, services }
}

fn sums(debits: &str, deposits: &str, lines: u32, rounded: u32) -> Sums {
    Sums { debits: amount(debits), deposits: amount(deposits), lines, rounded }
}

fn summary() -> MovementsSummary {
    let bucket = |from: &str, to: &str, sums| Bucket { period: Period { from: day(from), to: day(to) }, sums };
    let all = sums("1240.51", "500", 4, 1);
    MovementsSummary {
        period: november(),
        granularity: Granularity::Week,
        currency: "RUB".into(),
        as_of: as_of(),
        opening: amount("-100.00"),
        closing: amount("-840.51"),
        all,
        shown: all,
        groups: vec![
            ServiceMovements {
                service: Some(service("cloud_servers", "Cloud Servers")),
                sums: sums("1240.51", "0", 3, 1),
                buckets: vec![
                    bucket("2026-11-01", "2026-11-01", sums("1240.50", "0", 2, 0)),
                    bucket("2026-11-02", "2026-11-08", sums("0.01", "0", 1, 1)),
                ],
            },
            ServiceMovements {
                service: None,
                sums: sums("0", "500", 1, 0),
                buckets: vec![bucket("2026-11-30", "2026-11-30", sums("0", "500", 1, 0))],
            },
        ],
    }
}

fn movement(at: &str, direction: Direction, counted: &str) -> Movement {
    Movement {
        id: "1".into(),
        at: at.parse().unwrap(),
        direction,
        kind: if direction == Direction::Debit { MovementKind::Usage } else { MovementKind::Payment },
        service: (direction == Direction::Debit).then(|| "cdn".into()),
        account: Account::Personal,
        description: None,
        amount: amount(counted),
        exact: None,
        balance: Some(amount("-840.51")),
    }
}

fn expenses() -> Expenses {
    let one = |service, total: &str, preceding: &str, buckets: [&str; 2]| ServiceExpenses {
        service,
        total: amount(total),
        preceding: amount(preceding),
        buckets: buckets.map(amount).to_vec(),
    };
    Expenses {
        period: Period { from: day("2026-11-01"), to: day("2026-11-02") },
        preceding: Period { from: day("2026-10-30"), to: day("2026-10-31") },
        granularity: Granularity::Day,
        currency: "RUB".into(),
        as_of: as_of(),
        total: amount("300"),
        preceding_total: amount("300.03"),
        buckets: vec![Period::of_day(day("2026-11-01")), Period::of_day(day("2026-11-02"))],
        services: vec![
            one(Some(service("cloud_servers", "Cloud Servers")), "200", "300.00", ["150", "50"]),
            one(Some(service("cdn", "CDN")), "100", "0", ["0", "100"]),
            one(Some(service("dns", "DNS")), "0", "0.03", ["0", "0"]),
        ],
    }
}

fn csv_rows(sheet: &Sheet) -> Vec<Vec<String>> {
    let bytes = Format::Csv.write(sheet).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends in CRLF");
    let delimiter = if sheet.locale == Locale::Ru { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    let rows = reader.from_reader(text.as_bytes()).into_records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn xlsx_cells(sheet: &Sheet) -> Range<Data> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(Format::Xlsx.write(sheet).unwrap())).unwrap();
    let formulas = workbook.worksheet_formula(sheet.title).unwrap();
    assert!(formulas.is_empty(), "no cell is a formula");
    workbook.worksheet_range(sheet.title).unwrap()
}

/// Returns the expected field of a CSV file, without using the code under test.
fn expected_text(cell: &Cell, locale: Locale) -> String {
    let local = |digits: String| if locale == Locale::Ru { digits.replace('.', ",") } else { digits };
    let date = |day: Day| match (locale, day.to_string().split('-').collect::<Vec<_>>().as_slice()) {
        (Locale::Ru, [year, month, day]) => format!("{day}.{month}.{year}"),
        (_, parts) => parts.join("-"),
    };
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Money(amount) => local(format!("{:.2}", amount.0)),
        Cell::Exact(amount) => local(amount.to_string()),
        Cell::Date(day) => date(*day),
        Cell::DateTime(at) => format!("{} {}", date(Day::of(at.0)), &at.to_string()[11..19]),
        Cell::Count(count) => count.to_string(),
        Cell::Percent(ratio) => local(format!("{:.1}%", ratio * Decimal::ONE_HUNDRED)),
    }
}

fn assert_same(found: &Data, cell: &Cell) {
    let is_equal = match (found, cell) {
        (Data::Empty, Cell::Empty) => true,
        (Data::String(found), Cell::Text(text)) => found == text,
        // Compare the shortest decimal form of the float, which must have exactly the digits of the amount.
        (Data::Float(found), Cell::Money(amount) | Cell::Exact(amount)) => found.to_string().parse() == Ok(amount.0),
        (Data::Float(found), Cell::Count(count)) => found.to_string() == count.to_string(),
        (Data::Float(found), Cell::Percent(ratio)) => found.to_string().parse() == Ok(*ratio),
        (Data::DateTime(found), Cell::Date(day)) => date_time_of(found) == format!("{day}T00:00:00+03:00"),
        (Data::DateTime(found), Cell::DateTime(at)) => date_time_of(found) == at.to_string(),
        _ => false,
    };
    assert!(is_equal, "{found:?} is not {cell:?}");
}

fn date_time_of(found: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = found.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+03:00")
}

/// Writes the sheet as CSV and as XLSX, reads both files back, and compares each cell with the sheet.
#[track_caller]
fn assert_written(sheet: &Sheet) {
    let cells = xlsx_cells(sheet);
    let rows = csv_rows(sheet);
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut expected = vec![vec![text(sheet.title)]];
    expected.extend(sheet.head.iter().map(|(label, values)| [vec![text(label)], values.clone()].concat()));
    expected.push(vec![Cell::Empty; 2]);
    expected.push(sheet.columns.iter().map(|column| text(&column.heading)).collect());
    expected.extend(sheet.rows.iter().map(|row| row.cells.clone()));
    expected.push(sheet.total.clone());
    assert_eq!(rows.len(), expected.len());
    for (row, (found, expected)) in rows.iter().zip(&expected).enumerate() {
        let texts: Vec<_> = expected.iter().map(|cell| expected_text(cell, sheet.locale)).collect();
        assert_eq!(*found, texts, "row {row} of the CSV");
        for (column, cell) in expected.iter().enumerate() {
            let position = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
            assert_same(cells.get_value(position).unwrap_or(&Data::Empty), cell);
        }
    }
    let table = expected.len() - sheet.rows.len() - 2;
    for (at, row) in expected[table..].iter().enumerate() {
        assert_eq!(row.len(), sheet.columns.len(), "row {at} of the table has a cell for every column");
    }
}

#[test]
fn every_cell_of_both_files_equals_the_cell_of_the_sheet() {
    let services = services();
    let lines = [
        movement("2026-10-31T21:00:00Z", Direction::Debit, "1240.50"),
        Movement {
            exact: Some(amount("0.004")),
            description: Some("egress".into()),
            ..movement("2026-11-08T23:59:59+03:00", Direction::Debit, "0.01")
        },
        movement("2026-11-30T20:59:59.999Z", Direction::Deposit, "500"),
    ];
    for locale in [Locale::En, Locale::Ru] {
        let head = head(locale, &services);
        assert_written(&tables::grouped(&head, &summary()));
        assert_written(&tables::statement(&head, &summary(), &lines));
        assert_written(&tables::expenses(&head, &expenses(), ExpenseOrder::default()));
    }
}

#[test]
fn a_file_of_movements_has_the_figures_of_the_page() {
    let services = services();
    let sheet = tables::grouped(&head(Locale::Ru, &services), &summary());
    let rows: Vec<_> = csv_rows(&sheet).into_iter().map(|row| row.join(";")).collect();
    let expected = [
        "Движения по сервисам",
        "Клиент;client@mail.ru;Ромашка;mcs42",
        "Период;01.11.2026;30.11.2026;Московское время, UTC+3",
        "Фильтры;Списания и поступления;Все сервисы;За неделю",
        "Баланс на начало;-100,00",
        "Списания;1240,51",
        "Поступления;500,00",
        "Баланс на конец;-840,51",
        "Валюта;RUB",
        "По состоянию на;25.11.2026 14:03:09",
        ";",
        "Сервис;Строка;С;По;Списания;Поступления;Движений;Округлено",
        "Cloud Servers;Итого по сервису;01.11.2026;30.11.2026;1240,51;0,00;3;1",
        "Cloud Servers;Неделя;01.11.2026;01.11.2026;1240,50;0,00;2;0",
        "Cloud Servers;Неделя;02.11.2026;08.11.2026;0,01;0,00;1;1",
        "Без сервиса;Итого по сервису;01.11.2026;30.11.2026;0,00;500,00;1;0",
        "Без сервиса;Неделя;30.11.2026;30.11.2026;0,00;500,00;1;0",
        "Итого;;01.11.2026;30.11.2026;1240,51;500,00;4;1",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn the_filters_are_in_the_head() {
    let services = services();
    let filters = |direction, service| {
        let head = Head { direction, service, ..head(Locale::En, &services) };
        csv_rows(&tables::grouped(&head, &summary()))[3].join(" | ")
    };
    assert_eq!(filters(None, None), "Filters | Debits and deposits | All services | By week");
    assert_eq!(filters(Some(Direction::Debit), Some("cdn")), "Filters | Debits | CDN | By week");
    assert_eq!(filters(Some(Direction::Deposit), Some("none")), "Filters | Deposits | Without a service | By week");
}

#[test]
fn expenses_are_in_the_order_of_the_page_and_mark_new_and_vanished_services() {
    let services = services();
    let table = |order: &str| {
        let order = ExpenseOrder::parse(order).unwrap();
        let rows = csv_rows(&tables::expenses(&head(Locale::En, &services), &expenses(), order));
        rows[8..].iter().map(|row| row.join("|")).collect::<Vec<_>>()
    };
    let servers = "Cloud Servers|200.00|66.7%|300.00|-100.00|-33.3%||150.00|50.00";
    let cdn = "CDN|100.00|33.3%|0.00|100.00|–|New|0.00|100.00";
    let dns = "DNS|0.00|0.0%|0.03|-0.03|-100.0%|No longer used|0.00|0.00";
    let header = "Service|Sum|Share|Preceding period|Change|Change, %|Note|2026-11-01|2026-11-02";
    let total = "Total|300.00|100.0%|300.03|-0.03|0.0%||150.00|150.00";
    assert_eq!(table("-sum"), [header, servers, cdn, dns, total]);
    assert_eq!(table("service"), [header, cdn, servers, dns, total]);
    assert_eq!(table("percent"), [header, dns, servers, cdn, total]);
}

#[test]
fn a_report_without_movements_is_a_file() {
    let services = Vec::new();
    let nothing = MovementsSummary { groups: Vec::new(), shown: Sums::default(), all: Sums::default(), ..summary() };
    let head = head(Locale::Ru, &services);
    assert_written(&tables::grouped(&head, &nothing));
    assert_written(&tables::statement(&head, &nothing, &[]));
    let none = Expenses { services: Vec::new(), total: amount("0"), preceding_total: amount("0"), ..expenses() };
    assert_written(&tables::expenses(&head, &none, ExpenseOrder::default()));
}

#[test]
fn hostile_texts_are_harmless_in_every_cell() {
    for (hostile, in_csv, in_xlsx) in HOSTILE {
        let services = vec![service("cdn", hostile)];
        let mut grouped = summary();
        grouped.groups[0].service = Some(service("cdn", hostile));
        let line =
            Movement { description: Some(hostile.into()), ..movement("2026-11-08T12:00:00Z", Direction::Debit, "1") };
        for locale in [Locale::En, Locale::Ru] {
            let head = Head { name: Some(hostile), service: Some("cdn"), ..head(locale, &services) };
            let mut all = expenses();
            all.services[0].service = Some(service("cdn", hostile));
            for (sheet, times) in [
                (tables::grouped(&head, &grouped), 5),
                (tables::statement(&head, &grouped, std::slice::from_ref(&line)), 4),
                (tables::expenses(&head, &all, ExpenseOrder::default()), 3),
            ] {
                let fields: Vec<_> = csv_rows(&sheet).concat();
                assert_eq!(fields.iter().filter(|field| *field == in_csv).count(), times, "{hostile:?}: {fields:?}");
                let cells = xlsx_cells(&sheet);
                let found = cells.used_cells().filter(|(_, _, cell)| **cell == Data::String(in_xlsx.into())).count();
                assert_eq!(found, times, "{hostile:?}");
            }
        }
    }
}

#[test]
fn a_file_split_at_the_wrong_delimiter_has_no_formulas_either() {
    let services = services();
    for (locale, wrong) in [(Locale::En, ';'), (Locale::Ru, ',')] {
        for (hostile, ..) in HOSTILE {
            let head = Head { name: Some(hostile), ..head(locale, &services) };
            let bytes = Format::Csv.write(&tables::grouped(&head, &summary())).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            let client = text.lines().nth(1).unwrap();
            for piece in client.split(wrong) {
                let piece = piece.trim_start_matches([' ', '"']);
                assert!(!piece.starts_with(['=', '+', '-', '@']), "{client}");
            }
        }
    }
}

#[test]
fn the_same_sheet_always_gives_the_same_file() {
    let services = services();
    let sheet = tables::grouped(&head(Locale::Ru, &services), &summary());
    assert_eq!(Format::Xlsx.write(&sheet).unwrap(), Format::Xlsx.write(&sheet).unwrap());
}

#[test]
fn ten_thousand_lines_are_written_within_a_second() {
    let services = services();
    let lines: Vec<_> = (0..10_000)
        .map(|n| Movement {
            description: Some(format!("Resource {n}")),
            exact: Some(Amount(Decimal::new(n, 6))),
            amount: Amount(Decimal::new(n, 2)),
            ..movement("2026-11-08T12:00:00Z", Direction::Debit, "1")
        })
        .collect();
    let sheet = tables::statement(&head(Locale::Ru, &services), &summary(), &lines);
    for format in [Format::Csv, Format::Xlsx] {
        let watch = Stopwatch::now();
        let bytes = format.write(&sheet).unwrap();
        let millis = watch.elapsed().as_millis();
        // Allow about ten times the usual duration, because test machines can be slow.
        assert!(millis < 1000, "{format:?}: {millis} ms for {} bytes", bytes.len());
    }
}
