// Runs nginx with deploy/nginx.conf in front of real or fake servers. Only ports, folders and the user differ from the
// file.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingHttpHeaders, request as plain } from "node:http";
import { type Agent, request as secure } from "node:https";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, type Server as Listener, type Socket, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base } from "@playwright/test";
import { freePort } from "../e2e/support/ports.js";

/** The host name of the site in deploy/nginx.conf. */
export const host = "partner.example";

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** Host name for TLS and the Host header, instead of the host name in deploy/nginx.conf. */
  host?: string;
  isPlain?: boolean;
  /** Agent that reuses connections. By default, each request opens a new connection. */
  agent?: Agent;
}

/** Sends a request. Unlike `fetch`, it does not normalise the path, so that tests can send paths with `..`. */
export function request(port: number, path: string, { method = "GET", headers = {}, body, host: name = host, isPlain, agent }: RequestOptions = {}): Promise<Reply> {
  return new Promise((answered, failed) => {
    const options = { host: "127.0.0.1", port, path, method, headers: { host: `${name}:${port}`, ...headers }, agent: agent ?? false };
    const receive = (reply: import("node:http").IncomingMessage) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk) => chunks.push(chunk));
      reply.on("error", failed);
      reply.on("end", () => answered({ status: reply.statusCode!, headers: reply.headers, text: Buffer.concat(chunks).toString() }));
    };
    // Accept every certificate, because the certificate for tests is self-signed.
    const sent = isPlain ? plain(options, receive) : secure({ ...options, servername: name, rejectUnauthorized: false }, receive);
    sent.on("error", failed);
    sent.end(body);
  });
}

/** Registers a resource that the fixture stops after the test. */
export type Keep = <T extends { stop(): Promise<void> }>(started: T) => T;

/** A `partner-server` process that runs behind nginx. */
export class Upstream {
  private process: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly metricsPort: number,
    private readonly data: string,
    private readonly publicUrl: string,
    private readonly database?: string,
  ) {}

  /** Starts a server with a new data folder, and with a PostgreSQL database if one is given. */
  static async start(publicUrl: string, database?: string): Promise<Upstream> {
    const data = await mkdtemp(join(tmpdir(), "upstream-"));
    const upstream = new Upstream(await freePort(), await freePort(), data, publicUrl, database);
    await upstream.launch();
    return upstream;
  }

  /** Starts the server, or restarts it with the same port and data. */
  async launch(): Promise<void> {
    const listen = ["--listen", `127.0.0.1:${this.port}`, "--metrics", `127.0.0.1:${this.metricsPort}`, "--behind-proxy", "--public-url", this.publicUrl];
    const args = ["serve", ...listen, "--data", this.data, "--bundle", setting("PARTNER_BUNDLE"), "--demo", "--demo-months", "0"];
    const started = spawn(setting("PARTNER_SERVER"), args, { stdio: "ignore", env: this.environment });
    this.process = started;
    await ready(started, () => request(this.port, "/readyz", { isPlain: true }).then((reply) => reply.status === 200));
  }

  /** Kills the server without a graceful stop, to simulate a crash. */
  async kill(): Promise<void> {
    if (this.process) await end(this.process, "SIGKILL");
  }

  /** Returns the number of API requests that the server has answered since its start. */
  async calls(): Promise<number> {
    const { text } = await request(this.metricsPort, "/metrics", { isPlain: true });
    const counts = [...text.matchAll(/^partner_request_seconds_count\{.*route="\/api\/.*\} (\d+)$/gm)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** Runs a command of the server program on the data of this server, and returns the output. */
  run(...args: string[]): string {
    const options = { env: this.environment, encoding: "utf8", stdio: "pipe", maxBuffer: 1 << 28 } as const;
    return execFileSync(setting("PARTNER_SERVER"), [...args, "--data", this.data], options);
  }

  /** Returns the emails that the server has written to files. */
  async emails(): Promise<string[]> {
    const folder = join(this.data, "emails");
    const names = await readdir(folder).catch(() => []);
    return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  }

  /** Kills the server and deletes its data. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  private get environment(): NodeJS.ProcessEnv {
    return { ...process.env, DATABASE_URL: this.database };
  }
}

/** A fake server that crashes on every request: it resets the connection without a reply. */
export class CrashingServer {
  /** The HTTP method of each received request, in order. */
  readonly received: string[] = [];
  private constructor(private readonly listener: Listener) {}

  static async start(): Promise<CrashingServer> {
    const listener = createServer((socket: Socket) => {
      socket.on("error", () => {});
      socket.once("data", (data) => {
        crashing.received.push(data.toString().split(" ")[0]!);
        socket.resetAndDestroy();
      });
    });
    const crashing = new CrashingServer(listener);
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    return crashing;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.listener.close();
  }
}

/** An nginx process with deploy/nginx.conf. */
export class Nginx {
  private constructor(
    readonly port: number,
    readonly plainPort: number,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * Starts nginx in front of servers on the ports `upstreams`. Pass `port` if the servers have to know the port of
   * nginx when they start.
   */
  static async start(upstreams: number[], port?: number): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), "nginx-"));
    const [secured, plainPort] = [port ?? (await freePort()), await freePort()];
    await mkdir(join(folder, "root/partner"), { recursive: true });
    await symlink(resolve(setting("PARTNER_BUNDLE")), join(folder, "root/partner/app"));
    const [key, certificate] = [join(folder, "privkey.pem"), join(folder, "fullchain.pem")];
    const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`, "-days", "2"];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", ...subject];
    execFileSync("openssl", [...made, "-keyout", key, "-out", certificate], { stdio: "ignore" });

    let text = await readFile(join(import.meta.dirname, "../../deploy/nginx.conf"), "utf8");
    // Replace only ports, folders and the user. If a text to replace is missing, fail, because deploy/nginx.conf has
    // changed.
    const replace = (from: string, to: string) => {
      if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no ${from}`);
      text = text.replaceAll(from, to);
    };
    const servers = upstreams.map((upstream) => `server 127.0.0.1:${upstream} max_fails=1 fail_timeout=10s;`);
    replace("server 127.0.0.1:8080 max_fails=1 fail_timeout=10s;", servers.join(" "));
    replace("listen 80", `listen 127.0.0.1:${plainPort}`);
    replace("listen 443", `listen 127.0.0.1:${secured}`);
    replace(`/etc/ssl/${host}`, folder);
    replace("/var/www/partner-account", join(folder, "root"));
    replace("/var/log/nginx", folder);
    replace("/run/nginx.pid", join(folder, "pid"));
    replace("user www-data;", process.getuid?.() === 0 ? "user root;" : "");
    const file = join(folder, "nginx.conf");
    await writeFile(file, text);

    const started = spawn("nginx", ["-c", file, "-e", join(folder, "error.log"), "-g", "daemon off;"], { stdio: "inherit" });
    const nginx = new Nginx(secured, plainPort, started, folder);
    await ready(started, () => request(secured, "/").then(() => true));
    return nginx;
  }

  get address(): string {
    return `https://${host}:${this.port}`;
  }

  request(path: string, options?: RequestOptions): Promise<Reply> {
    return request(this.port, path, options);
  }

  /** Returns the text of the access log. */
  async log(): Promise<string> {
    return readFile(join(this.folder, "access.log"), "utf8");
  }

  async stop(): Promise<void> {
    await end(this.process, "SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function ready(process: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  for (;;) {
    if (process.exitCode !== null) throw new Error(`${process.spawnfile} ended before it was ready`);
    if (await isReady().catch(() => false)) return;
    await new Promise((soon) => setTimeout(soon, 50));
  }
}

async function end(process: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, "exit");
  process.kill(signal);
  await ended;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these tests run by \`cargo xtask test nginx\``);
  return value;
}

interface Fixtures {
  keep: Keep;
}

interface WorkerFixtures {
  /** nginx in front of one server. Tests share both, so they must not change data or stop them. */
  deployed: { nginx: Nginx; upstream: Upstream };
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  deployed: [
    async ({}, use) => {
      const port = await freePort();
      const upstream = await Upstream.start(`https://${host}:${port}`);
      const nginx = await Nginx.start([upstream.port], port);
      await use({ nginx, upstream });
      await nginx.stop();
      await upstream.stop();
    },
    { scope: "worker" },
  ],
  keep: async ({}, use) => {
    const resources: { stop(): Promise<void> }[] = [];
    await use((started) => {
      resources.push(started);
      return started;
    });
    for (const started of resources.reverse()) await started.stop();
  },
});

/**
 * Fixtures for tests with a browser, which resolves the host name to this machine and accepts the self-signed
 * certificate.
 */
export const browserTest = test.extend({
  ignoreHTTPSErrors: true,
  launchOptions: [
    async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${host} 127.0.0.1`] }),
    { scope: "worker" },
  ],
});
