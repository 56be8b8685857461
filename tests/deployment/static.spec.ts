// nginx serves static files with the same headers as the server.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Reply, request, host, test } from "./support.js";

const assets = readdirSync(join(process.env.PARTNER_BUNDLE ?? "dist", "assets"));
const asset = (pattern: RegExp) => `/partner/app/assets/${assets.find((name) => pattern.test(name))}`;

/**
 * Headers that may differ between nginx and the server, such as validators for caching, connection headers and request
 * ids.
 */
const own = ["server", "accept-ranges", "vary", "date", "etag", "last-modified", "connection", "keep-alive", "transfer-encoding", "content-length", "x-req-id", "traceparent"];

function comparable({ status, headers }: Reply): Record<string, unknown> {
  // Ignore the content type of redirects, because nginx adds a body to them.
  const compared = Object.entries(headers).filter(([name]) => !own.includes(name) && !(status === 307 && name === "content-type"));
  return { status, ...Object.fromEntries(compared) };
}

const pages = ["", "en/clients", "en/clients/", "ru/clients/?q=a.b", "ru/clients/mcs1/balance/detail", "en/contact", "no/such/page/", "index.html", "assets", ".git/HEAD"];
const invitations = ["en/invitation", "ru/invitation/", "ru/invitation?x=1", "en//invitation"];
const files = ["config.json", "favicon.svg", "manifest.webmanifest", "icon-192.png", "embed.js", "framed.js", "vitals.js"];
const none = ["nothing.js", "assets/nothing.js", "assets/nothing", "assets/", "assets/../nothing.json", "x.y/", "index.html.map", ".env", "Cargo.toml", "en/%2e%2e/Cargo.toml"];

for (const encoding of ["identity", "gzip", "br", "gzip, deflate, br, zstd"]) {
  test(`nginx sends the server's headers for every kind of file: ${encoding}`, async ({ deployed: { nginx, upstream } }) => {
    const named = [asset(/^boot-.*\.js$/), asset(/_bg-.*\.wasm$/), asset(/^app-.*\.css$/), asset(/^boot-.*\.js\.br$/)];
    const paths = [...pages, ...invitations, ...files, ...none].map((path) => `/partner/app/${path}`);
    for (const path of [...paths, ...named, "/", "/partner/app", "/partner/app?a=b"]) {
      for (const method of ["GET", "HEAD"]) {
        const headers = { "accept-encoding": encoding };
        const [served, expected] = [await nginx.request(path, { method, headers }), await request(upstream.port, path, { method, headers, isPlain: true })];
        expect(comparable(served), `${method} ${path}`).toEqual(comparable(expected));
        if (served.status !== 307) expect(served.text, `${method} ${path}`).toBe(expected.text);
      }
    }
  });
}

test("deep links show the page, and missing files are 404", async ({ deployed: { nginx } }) => {
  for (const path of [...pages, ...invitations]) {
    const reply = await nginx.request(`/partner/app/${path}`);
    expect(reply.status, path).toBe(200);
    expect(reply.text, path).toContain('<div id="app">');
    expect(reply.headers["content-type"], path).toBe("text/html; charset=utf-8");
    expect([reply.headers["cache-control"], reply.headers.vary], path).toEqual(["no-cache", "Accept-Encoding"]);
    const framedBy = invitations.includes(path) ? "'none'" : "'self'";
    expect(reply.headers["content-security-policy"], path).toContain(`; frame-ancestors ${framedBy}`);
  }
  for (const path of none) {
    const reply = await nginx.request(`/partner/app/${path}`);
    expect([reply.status, reply.text], path).toEqual([404, "File not found\n"]);
    expect(reply.headers["cache-control"], path).toBe("no-cache");
  }
});

test("assets are cached for a year, and compressed if the client accepts it", async ({ deployed: { nginx } }) => {
  for (const [pattern, type] of [[/^boot-.*\.js$/, "text/javascript"], [/_bg-.*\.wasm$/, "application/wasm"], [/^app-.*\.css$/, "text/css"]] as const) {
    const path = asset(pattern);
    const sizes = [];
    for (const [accepted, encoding] of [["identity", undefined], ["gzip", "gzip"], ["gzip, br", "br"]] as const) {
      const reply = await nginx.request(path, { headers: { "accept-encoding": accepted } });
      expect([reply.headers["content-encoding"], reply.headers["content-type"]], path).toEqual([encoding, type]);
      expect(reply.headers["cache-control"]).toBe("public, max-age=31536000, immutable, no-transform");
      expect(reply.headers.vary?.toLowerCase()).toBe("accept-encoding");
      sizes.push(Number(reply.headers["content-length"]));
    }
    expect(sizes, path).toEqual([...sizes].sort((a, b) => b - a));
  }
  const page = await nginx.request("/partner/app/");
  const again = await nginx.request("/partner/app/", { headers: { "if-none-match": page.headers.etag! } });
  expect([again.status, again.text]).toEqual([304, ""]);
  expect(again.headers["content-security-policy"]).toBe(page.headers["content-security-policy"]);
});

test("other paths are 404, and no header names the server software", async ({ deployed: { nginx } }) => {
  const elsewhere = ["/healthz", "/readyz", "/metrics", "/.git/HEAD", "/Cargo.toml", "/index.html", "/partner/", "/api", "/public", "/partner/app/../../etc/passwd", "/partner/app/%2e%2e/%2e%2e/etc/passwd"];
  for (const path of elsewhere) {
    const reply = await nginx.request(path);
    expect([400, 404], path).toContain(reply.status);
    expect(reply.text, path).not.toMatch(/nginx\/|root:/);
    expect(reply.headers.server, path).toBe("nginx");
    expect(reply.headers["content-security-policy"], path).toMatch(/^default-src 'none'/);
  }
  for (const method of ["TRACE", "POST", "PUT", "DELETE"]) expect((await nginx.request("/partner/app/", { method })).status, method).toBe(405);
});

test("plain HTTP redirects to HTTPS without cookies, and other hosts get no response", async ({ deployed: { nginx } }) => {
  const reply = await request(nginx.plainPort, "/partner/app/en/clients?q=a", { isPlain: true });
  expect([reply.status, reply.headers.location]).toEqual([308, `https://${host}/partner/app/en/clients?q=a`]);
  expect(reply.headers["set-cookie"]).toBeUndefined();
  await expect(request(nginx.plainPort, "/", { isPlain: true, host: "evil.example" })).rejects.toThrow();
  await expect(nginx.request("/partner/app/", { host: "evil.example" })).rejects.toThrow();
  // nginx must also refuse a wrong Host header if the host name in the TLS handshake is correct.
  await expect(nginx.request("/partner/app/", { headers: { host: "evil.example" } })).rejects.toThrow();
});
