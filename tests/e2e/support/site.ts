// A site that embeds the app: serves the example pages of docs/embedding from another origin.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type Server as HttpServer, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../docs/embedding");
const types: Record<string, string> = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript" };

export class Site {
  private constructor(private readonly http: HttpServer) {}

  /**
   * Starts the site. `account` returns the app's origin, which the example pages and their content security policy
   * contain.
   */
  static async start(account: () => string): Promise<Site> {
    const http = createServer(async (request, reply) => {
      const name = new URL(request.url ?? "/", "http://site").pathname.slice(1);
      const text = /^[a-z]+\.(html|css|js)$/.test(name) ? await readFile(join(folder, name), "utf8").catch(() => null) : null;
      // Answer all other requests, such as those for a favicon, without content.
      if (text === null) return reply.writeHead(204).end();
      // Send a strict content security policy, because embedding must work on sites that forbid inline scripts and
      // styles.
      const policy = `default-src 'self'; script-src 'self' ${account()}; frame-src ${account()}`;
      reply.writeHead(200, { "content-type": types[name.split(".").at(-1)!]!, "content-security-policy": policy });
      reply.end(text.replaceAll("http://127.0.0.1:8080", account()));
    });
    http.listen(0);
    await once(http, "listening");
    return new Site(http);
  }

  /**
   * URL of the embedding site on the host of the app. Browsers treat both as the same site, so frames get the app's
   * cookies.
   */
  get sameSite(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** URL of the embedding site on another host, so that browsers treat the frame as third-party content. */
  get crossSite(): string {
    return `http://localhost:${this.port}`;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    this.http.close();
  }

  private get port(): number {
    return (this.http.address() as AddressInfo).port;
  }
}
