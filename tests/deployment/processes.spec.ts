// Several servers on one PostgreSQL database behind nginx act like one server, even if one of them is killed under
// load.
import { expect } from "@playwright/test";
import { Account } from "../e2e/support/account.js";
import { freePort } from "../e2e/support/ports.js";
import { Nginx, Upstream, browserTest as test, host } from "./support.js";
import { type Client, type Invitation, Session, Writer } from "./writers.js";

/** URL of the temporary PostgreSQL server that `cargo xtask test nginx` starts. */
const database = process.env.PARTNER_TEST_DATABASE;
/** The test skips clients up to this PID, because they are special cases (crates/partner-demo/src/seed/known.rs). */
const known = "mcs4410000100";
const writerCount = 8;

interface AuditLine {
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
  operation_id: string;
}

const audit = (server: Upstream): AuditLine[] => server.run("audit", "--limit", "1000000").trim().split("\n").map((line) => JSON.parse(line));

test("of three servers on one database, one is killed under load, without lost writes, duplicates or lost sessions", async ({ page, keep }, { annotations }) => {
  test.skip(!database, process.env.PARTNER_NO_DATABASE ?? "there is no PostgreSQL");
  const port = await freePort();
  const servers = await Promise.all(Array.from({ length: 3 }, async () => keep(await Upstream.start(`https://${host}:${port}`, database))));
  const [victim, survivor] = servers as [Upstream, Upstream, Upstream];
  const nginx = keep(await Nginx.start(servers.map((server) => server.port), port));
  // Count audit entries and mark the data of this run, to ignore data that earlier runs have left in the database.
  const linesBefore = audit(victim).length;
  const run = crypto.randomUUID().slice(0, 8);

  const sessions: Session[] = [];
  for (let number = 0; number < writerCount; number++) sessions.push(keep(await Session.start(nginx, number)));
  const [theirs, ...active] = (await sessions[0]!.clients()).filter((client) => client.enabled && client.pid > known);
  const writers = sessions.map((session, number) => new Writer(session, `${run}-${number}`, active[number]!.pid));

  const account = new Account(page);
  const { email } = theirs!.owner;
  await page.goto(nginx.address + account.address(`?q=${email}`));
  await account.signIn();
  await expect(account.row(email)).toBeVisible();

  const load = new Load(writers);
  await load.until(300);
  for (const server of servers) expect(await server.calls(), "nginx sends requests to all servers").toBeGreaterThan(0);

  await victim.kill();
  await load.until(load.count + 400);
  await page.reload();
  await expect(account.row(email)).toBeVisible();
  await account.choose(email, "block");
  await account.confirm(account.words.question.block(1), "block");
  await expect(account.message(account.words.done.block(1))).toBeVisible();

  // Wait until nginx uses the restarted server again, at least ten seconds after the failure. The writers continue in
  // the meantime.
  await victim.launch();
  await expect.poll(() => victim.calls(), "nginx sends requests to the restarted server again").toBeGreaterThan(50);
  annotations.push({ type: "load", description: await load.end() });
  await page.reload();
  await expect(account.row(email)).toContainText(account.words.blocked);

  // One email may still be waiting: the killed server may have been sending an email, which stays locked for two
  // minutes.
  const reader = sessions[0]!;
  const invited = async () => (await reader.invitations()).filter(({ email }) => email.startsWith(run));
  const waiting = async () => (await invited()).filter(({ delivery }) => delivery === "waiting").length;
  await expect.poll(waiting, { message: "the emails are sent", timeout: 30_000 }).toBeLessThanOrEqual(1);
  const clients = new Map((await reader.clients()).map((client) => [client.pid, client]));
  expect(clients.get(theirs!.pid)!.enabled).toBe(false);
  checkState(writers, clients, await invited());
  checkEmails(await invited(), (await Promise.all(servers.map((server) => server.emails()))).flat());
  expect(survivor.run("audit", "verify")).toContain("Verified entries: ");
  checkAudit(writers, audit(survivor).slice(linesBefore));
  for (const session of sessions) await session.look();
});

/** Runs several writers at the same time, and counts their acknowledged writes. */
class Load {
  count = 0;
  private isOver = false;
  private readonly start = performance.now();
  private readonly running: Promise<void[]>;
  private readonly waiting: { count: number; reached: () => void }[] = [];

  constructor(private readonly writers: Writer[]) {
    const acknowledged = () => {
      this.count += 1;
      for (const { count, reached } of this.waiting) if (this.count >= count) reached();
    };
    this.running = Promise.all(writers.map((writer) => writer.write(() => this.isOver, acknowledged)));
  }

  /** Waits until this number of writes is acknowledged. Fails as soon as a writer fails. */
  async until(count: number): Promise<void> {
    await Promise.race([this.running, new Promise<void>((reached) => this.waiting.push({ count, reached }))]);
  }

  /** Stops the writers after their current write, and returns their statistics. */
  async end(): Promise<string> {
    this.isOver = true;
    await this.running;
    const seconds = (performance.now() - this.start) / 1000;
    const repeated = this.writers.reduce((sum, writer) => sum + writer.repeated, 0);
    const longest = Math.max(...this.writers.map((writer) => writer.longest));
    const text = `${this.count} writes acknowledged in ${seconds.toFixed(1)} s (${(this.count / seconds).toFixed(0)} a second), ${repeated} sent again, the longest wait ${longest.toFixed(0)} ms`;
    console.log(text);
    return text;
  }
}

/**
 * Checks that each acknowledged invitation exists exactly once and no others exist, and that each client has the state
 * after its last acknowledged write.
 */
function checkState(writers: Writer[], clients: Map<string, Client>, invitations: Invitation[]): void {
  const found = invitations.map(({ email, iid }) => [email, iid]);
  expect(found.sort()).toEqual(writers.flatMap((writer) => [...writer.acknowledged.invited]).sort());
  for (const { client, acknowledged } of writers) {
    const { enabled, attr } = clients.get(client)!;
    expect(attr.client_id).toBe(acknowledged.identifiers.at(-1));
    expect(enabled).toBe(acknowledged.blocked.length === acknowledged.unblocked.length);
  }
}

/** Checks that no recipient got two emails, and that every email reported as sent was written. */
function checkEmails(invitations: Invitation[], emails: string[]): void {
  const recipients = emails.map((email) => /^To: (.*?)\r?$/m.exec(email)?.[1]);
  for (const { email, delivery } of invitations) {
    const count = recipients.filter((recipient) => recipient === email).length;
    // An email that was being sent when the server was killed is still waiting. The server may or may not have written
    // it.
    if (delivery === "waiting") expect(count, email).toBeLessThanOrEqual(1);
    else expect([delivery, count], email).toEqual(["delivered", 1]);
  }
}

/**
 * Checks that each acknowledged write has one audit entry. The entries of a client must be in the order of
 * acknowledgement.
 */
function checkAudit(writers: Writer[], lines: AuditLine[]): void {
  const of = (action: string, subject?: string) => lines.filter((line) => line.action === action && (subject ?? line.subject) === line.subject);
  const invited = writers.flatMap(({ acknowledged }) => [...acknowledged.invited.values()]);
  expect(of("invitation_created").map((line) => line.subject).sort()).toEqual(invited.sort());
  for (const { client, acknowledged } of writers) {
    expect(of("clients_blocked", client).map((line) => line.operation_id)).toEqual(acknowledged.blocked);
    expect(of("clients_unblocked", client).map((line) => line.operation_id)).toEqual(acknowledged.unblocked);
    // Ignore entries with the same identifier before and after: requests that set an identifier use no idempotency key,
    // so each retry adds an entry.
    const set = of("identifier_set", client).filter((line) => line.before !== line.after);
    expect(set.map((line) => line.after)).toEqual(acknowledged.identifiers);
  }
}
