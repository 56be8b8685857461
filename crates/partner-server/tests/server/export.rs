//! Exported files contain exactly the figures that the other calls return.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Range, Reader, Xlsx};
use partner_api::{
    Amount, ExportExpenses, ExportMovements, GetExpenses, ListMovements, SummarizeMovements,
    endpoint::{ClientPath, Empty, Endpoint},
    ledger::{Direction, Expenses, LedgerQuery, Movement, MovementsPage, MovementsSummary},
    problem::code::INVALID,
};
use reqwest::{StatusCode, header::HeaderMap};

use crate::support::{Caller, Reply, spawn_app, spawn_app_with_ledgers};

/// A client with few movements, so that tests can check exact figures.
const ALPHA: &str = "mcs4410000001";
/// A client with 10,000 movements in August.
const CHARLIE: &str = "mcs4410000003";
/// A client whose movements have descriptions that a spreadsheet would run as formulas.
const KILO: &str = "mcs4410000016";

fn query(pairs: &[(&str, &str)]) -> LedgerQuery {
    let fields: BTreeMap<_, _> = pairs.iter().copied().collect();
    serde_json::from_value(serde_json::to_value(fields).unwrap()).unwrap()
}

struct Download {
    headers: HeaderMap,
    bytes: Vec<u8>,
}

async fn download<E>(caller: &Caller, client: &str, query: LedgerQuery) -> Download
where
    E: Endpoint<Path = ClientPath, Query = LedgerQuery>,
{
    let url = E::url(&caller.client(client), &query);
    let response = caller.request(E::METHOD, &url).send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.unwrap().to_vec();
    assert_eq!(status, StatusCode::OK, "{url}: {}", String::from_utf8_lossy(&bytes));
    Download { headers, bytes }
}

impl Download {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// Parses an English CSV file into rows.
    fn csv(&self) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true);
        let rows = reader.from_reader(self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap()).into_records();
        rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn xlsx(&self) -> Range<Data> {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes.clone())).unwrap();
        workbook.worksheet_range_at(0).unwrap().unwrap()
    }
}

/// Returns the amount that belongs to a label. The rows with labels are above the table of the file.
fn value(rows: &[Vec<String>], label: &str) -> Amount {
    let row = rows.iter().find(|row| row[0] == label).unwrap_or_else(|| panic!("{label}: {rows:?}"));
    row[1].parse().unwrap()
}

/// Returns the rows of the table in the file. An empty row and a row of headings precede them.
fn table(rows: &[Vec<String>]) -> &[Vec<String>] {
    let gap = rows.iter().position(|row| row.concat().is_empty()).unwrap();
    &rows[gap + 2..]
}

fn amount(cell: &Data) -> Amount {
    let Data::Float(number) = cell else { panic!("{cell:?} is not a number") };
    number.to_string().parse().unwrap()
}

async fn movements(caller: &Caller, client: &str, query: &LedgerQuery) -> Vec<Movement> {
    let reply = caller.call::<ListMovements>(&caller.client(client), query, &Empty {}).await;
    let page: MovementsPage = reply.decode();
    assert_eq!(page.marker, None, "all movements fit on one page");
    page.data
}

#[tokio::test]
async fn movements_by_service_equal_the_summary() {
    let server = spawn_app_with_ledgers(1).await;
    let demo = server.demo().await;
    for filter in [
        query(&[]),
        query(&[("direction", "debit"), ("granularity", "week")]),
        query(&[("service", "cloud_servers")]),
        query(&[("service", "none"), ("from", "2026-08-01")]),
    ] {
        let summary: MovementsSummary =
            demo.call::<SummarizeMovements>(&demo.client(ALPHA), &filter, &Empty {}).await.decode();
        assert!(summary.shown.lines > 0, "{filter:?}");
        let file =
            download::<ExportMovements>(&demo, ALPHA, LedgerQuery { format: Some("csv".into()), ..filter }).await;
        let rows = file.csv();
        let head = ["Opening balance", "Debits", "Deposits", "Closing balance"].map(|label| value(&rows, label));
        assert_eq!(head, [summary.opening, summary.all.debits, summary.all.deposits, summary.closing]);
        assert_eq!(head[0].0 - head[1].0 + head[2].0, head[3].0, "the balances add up");

        let (total, rows) = table(&rows).split_last().unwrap();
        let figures = |row: &[String]| (row[4].parse().unwrap(), row[5].parse().unwrap(), row[6].clone());
        let mut expected = Vec::new();
        for group in &summary.groups {
            let name = group.service.as_ref().map_or("Without a service", |service| &service.name);
            let all = [(summary.period, group.sums)].into_iter();
            let parts = all.chain(group.buckets.iter().map(|bucket| (bucket.period, bucket.sums)));
            expected.extend(parts.map(|(period, sums)| {
                let dates = [period.from.to_string(), period.to.to_string()];
                (name.to_owned(), dates, (sums.debits, sums.deposits, sums.lines.to_string()))
            }));
        }
        let found: Vec<(_, _, (Amount, Amount, _))> =
            rows.iter().map(|row| (row[0].clone(), [row[2].clone(), row[3].clone()], figures(row))).collect();
        assert_eq!(found, expected);
        assert_eq!(figures(total), (summary.shown.debits, summary.shown.deposits, summary.shown.lines.to_string()));
    }
}

#[tokio::test]
async fn a_statement_equals_the_list_of_movements() {
    let server = spawn_app_with_ledgers(1).await;
    let demo = server.demo().await;
    let filter = query(&[("from", "2026-08-01"), ("to", "2026-09-21")]);
    let lines = movements(&demo, ALPHA, &filter).await;
    let query_of_file = LedgerQuery { format: Some("xlsx".into()), view: Some("statement".into()), ..filter };
    let cells = download::<ExportMovements>(&demo, ALPHA, query_of_file).await.xlsx();
    let rows: Vec<_> = cells.rows().skip_while(|row| row[0] != Data::String("Date and time".into())).skip(1).collect();
    let (total, rows) = rows.split_last().unwrap();
    assert_eq!(rows.len(), lines.len());
    let mut sums = [Amount::default(); 2];
    for (row, line) in rows.iter().zip(&lines) {
        let Data::DateTime(at) = &row[0] else { panic!("{:?} is not a date", row[0]) };
        let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
        let at = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+03:00");
        assert_eq!(at, line.at.to_string());
        let is_debit = line.direction == Direction::Debit;
        let (filled, empty) = if is_debit { (&row[5], &row[6]) } else { (&row[6], &row[5]) };
        assert_eq!((amount(filled), empty), (line.amount, &Data::Empty));
        assert_eq!(line.exact, if row[7] == Data::Empty { None } else { Some(amount(&row[7])) });
        assert_eq!(amount(&row[8]), line.balance.unwrap());
        let sum = &mut sums[usize::from(!is_debit)];
        *sum = *sum + line.amount;
    }
    assert_eq!([&total[5], &total[6]].map(amount), sums);
}

#[tokio::test]
async fn expenses_equal_the_report_in_the_requested_order() {
    let server = spawn_app_with_ledgers(1).await;
    let demo = server.demo().await;
    let expenses: Expenses =
        demo.call::<GetExpenses>(&demo.client(ALPHA), &LedgerQuery::default(), &Empty {}).await.decode();
    for (sort, first, last) in [("-sum", "Cloud Servers", "Backup"), ("service", "Backup", "DNS")] {
        let query_of_file = query(&[("format", "csv"), ("sort", sort)]);
        let rows = download::<ExportExpenses>(&demo, ALPHA, query_of_file).await.csv();
        let (total, rows) = table(&rows).split_last().unwrap();
        assert_eq!((&*rows[0][0], &*rows.last().unwrap()[0]), (first, last));
        assert_eq!(rows.len(), expenses.services.len());
        for row in rows {
            let of = expenses.services.iter().find(|it| it.service.as_ref().unwrap().name == row[0]).unwrap();
            let found = [&row[1], &row[3], &row[4]].map(|text| text.parse::<Amount>().unwrap());
            assert_eq!(found, [of.total, of.preceding, of.change()], "{row:?}");
            assert_eq!(row[7..].iter().map(|text| text.parse().unwrap()).collect::<Vec<Amount>>(), of.buckets);
            let note = ["", "New", "No longer used"][usize::from(of.is_new()) + 2 * usize::from(of.is_vanished())];
            assert_eq!(row[6], note);
        }
        assert_eq!(total[1..=2], ["310.02", "100.0%"]);
        assert_eq!(total[3..=5], ["180.01", "130.01", "72.2%"]);
    }
}

#[tokio::test]
async fn a_file_has_a_name_and_is_not_cached() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let query_of_file =
        |format, view| query(&[("format", format), ("view", view), ("from", "2026-09-01"), ("locale", "ru")]);
    let name = "alpha@client.example_2026-09-01_2026-09-21";
    let grouped = download::<ExportMovements>(&demo, ALPHA, query_of_file("xlsx", "grouped")).await;
    assert_eq!(
        grouped.header("content-disposition"),
        format!(
            "attachment; filename=\"{name}.xlsx\"; \
             filename*=UTF-8''alpha%40client.example_2026-09-01_2026-09-21.xlsx"
        )
    );
    assert_eq!(grouped.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_eq!((grouped.header("cache-control"), grouped.header("x-content-type-options")), ("no-store", "nosniff"));
    let statement = download::<ExportMovements>(&demo, ALPHA, query_of_file("csv", "statement")).await;
    assert!(statement.header("content-disposition").contains(&format!("\"{name}_statement.csv\"")));
    assert_eq!(statement.header("content-type"), "text/csv; charset=utf-8");
    let expenses = download::<ExportExpenses>(&demo, ALPHA, query_of_file("csv", "grouped")).await;
    assert!(expenses.header("content-disposition").contains(&format!("\"{name}_expenses.csv\"")));
    let text = String::from_utf8(expenses.bytes).unwrap();
    assert!(text.starts_with("\u{feff}Расходы на сервисы\r\nКлиент;alpha@client.example;"), "{text}");
}

#[tokio::test]
async fn invalid_parameters_are_reported_field_by_field() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let problems = |reply: &Reply| {
        assert_eq!((reply.status, reply.code()), (StatusCode::UNPROCESSABLE_ENTITY, INVALID.to_owned()));
        let errors = reply.json()["errors"].as_array().unwrap().clone();
        errors.iter().map(|it| format!("{} {}", it["pointer"], it["code"]).replace('"', "")).collect::<Vec<_>>()
    };
    let bad = query(&[
        ("format", "pdf"),
        ("locale", "de"),
        ("view", "flat"),
        ("sort", "--sum"),
        ("from", "2026-13-01"),
        ("service", "pizza"),
    ]);
    let of_both = ["/from malformed", "/service unknown_service", "/format malformed", "/locale malformed"];
    let reply = demo.call::<ExportMovements>(&demo.client(ALPHA), &bad, &Empty {}).await;
    assert_eq!(problems(&reply), [&of_both[..], &["/view malformed"]].concat());
    let reply = demo.call::<ExportExpenses>(&demo.client(ALPHA), &bad, &Empty {}).await;
    assert_eq!(problems(&reply), [&of_both[..], &["/sort malformed"]].concat());
    let reply = demo.call::<ExportMovements>(&demo.client(ALPHA), &LedgerQuery::default(), &Empty {}).await;
    assert_eq!(problems(&reply), ["/format required"]);
    // A period of two years has too many days for a summary by day. The limit does not apply to statements, because a
    // statement lists single movements.
    let long = |view| query(&[("format", "csv"), ("view", view), ("from", "2024-09-01"), ("granularity", "day")]);
    let reply = demo.call::<ExportMovements>(&demo.client(ALPHA), &long("grouped"), &Empty {}).await;
    assert_eq!(problems(&reply), ["/granularity too_fine"]);
    download::<ExportMovements>(&demo, ALPHA, long("statement")).await;
    // The reply for a client of another partner is 404, even if other parameters are invalid.
    let foreign = server.other().await.clients().await.remove(0);
    let reply = demo.call::<ExportMovements>(&demo.client(&foreign.pid), &bad, &Empty {}).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_month_of_ten_thousand_movements_can_be_exported() {
    let server = spawn_app_with_ledgers(2).await;
    let demo = server.demo().await;
    let august = query(&[("from", "2026-08-01"), ("to", "2026-08-31"), ("view", "statement")]);
    let summary: MovementsSummary =
        demo.call::<SummarizeMovements>(&demo.client(CHARLIE), &august, &Empty {}).await.decode();
    assert_eq!(summary.shown.lines, 10_000);
    for format in ["csv", "xlsx"] {
        let file =
            download::<ExportMovements>(&demo, CHARLIE, LedgerQuery { format: Some(format.into()), ..august.clone() })
                .await;
        let (lines, debits) = if format == "csv" {
            let rows = file.csv();
            let (total, lines) = table(&rows).split_last().unwrap();
            (lines.len(), total[5].parse().unwrap())
        } else {
            let cells = file.xlsx();
            let lines = cells.rows().filter(|row| matches!(row[0], Data::DateTime(_))).count();
            (lines, amount(&cells.rows().next_back().unwrap()[5]))
        };
        assert_eq!((lines, debits), (10_000, summary.all.debits), "{format}");
    }
    // XLSX is a zip file, so compressing it again would gain nothing.
    for (format, encoding) in [("csv", Some("gzip")), ("xlsx", None)] {
        let query_of_file = LedgerQuery { format: Some(format.into()), ..august.clone() };
        let url = ExportMovements::url(&demo.client(CHARLIE), &query_of_file);
        let request = demo.request(ExportMovements::METHOD, &url).header("accept-encoding", "gzip");
        let reply = request.send().await.unwrap();
        assert_eq!(reply.headers().get("content-encoding").map(|it| it.to_str().unwrap()), encoding, "{format}");
    }
}

#[tokio::test]
async fn descriptions_are_never_formulas() {
    let server = spawn_app_with_ledgers(1).await;
    let demo = server.demo().await;
    for format in ["csv", "xlsx"] {
        let query_of_file = query(&[("format", format), ("view", "statement")]);
        let file = download::<ExportMovements>(&demo, KILO, query_of_file).await;
        if format == "csv" {
            let rows = file.csv();
            let found: Vec<_> = table(&rows).iter().map(|row| &*row[3]).filter(|it| it.starts_with('\'')).collect();
            assert_eq!(found.len(), 4, "{found:?}");
        } else {
            let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).unwrap();
            let name = workbook.sheet_names().remove(0);
            assert!(workbook.worksheet_formula(&name).unwrap().is_empty());
            let cells = workbook.worksheet_range(&name).unwrap();
            assert!(cells.rows().any(|row| row.get(3) == Some(&Data::String("-1+1|cmd".into()))));
        }
    }
}
