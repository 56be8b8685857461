// Behind nginx, the API has the expected headers, limits and errors. After a server failure, nginx sends reads to
// another server.
import { Agent } from "node:https";
import { expect } from "@playwright/test";
import { freePort } from "../e2e/support/ports.js";
import { CrashingServer, Nginx, Upstream, host, test } from "./support.js";

const json = { "content-type": "application/json" };
const wrong = JSON.stringify({ email: "nobody@partner.example", password: "not the right one" });
const session = "/api/v1/auth/session";
const signIn = "/api/v1/auth/signin";

test("the API has the server's responses, with each header once", async ({ deployed: { nginx } }) => {
  const reply = await nginx.request(session, { headers: { "x-req-id": "from-a-browser" } });
  expect([reply.status, reply.text]).toEqual([200, "null"]);
  expect(reply.headers).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "content-type": "application/json",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-req-id": "from-a-browser",
  });
  const signedIn = await nginx.request(signIn, { method: "POST", headers: json, body: JSON.stringify({ email: "demo@partner.example", password: "demo-partner-2026" }) });
  expect(signedIn.status, signedIn.text).toBe(200);
  expect(signedIn.headers["set-cookie"]).toEqual([expect.stringMatching(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/)]);
});

test("forged forwarding headers do not bypass the rate limit", async ({ keep }) => {
  const port = await freePort();
  const upstream = keep(await Upstream.start(`https://${host}:${port}`));
  const nginx = keep(await Nginx.start([upstream.port], port));
  const statuses: number[] = [];
  for (let number = 1; number <= 12; number++) {
    const address = `203.0.113.${number}`;
    const forged: Record<string, string | string[]> = [
      { "x-forwarded-for": address },
      { "x-forwarded-for": [address, `198.51.100.${number}`] },
      { "x-forwarded-for": `${address}, 127.0.0.1, 198.51.100.${number}` },
      { forwarded: `for=${address}`, "x-real-ip": address, "true-client-ip": address, "cf-connecting-ip": address },
    ][number % 4]!;
    statuses.push((await nginx.request(signIn, { method: "POST", headers: { ...json, ...forged }, body: wrong })).status);
  }
  expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);
});

test("a body that is too large gets a JSON error", async ({ deployed: { nginx } }) => {
  const body = JSON.stringify({ email: "x".repeat(300_000), password: "x" });
  const reply = await nginx.request(signIn, { method: "POST", headers: json, body });
  expect([reply.status, reply.headers["content-type"], JSON.parse(reply.text).code]).toEqual([413, "application/problem+json", "too_large"]);
  expect(reply.headers["cache-control"]).toBe("no-store");
  const header = await nginx.request(session, { headers: { "x-long": "x".repeat(20_000) } });
  expect(header.status).toBe(400);
  expect(header.text).not.toContain("nginx/");
});

test("too many requests from one address get a JSON error", async ({ keep }) => {
  const dead = await freePort();
  const nginx = keep(await Nginx.start([dead]));
  const replies = await Promise.all(Array.from({ length: 400 }, () => nginx.request(session).catch(() => null)));
  const refused = replies.find((reply) => reply?.status === 429);
  expect(refused?.headers).toMatchObject({ "retry-after": "1", "content-type": "application/problem+json", "cache-control": "no-store", "strict-transport-security": expect.stringContaining("max-age") });
  expect(JSON.parse(refused!.text).code).toBe("too_many_requests");
});

test("an unreachable server gets a JSON error, not a page", async ({ keep }) => {
  const nginx = keep(await Nginx.start([await freePort()]));
  for (const method of ["GET", "POST"]) {
    const reply = await nginx.request(session, { method, headers: json, body: method === "POST" ? "{}" : undefined });
    expect([reply.status, reply.headers["content-type"], JSON.parse(reply.text).code], method).toEqual([502, "application/problem+json", "unavailable"]);
    expect(reply.headers["cache-control"]).toBe("no-store");
  }
  expect((await nginx.request("/partner/app/")).status, "static files are still served").toBe(200);
});

test("after a server failure a read is sent to another server, and a change is not", async ({ keep }) => {
  for (const [method, tries] of [["GET", 2], ["HEAD", 2], ["POST", 1], ["PUT", 1], ["DELETE", 1]] as const) {
    const crashing = [keep(await CrashingServer.start()), keep(await CrashingServer.start())];
    const nginx = keep(await Nginx.start(crashing.map((server) => server.port)));
    const reply = await nginx.request("/api/v1/anything", { method, headers: json, body: method === "GET" || method === "HEAD" ? undefined : "{}" });
    expect(reply.status, method).toBe(502);
    expect(crashing.flatMap((server) => server.received), method).toEqual(Array(tries).fill(method));
  }
});

test("a dead server gets one request, not one from each of nginx's workers", async ({ keep }) => {
  const port = await freePort();
  const [crashing, upstream] = [keep(await CrashingServer.start()), keep(await Upstream.start(`https://${host}:${port}`))];
  const nginx = keep(await Nginx.start([crashing.port, upstream.port], port));
  const agents = Array.from({ length: 16 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  // Open 16 connections at the same time, so that nginx distributes them among its workers. Later requests on a
  // connection go to the same worker.
  await Promise.all(agents.map((agent) => nginx.request("/partner/app/", { agent })));
  for (const agent of agents) for (let time = 0; time < 2; time++) await nginx.request(session, { method: "POST", agent });
  for (const agent of agents) agent.destroy();
  expect(crashing.received).toEqual(["POST"]);
});

test("of two servers, one is killed, and no read fails", async ({ keep }) => {
  const port = await freePort();
  const upstreams = [keep(await Upstream.start(`https://${host}:${port}`)), keep(await Upstream.start(`https://${host}:${port}`))];
  const nginx = keep(await Nginx.start(upstreams.map((upstream) => upstream.port), port));
  const read = async (count: number) => {
    for (let number = 0; number < count; number++) expect((await nginx.request(session)).status).toBe(200);
  };
  await read(20);
  const reading = read(100);
  await upstreams[0]!.stop();
  await reading;
  await read(20);
});

test("the log has a line for each request, without paths, addresses and secrets", async ({ deployed: { nginx } }) => {
  const id = crypto.randomUUID();
  await nginx.request("/api/v1/partners/mcs4400000001/clients/?limit=7", { headers: { "x-req-id": id, cookie: "sid=a-secret" } });
  await expect.poll(() => nginx.log()).toContain(id);
  const log = await nginx.log();
  const line = JSON.parse(log.split("\n").find((line) => line.includes(id))!);
  expect(line).toMatchObject({ method: "GET", status: 401, request: id });
  for (const word of ["mcs44", "limit=7", "a-secret", "127.0.0.1", "partner/app"]) expect(log, word).not.toContain(word);
});
