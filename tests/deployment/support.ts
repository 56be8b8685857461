// nginx as it is deployed: deploy/nginx.conf with other ports and folders, in front of real servers or made-up ones.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingHttpHeaders, request as plain } from "node:http";
import { request as secure } from "node:https";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, type Server as Listener, type Socket, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base } from "@playwright/test";

/** The host of deploy/nginx.conf. */
export const host = "partner.example";

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** Another host than ours, in TLS and in the request. */
  host?: string;
  isPlain?: boolean;
}

/** One request on a connection of its own, its path sent as it is written. */
export function ask(port: number, path: string, { method = "GET", headers = {}, body, host: name = host, isPlain }: Ask = {}): Promise<Reply> {
  return new Promise((answered, failed) => {
    const options = { host: "127.0.0.1", port, path, method, headers: { host: `${name}:${port}`, ...headers }, agent: false };
    const receive = (reply: import("node:http").IncomingMessage) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk) => chunks.push(chunk));
      reply.on("error", failed);
      reply.on("end", () => answered({ status: reply.statusCode!, headers: reply.headers, text: Buffer.concat(chunks).toString() }));
    };
    // The certificate was made a moment ago, for this run.
    const sent = isPlain ? plain(options, receive) : secure({ ...options, servername: name, rejectUnauthorized: false }, receive);
    sent.on("error", failed);
    sent.end(body);
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  return port;
}

/** Makes something that must come to an end in any case. */
export type Keep = <T extends { stop(): Promise<void> }>(started: T) => T;

/** A `partner-server` behind a proxy. */
export class Upstream {
  private constructor(
    readonly port: number,
    private readonly process: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(publicUrl: string): Promise<Upstream> {
    const [port, data] = [await freePort(), await mkdtemp(join(tmpdir(), "upstream-"))];
    const args = ["serve", "--listen", `127.0.0.1:${port}`, "--data", data, "--bundle", setting("PARTNER_BUNDLE"), "--demo", "--demo-months", "0"];
    const process = spawn(setting("PARTNER_SERVER"), [...args, "--behind-proxy", "--public-url", publicUrl], { stdio: "ignore" });
    const upstream = new Upstream(port, process, data);
    await ready(process, () => ask(port, "/readyz", { isPlain: true }).then((reply) => reply.status === 200));
    return upstream;
  }

  /** Ends it as a power failure does. */
  async stop(): Promise<void> {
    await end(this.process, "SIGKILL");
    await rm(this.data, { recursive: true, force: true });
  }
}

/** A server that takes every request, and dies of it: its connections are reset before there is a reply. */
export class Dying {
  /** Methods of the requests that it got. */
  readonly got: string[] = [];
  private constructor(private readonly listener: Listener) {}

  static async start(): Promise<Dying> {
    const listener = createServer((socket: Socket) => {
      socket.on("error", () => {});
      socket.once("data", (data) => {
        dying.got.push(data.toString().split(" ")[0]!);
        socket.resetAndDestroy();
      });
    });
    const dying = new Dying(listener);
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    return dying;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.listener.close();
  }
}

/** nginx, from deploy/nginx.conf. */
export class Nginx {
  private constructor(
    readonly port: number,
    readonly plainPort: number,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts it in front of these ports. `port` is where it listens, for servers that have to know before. */
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
    // Everything else is tested as it stands. What is not found is an error: the file has changed.
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
    await ready(started, () => ask(secured, "/").then(() => true));
    return nginx;
  }

  get address(): string {
    return `https://${host}:${this.port}`;
  }

  ask(path: string, options?: Ask): Promise<Reply> {
    return ask(this.port, path, options);
  }

  /** What it has logged of requests. */
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
  /** Ends what is started when the test has ended. */
  keep: Keep;
}

interface WorkerFixtures {
  /** nginx in front of one server, for tests that only look. */
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
    const kept: { stop(): Promise<void> }[] = [];
    await use((started) => {
      kept.push(started);
      return started;
    });
    for (const started of kept.reverse()) await started.stop();
  },
});
