// The page gets the expected score of Mozilla's HTTP Observatory, both behind nginx and from the server itself.
import { expect } from "@playwright/test";
import { score } from "./observatory.js";
import { request, test } from "./support.js";

for (const path of ["/partner/app/", "/partner/app/ru/clients/", "/partner/app/en/contact", "/partner/app/en/invitation"]) {
  test(`the Observatory score is 155, without deductions: ${path}`, async ({ deployed: { nginx, upstream } }) => {
    const redirect = (await request(nginx.plainPort, path, { isPlain: true })).headers.location;
    for (const { headers, text: html } of [await nginx.request(path), await request(upstream.port, path, { isPlain: true })]) {
      const { points, items } = score({ headers, html, redirect });
      expect(items).toEqual({ policy: 10, framing: 5, referrer: 5, integrity: 5, resources: 10, embedding: 10, opening: 10 });
      expect(points).toBe(155);
    }
  });
}

test("missing headers cost points, and bonus points are not added", async ({ deployed: { nginx } }) => {
  const { headers, text: html } = await nginx.request("/partner/app/");
  const page = { headers, html, redirect: "https://partner.example/" };
  const without = (name: string, value?: string) => score({ ...page, headers: { ...headers, [name]: value } }).points;
  const policy = String(headers["content-security-policy"]);
  expect(without("content-security-policy")).toBe(55); // The page also loses the points for `frame-ancestors`.
  expect(without("content-security-policy", policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"))).toBe(80);
  expect(without("content-security-policy", policy.replace("'wasm-unsafe-eval'", "'unsafe-eval'"))).toBe(135);
  expect(without("strict-transport-security")).toBe(80);
  expect(without("strict-transport-security", "max-age=3600")).toBe(145);
  expect(without("x-content-type-options")).toBe(150);
  expect(without("cross-origin-opener-policy")).toBe(145);
  expect(score({ ...page, redirect: undefined }).points).toBe(80);
  expect(score({ ...page, html: html.replaceAll(/ integrity="[^"]*"/g, "") }).points).toBe(150);
  const cookie = (text: string) => score({ ...page, headers: { ...headers, "set-cookie": [text] } }).points;
  expect([cookie("sid=a; Secure; HttpOnly; SameSite=Strict"), cookie("sid=a; Secure"), cookie("sid=a")]).toEqual([160, 70, 60]);
  const sharing = { "access-control-allow-origin": "https://evil.example", "access-control-allow-credentials": "true" };
  expect(score({ ...page, headers: { ...headers, ...sharing } }).points).toBe(50);
});
