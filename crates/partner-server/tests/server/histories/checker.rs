//! Checks the invariants of the database after a random history of requests.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::support::Server;

/// The part of a client's data that players can change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Client {
    /// PID of the partner. `None` if the client was detached and belongs to no partner.
    partner: Option<String>,
    detached_from: Option<String>,
    is_enabled: bool,
    identifier: Option<String>,
}

impl Client {
    /// Returns the state that the audit log of a partner shows. `None` if the client does not belong to this partner.
    fn state_for(&self, partner: &str) -> Option<&'static str> {
        (self.partner.as_deref() == Some(partner)).then_some(if self.is_enabled { "active" } else { "blocked" })
    }
}

/// All data that players can change, at one point in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Snapshot {
    clients: BTreeMap<String, Client>,
    invitations: BTreeMap<String, (String, String)>,
    /// Number of the last entry in the audit log.
    seq: i64,
}

struct Line {
    partner: String,
    action: String,
    subject: String,
    result: String,
    before: Option<String>,
    after: Option<String>,
    operation: String,
}

impl Snapshot {
    pub(super) async fn take(server: &Server) -> Self {
        let database = &mut server.database().await;
        let client = |row: AnyRow| {
            let (partner, detached_from, identifier) = (row.get(1), row.get(2), row.get(4));
            let is_enabled = row.get::<i64, _>(3) != 0;
            (row.get(0), Client { partner, detached_from, is_enabled, identifier })
        };
        let clients = rows(database, "SELECT pid, partner_pid, detached_from, enabled, identifier FROM clients").await;
        let invitations = rows(database, "SELECT iid, partner_pid, state FROM invitations").await;
        let seq = rows(database, "SELECT COALESCE(MAX(seq), 0) FROM audit").await[0].get(0);
        Self {
            clients: clients.into_iter().map(client).collect(),
            invitations: invitations.into_iter().map(|row| (row.get(0), (row.get(1), row.get(2)))).collect(),
            seq,
        }
    }

    pub(super) fn pids_of<'a>(&'a self, partner: &'a str) -> impl Iterator<Item = String> + 'a {
        self.clients.iter().filter(|(_, client)| client.partner.as_deref() == Some(partner)).map(|(pid, _)| pid.clone())
    }

    /// Applies the change that an entry of the audit log describes.
    ///
    /// # Errors
    ///
    /// Returns an error if the change is impossible in this state.
    fn apply(&mut self, line: &Line) -> Result<(), String> {
        let is_done = line.result == "done";
        let client = self.clients.get(&line.subject).cloned().unwrap_or_default();
        match line.action.as_str() {
            "clients_blocked" | "clients_unblocked" | "clients_detached" => {
                expect(client.state_for(&line.partner), line.before.as_deref())?;
                let after = match line.action.as_str() {
                    _ if !is_done => line.before.as_deref(),
                    "clients_blocked" => Some("blocked"),
                    "clients_unblocked" => Some("active"),
                    _ => Some("detached"),
                };
                expect(line.after.as_deref(), after)?;
                if is_done {
                    let client = self.clients.get_mut(&line.subject).ok_or("a client that is not there was changed")?;
                    if after == Some("detached") {
                        (client.partner, client.detached_from) = (None, client.partner.take());
                    } else {
                        client.is_enabled = after == Some("active");
                    }
                }
            }
            "identifier_set" => {
                expect(client.partner.as_deref(), Some(line.partner.as_str()))?;
                expect(client.identifier.as_deref(), line.before.as_deref())?;
                self.clients.entry(line.subject.clone()).or_default().identifier.clone_from(&line.after);
            }
            "invitation_accepted" if line.before.as_deref() != Some("pending") => {
                let was_known = self.clients.contains_key(&line.subject);
                expect(was_known.then_some("detached"), line.before.as_deref())?;
                if was_known {
                    expect(client.detached_from.as_deref(), Some(line.partner.as_str()))?;
                }
                let partner = Some(line.partner.clone());
                let joined = Client { partner, detached_from: None, is_enabled: true, identifier: client.identifier };
                self.clients.insert(line.subject.clone(), joined);
            }
            action if action.starts_with("invitation_") => {
                let pending = (line.partner.clone(), "pending".to_owned());
                let is_new = action == "invitation_created";
                if self.invitations.get(&line.subject) != (!is_new).then_some(&pending) {
                    return Err("an invitation was not in the state that it was changed from".into());
                }
                expect(line.before.as_deref(), (!is_new).then_some("pending"))?;
                let after = line.after.clone().unwrap_or_default();
                self.invitations.insert(line.subject.clone(), (line.partner.clone(), after));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Checks that the data, the audit log and the emails agree after the requests of the players.
///
/// # Errors
///
/// Returns an error that describes the first violated invariant.
pub(super) async fn check(server: &Server, before: &Snapshot, acknowledged: &[String]) -> Result<(), String> {
    let after = Snapshot::take(server).await;
    let database = &mut server.database().await;
    let sql = "SELECT partner_pid, action, subject, result, before, after, operation_id FROM audit WHERE seq > ";
    let lines: Vec<Line> = rows(database, &format!("{sql}{} ORDER BY seq", before.seq))
        .await
        .into_iter()
        .map(|row| {
            let (partner, action, subject, result) = (row.get(0), row.get(1), row.get(2), row.get(3));
            Line { partner, action, subject, result, before: row.get(4), after: row.get(5), operation: row.get(6) }
        })
        .collect();
    check_state_against_the_log(before, &after, &lines)?;
    check_stored_replies(database, &lines, acknowledged).await?;
    check_sent_emails(server, database, &after, &lines).await?;
    ledgers_add_up(database).await?;
    if server.is_on_postgres() {
        return Ok(());
    }
    let integrity: String = rows(database, "PRAGMA integrity_check").await[0].get(0);
    expect(Some(integrity.as_str()), Some("ok"))
}

fn check_state_against_the_log(before: &Snapshot, after: &Snapshot, lines: &[Line]) -> Result<(), String> {
    let mut folded = before.clone();
    for line in lines {
        let Line { partner, action, subject, result, .. } = line;
        folded.apply(line).map_err(|error| format!("{action} {subject} of {partner}, {result}: {error}"))?;
    }
    let (folded_clients, clients) = (&folded.clients, &after.clients);
    if let Some((pid, client)) = clients.iter().find(|(pid, client)| folded_clients.get(*pid) != Some(client)) {
        return Err(format!("client {pid} is {client:?}, and by the log {:?}", folded_clients.get(pid)));
    }
    if folded_clients.len() != clients.len() || folded.invitations != after.invitations {
        return Err("the log knows other clients or invitations than there are".into());
    }
    Ok(())
}

/// Checks the replies that the server stores for idempotency keys: each operation with a key has exactly one stored
/// reply, and the successful replies that players received are stored.
async fn check_stored_replies(
    database: &mut AnyConnection,
    lines: &[Line],
    acknowledged: &[String],
) -> Result<(), String> {
    let bodies: Vec<String> =
        rows(database, "SELECT body FROM idempotency").await.into_iter().map(|row| row.get(0)).collect();
    let stored: HashSet<&str> = bodies.iter().map(String::as_str).collect();
    if let Some(lost) = acknowledged.iter().find(|body| !stored.contains(body.as_str())) {
        return Err(format!("an acknowledged reply is not stored: {lost}"));
    }
    let mut effects = Vec::new();
    for body in &bodies {
        let body: serde_json::Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        // A stored reply identifies its operation by the operation id of a bulk call, the id of an invitation, or the
        // PID of an accepted project.
        effects.extend(text("operation_id").or(text("iid")).or(text("pid")));
    }
    let mut expected = Vec::new();
    let mut seen = HashSet::new();
    for line in lines {
        let is_joining = line.action == "invitation_accepted" && line.before.as_deref() != Some("pending");
        if line.action.starts_with("clients_") && seen.insert(&line.operation) {
            expected.push(line.operation.clone());
        } else if line.action == "invitation_created" || is_joining {
            expected.push(line.subject.clone());
        }
    }
    effects.sort();
    expected.sort();
    if effects != expected {
        return Err(format!("{} effects have {} stored replies", expected.len(), effects.len()));
    }
    Ok(())
}

/// Checks that the server sent an email for each pending invitation, unless a link was created after the last request
/// for an email, and never more emails than were requested.
async fn check_sent_emails(
    server: &Server,
    database: &mut AnyConnection,
    after: &Snapshot,
    lines: &[Line],
) -> Result<(), String> {
    let mut requested: BTreeMap<&str, usize> = BTreeMap::new();
    let mut overtaken = BTreeSet::new();
    for line in lines {
        match line.action.as_str() {
            "invitation_created" | "invitation_renewed" | "invitation_resent" => {
                *requested.entry(&line.subject).or_default() += 1;
                overtaken.remove(line.subject.as_str());
            }
            "invitation_link_created" => _ = overtaken.insert(line.subject.as_str()),
            _ => {}
        }
    }
    let sql = "SELECT subject, COUNT(*), COUNT(delivered_at) FROM outbox WHERE kind = 'invitation' GROUP BY subject";
    let mut delivered: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(database, sql).await {
        let (subject, all, left): (String, i64, i64) = (row.get(0), row.get(1), row.get(2));
        if all != left {
            return Err(format!("{} emails of {subject} still wait", all - left));
        }
        delivered.insert(subject, usize::try_from(left).unwrap());
    }
    for (iid, sent) in &delivered {
        let most = requested.get(iid.as_str()).copied().unwrap_or(0);
        if *sent > most {
            return Err(format!("{sent} emails of {iid} were sent, but only {most} requested"));
        }
    }
    for (iid, times) in requested {
        let is_pending = after.invitations.get(iid).is_some_and(|(_, state)| state == "pending");
        let sent = delivered.get(iid).copied().unwrap_or(0);
        if is_pending && !overtaken.contains(iid) && sent == 0 {
            return Err(format!("no email of {iid} was sent, although {times} were requested"));
        }
    }
    let files = server.emails().await.len();
    let rows: usize = delivered.values().sum();
    if files < rows {
        return Err(format!("{files} emails were written, but {rows} are recorded as sent"));
    }
    Ok(())
}

/// Checks that each balance equals its opening balance plus its movements, and that the bonus account equals the sum of
/// its bonuses.
async fn ledgers_add_up(database: &mut AnyConnection) -> Result<(), String> {
    // Calculate the opening balance from the first movement, because no row stores it.
    let sql = "WITH signed AS (SELECT *, CASE direction WHEN 1 THEN counted_micros ELSE -counted_micros END AS amount
                        FROM movements),
             opening AS (SELECT client_pid, balance_micros - amount AS opening FROM signed s
                         WHERE (day, seq) = (SELECT day, seq FROM movements m WHERE m.client_pid = s.client_pid
                                             ORDER BY day, seq LIMIT 1))
        SELECT pid, base_micros, bonus_micros,
        (SELECT opening FROM opening o WHERE o.client_pid = pid)
        + (SELECT CAST(SUM(amount) AS BIGINT) FROM signed s WHERE s.client_pid = pid),
        (SELECT opening FROM opening o WHERE o.client_pid = pid)
        + (SELECT CAST(SUM(deposits_micros - debits_micros) AS BIGINT) FROM ledger_days d WHERE d.client_pid = pid),
        (SELECT closing_micros FROM ledger_days d WHERE d.client_pid = pid ORDER BY day DESC LIMIT 1),
        (SELECT CAST(COALESCE(SUM(left_micros), 0) AS BIGINT) FROM bonuses b WHERE b.client_pid = pid)
        FROM clients";
    let mut checked = 0;
    for row in rows(database, sql).await {
        let pid: String = row.get(0);
        let (base, bonus): (i64, i64) = (row.get(1), row.get(2));
        let left: i64 = row.get(6);
        if left != bonus {
            return Err(format!("the bonuses of {pid} sum to {left}, and its bonus account has {bonus}"));
        }
        let sums: [Option<i64>; 3] = [row.get(3), row.get(4), row.get(5)];
        if let [Some(moved), Some(days), Some(closing)] = sums {
            checked += 1;
            if [moved, days, closing] != [base + bonus; 3] {
                return Err(format!("{pid} has {base} and {bonus}, and by its ledger {moved}, {days} and {closing}"));
            }
        }
    }
    if checked == 0 { Err("no client has movements".into()) } else { Ok(()) }
}

async fn rows(database: &mut AnyConnection, sql: &str) -> Vec<AnyRow> {
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(database).await.unwrap()
}

fn expect(is: Option<&str>, should: Option<&str>) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{is:?} where it should be {should:?}")) }
}
