// Writers send changes to the API and record which changes were acknowledged, for a test that kills a server.
import { Agent } from "node:https";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { demo } from "../e2e/support/server.js";
import type { Nginx, Reply } from "./support.js";

/** The test fails if a request and its retries get no reply within this time in milliseconds. */
const MAX_WAIT = 15_000;
const PAUSE = 50;
const partner = `/api/v1/partners/${demo.pid}`;

/**
 * Fails if two values differ. The tests do not use `expect` for this, because it is too slow for thousands of calls.
 */
function check(is: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(is, expected)) throw new Error(`${what}: ${JSON.stringify(is)} in place of ${JSON.stringify(expected)}`);
}

export interface Invitation {
  iid: string;
  email: string;
  delivery: string;
}

export interface Client {
  pid: string;
  enabled: boolean;
  owner: { email: string };
  attr: { client_id: string | null };
}

/** The acknowledged writes of a writer, in order. */
interface Acknowledged {
  /** Ids of acknowledged invitations, by email. */
  invited: Map<string, string>;
  identifiers: string[];
  /** Ids of the acknowledged operations that blocked the client. */
  blocked: string[];
  unblocked: string[];
}

/** Number of requests that nginx allows at once from one IP address. */
const BURST = 200;

/**
 * A session whose requests go through nginx. It changes its local IP address to stay below the rate limit for one
 * address.
 */
export class Session {
  private agent = new Agent();
  private requests = 0;

  private constructor(
    private readonly nginx: Nginx,
    private readonly number: number,
    private readonly headers: Record<string, string>,
  ) {}

  static async start(nginx: Nginx, number: number): Promise<Session> {
    const session = new Session(nginx, number, { "content-type": "application/json" });
    const body = JSON.stringify({ email: demo.email, password: demo.password });
    const signedIn = await session.request("POST", "/api/v1/auth/signin", body);
    check(signedIn.status, 200, signedIn.text);
    session.headers.cookie = signedIn.headers["set-cookie"]![0]!.split(";")[0]!;
    session.headers["x-csrf-token"] = (await session.look()).csrf_token;
    return session;
  }

  request(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Reply> {
    if (this.requests % BURST === 0) {
      this.agent.destroy();
      this.agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.1.${this.number}.${this.requests / BURST + 1}` });
    }
    this.requests += 1;
    return this.nginx.request(path, { method, body, headers: { ...this.headers, ...headers }, agent: this.agent });
  }

  /** Sends a GET request without retries, because nginx must hide the failure of one server. */
  async read<T>(path: string): Promise<T> {
    const reply = await this.request("GET", path);
    check(reply.status, 200, reply.text);
    return JSON.parse(reply.text);
  }

  /** Reads the session from the API. Fails if the session has ended. */
  async look(): Promise<{ csrf_token: string }> {
    const session = await this.read<{ csrf_token: string; user: { email: string } } | null>("/api/v1/auth/session");
    check(session?.user.email, demo.email, "who is signed in");
    return session!;
  }

  clients(): Promise<Client[]> {
    return this.read(`${partner}/clients/`);
  }

  invitations(): Promise<Invitation[]> {
    return this.read(`${partner}/invites`);
  }

  async stop(): Promise<void> {
    this.agent.destroy();
  }
}

/** One of several concurrent writers. Each changes its own client, which must not be blocked at the start. */
export class Writer {
  readonly acknowledged: Acknowledged = { invited: new Map(), identifiers: [], blocked: [], unblocked: [] };
  /** Number of acknowledged writes. */
  count = 0;
  /**
   * Number of retries after the connection broke or the reply was 502 or 503. Retries have the same idempotency key.
   */
  repeated = 0;
  /** Longest time in milliseconds that a write took, including retries. */
  longest = 0;

  constructor(
    readonly session: Session,
    readonly name: string,
    readonly client: string,
  ) {}

  /** Writes until `isOver` returns true. After each write, checks that the session still exists. */
  async write(isOver: () => boolean, acknowledged: () => void): Promise<void> {
    while (!isOver()) {
      await [this.invite, this.identify, this.block][this.count % 3]!.call(this);
      this.count += 1;
      acknowledged();
      await this.session.look();
    }
  }

  private async invite(): Promise<void> {
    const email = `${this.name}-${this.count}@client.example`;
    const { iid } = await this.send<Invitation>(201, "POST", `${partner}/invites`, { email });
    this.acknowledged.invited.set(email, iid);
  }

  private async identify(): Promise<void> {
    const identifier = `${this.name}-${this.count}`;
    const client = await this.send<Client>(200, "PUT", `${partner}/clients/${this.client}`, { client_id: identifier });
    check(client.attr.client_id, identifier, "identifier");
    this.acknowledged.identifiers.push(identifier);
  }

  private async block(): Promise<void> {
    const { blocked, unblocked } = this.acknowledged;
    const [action, operations] = blocked.length > unblocked.length ? (["unblock", unblocked] as const) : (["block", blocked] as const);
    const outcome = await this.send<{ operation_id: string; results: { pid: string; status: string }[] }>(200, "POST", `${partner}/clients/${action}`, { pids: [this.client] });
    // The status must be `done`. If a retry executed the change a second time, the server would report `already`.
    check(outcome.results.map(({ pid, status }) => [pid, status]), [[this.client, "done"]], action);
    operations.push(outcome.operation_id);
  }

  private async send<T>(status: number, method: string, path: string, body: object): Promise<T> {
    const key = crypto.randomUUID();
    const reply = await this.answered(method, path, body, key);
    check(reply.status, status, reply.text);
    // Repeat some requests: the reply must be the same, even from another server. The API uses idempotency keys only
    // for POST requests.
    if (method === "POST" && this.count % 4 === 0) {
      const again = await this.answered(method, path, body, key);
      check([again.status, again.headers["idempotent-replayed"], again.text], [status, "true", reply.text], "the same key");
    }
    return JSON.parse(reply.text);
  }

  /** Sends a request until the reply is neither 502 nor 503. nginx sends these statuses if it reaches no server. */
  private async answered(method: string, path: string, body: object, key: string): Promise<Reply> {
    const started = performance.now();
    for (;;) {
      const reply = await this.session.request(method, path, JSON.stringify(body), { "idempotency-key": key }).catch(() => null);
      const waited = performance.now() - started;
      if (reply && ![502, 503].includes(reply.status)) {
        this.longest = Math.max(this.longest, waited);
        return reply;
      }
      if (waited > MAX_WAIT) throw new Error(`${method} ${path} was not answered: ${reply?.status ?? "the connection broke"}`);
      this.repeated += 1;
      await setTimeout(PAUSE);
    }
  }
}
