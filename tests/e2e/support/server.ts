// A real server for tests: a `partner-server` process with its own data folder.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { request } from "@playwright/test";
import { freePort } from "./ports.js";

/** The demonstration user (crates/partner-demo/src/seed). */
export const demo = { email: "demo@partner.example", password: "demo-partner-2026", pid: "mcs4400000001" };

/** Cookies and browser storage of a signed-in user. */
export type SignedIn = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>["storageState"]>>;

export interface ServerOptions {
  /** Seconds without a request after which a session expires. */
  sessionIdle?: number;
  /** Whether the server starts with demonstration data instead of an empty database. */
  demo?: boolean;
  /** Folder of the bundle to serve, instead of the bundle that was built for the tests. */
  bundle?: string;
  /** Port of a local mail server. Without a port, the server writes emails to files. */
  smtp?: number;
  /** Whether browsers also send the session cookie if the app is in a frame on another site. */
  crossSiteCookie?: boolean;
  /** Whether the test can call `fillDisk`. */
  fillable?: boolean;
  /** Whether the server has only the published operations. */
  publishedOnly?: boolean;
  /** Whether the server serves metrics on a separate port, which `Server.metrics` needs. */
  metrics?: boolean;
}

/** A simulated failure, and the requests that fail (crates/partner-demo/src/faults.rs). */
export interface Fault {
  method?: string;
  /** The fault applies to requests whose URL path contains this text. */
  path: string;
  kind: "latency" | "drop_before" | "drop_after" | "too_many" | "internal" | "html" | "truncate" | "cut" | "drip" | "wrong_type" | "empty" | "garbage" | "huge";
  millis?: number;
  secs?: number;
  bytes?: number;
  /** Number of requests that fail. By default, all requests fail until the faults are replaced. */
  times?: number;
}

export class Server {
  private process: ChildProcess | null = null;
  private port = 0;
  private metricsPort = 0;
  private configuration: string | null = null;
  /** Whether the server was stopped during the test, so that requests may have been refused. */
  wasDown = false;

  private constructor(
    readonly data: string,
    private readonly options: ServerOptions,
  ) {}

  /** Starts a server on a new data folder, which is a copy of `from` if given. */
  static async start(options: ServerOptions = {}, from?: string): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), "partner-e2e-"));
    if (from) await cp(from, data, { recursive: true });
    const server = new Server(data, options);
    await server.launch();
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Kills the server without a graceful stop, to simulate a crash. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Starts the server. After a stop, it has the same port and data, and can get another session timeout. */
  async launch(sessionIdle = this.options.sessionIdle): Promise<void> {
    const { demo = true, bundle = setting("PARTNER_BUNDLE") } = this.options;
    this.port ||= await freePort();
    const args = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.data, "--bundle", bundle];
    // Use only three months of movements, so that the database is small and quickly copied.
    if (demo) args.push("--demo", "--demo-months", "3");
    if (this.configuration) args.push("--config", this.configuration);
    if (this.options.publishedOnly) args.push("--published-only");
    if (this.options.metrics) {
      this.metricsPort ||= await freePort();
      args.push("--metrics", `127.0.0.1:${this.metricsPort}`);
    }
    if (this.options.crossSiteCookie) args.push("--cross-site-cookie");
    if (this.options.smtp) args.push("--smtp-url", `smtp://127.0.0.1:${this.options.smtp}`, "--mail-from", "Partner account <no-reply@cloud.example>");
    if (sessionIdle) args.push("--session-idle", String(sessionIdle));
    // Ignore the signal XFSZ, because otherwise a write beyond the file size limit of `fillDisk` would kill the
    // process.
    const command = [...(this.options.fillable ? ["sh", "-c", 'trap "" XFSZ; exec "$0" "$@"'] : []), setting("PARTNER_SERVER"), ...args];
    const started = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
    this.process = started;
    const log: string[] = [];
    createInterface({ input: started.stderr }).on("line", (line) => log.push(line));
    for await (const line of createInterface({ input: started.stdout })) {
      if (line !== `Listening on ${this.address}`) continue;
      started.stdout.resume();
      return;
    }
    throw new Error(`the server stopped before it listened:\n${log.join("\n")}`);
  }

  /** Restarts the server with a changed `config.json`. */
  async configure(changed: Record<string, unknown>): Promise<void> {
    const original = JSON.parse(await readFile(join(setting("PARTNER_BUNDLE"), "config.json"), "utf8"));
    this.configuration = join(this.data, "config.json");
    await writeFile(this.configuration, JSON.stringify({ ...original, ...changed }));
    await this.stop();
    await this.launch();
  }

  /**
   * Simulates a full disk by a limit for the size of files, because that needs no privileges. `false` removes the
   * limit.
   */
  fillDisk(isFull: boolean): void {
    execFileSync("prlimit", ["--pid", String(this.process!.pid), `--fsize=${isFull ? "1" : "unlimited"}:`]);
  }

  /**
   * Ends all sessions: restarts the server with a short timeout and waits, without requests, because requests renew
   * sessions.
   */
  async expireSessions(seconds = 3): Promise<void> {
    await this.stop();
    await this.launch(seconds);
    await setTimeout(seconds * 1000 + 500);
  }

  /** Kills the server and deletes its data. */
  async discard(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  /** Returns the emails that the server has written to files, in no particular order. */
  async emails(): Promise<string[]> {
    const folder = join(this.data, "emails");
    const names = await readdir(folder).catch(() => []);
    return Promise.all(names.sort().map((name) => readFile(join(folder, name), "utf8")));
  }

  /** Returns the values of the server's metrics. The keys consist of name and labels. */
  async metrics(): Promise<Map<string, number>> {
    const text = await (await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)).text();
    const counted = text.split("\n").filter((line) => line && !line.startsWith("#"));
    return new Map(counted.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
  }

  /** Returns the audit entries of an action, oldest first. */
  audit(action: string): { subject: string; result: string; operation_id: string }[] {
    const entries: { action: string; subject: string; result: string; operation_id: string }[] = lines(run("audit", "--data", this.data, "--limit", "10000"));
    return entries.filter((entry) => entry.action === action);
  }

  /** Returns the stored contact requests, oldest first. */
  contactRequests(): { reference: string; [fact: string]: unknown }[] {
    return lines(run("contact-requests", "list", "--data", this.data));
  }

  /** Returns the emails that the server could not send. */
  undelivered(): unknown[] {
    return lines(run("emails", "--data", this.data));
  }

  /** Sends a contact request without a browser. */
  async contact(typed: Record<string, string>): Promise<void> {
    const extraHTTPHeaders = { origin: this.address, "idempotency-key": crypto.randomUUID() };
    const context = await request.newContext({ baseURL: this.address, extraHTTPHeaders, storageState: { cookies: [], origins: [] } });
    const reply = await context.post("/api/v1/contact-requests", { data: { ...typed, filled_in_ms: 60_000 } });
    if (!reply.ok()) throw new Error(`a contact request: ${reply.status()} ${await reply.text()}`);
    await context.dispose();
  }

  /** Adds a partner without clients. */
  createPartner(email: string, password: string): void {
    run("create-partner", "--data", this.data, "--email", email, "--title", "Newcomer", "--password-stdin", { input: password });
  }

  seed(email: string, clients: number): void {
    run("seed", "--data", this.data, "--partner-email", email, "--clients", String(clients));
  }

  /** Replaces all faults. Without arguments, removes them, so that requests succeed again. */
  async faults(...faults: Fault[]): Promise<void> {
    const reply = await fetch(`${this.address}/partner-faults`, { method: "PUT", body: JSON.stringify(faults) });
    if (!reply.ok) throw new Error(`faults: ${reply.status} ${await reply.text()}`);
  }

  /** Returns how many requests each fault has affected. */
  async applied(): Promise<number[]> {
    const rules = (await (await fetch(`${this.address}/partner-faults`)).json()) as { applied: number }[];
    return rules.map((rule) => rule.applied);
  }

  /** Signs in without a browser, and returns the session cookie in the form that Playwright contexts accept. */
  async signIn(who: { email: string; password: string } = demo): Promise<SignedIn> {
    // Start without cookies, because signing in with the test's cookies would end the session of the test.
    const storageState = { cookies: [], origins: [] };
    const context = await request.newContext({ baseURL: this.address, extraHTTPHeaders: { origin: this.address }, storageState });
    const { email, password } = who;
    const reply = await context.post("/api/v1/auth/signin", { data: { email, password } });
    if (!reply.ok()) throw new Error(`signing in: ${reply.status()} ${await reply.text()}`);
    const state = await context.storageState();
    await context.dispose();
    return state;
  }

  private async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const { process } = this;
    this.process = null;
    if (!process || process.exitCode !== null) return;
    this.wasDown = true;
    const ended = once(process, "exit");
    process.kill(signal);
    await ended;
  }
}

/** Parses one JSON object per line. */
function lines<T>(output: string): T[] {
  return output.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

function run(...args: [...string[], string | { input: string }]): string {
  const last = args.at(-1);
  const input = typeof last === "object" ? last.input : "";
  return execFileSync(setting("PARTNER_SERVER"), args.filter((arg) => typeof arg === "string"), { input, encoding: "utf8" });
}

/** Returns the value of an environment variable that `cargo xtask test` sets, such as the path of the server. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the end-to-end tests with \`cargo xtask test e2e\``);
  return value;
}
