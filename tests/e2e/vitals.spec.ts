// Web vitals: the app measures them only if config.json enables this, and reports no personal data.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixture.js";
import { panic } from "./support/panic.js";
import type { Server } from "./support/server.js";

const on = { vitals_url: "/api/v1/vitals" };

test.use({ own: { metrics: true } });

/** Collects the paths of requests for the script that measures web vitals, and of its reports. */
function watch(page: Page): string[] {
  const requested: string[] = [];
  page.on("request", (request) => request.url().includes("vitals") && requested.push(new URL(request.url()).pathname));
  return requested;
}

/** Leaves the page. The page becomes hidden, and that is when the app sends its report. */
async function leave(page: Page): Promise<void> {
  await page.goto("about:blank");
}

/** Returns the names and values of the metrics that the server counted from reports of pages. */
async function reported(server: Server): Promise<[string, number][]> {
  return [...await server.metrics()].filter(([name]) => name.startsWith("partner_page_"));
}

/** Replaces `navigator.sendBeacon`, so that reports are recorded instead of sent. */
async function record(page: Page): Promise<{ hide: () => Promise<void>; sent: () => Promise<{ address: string; type: string; body: Record<string, unknown> }[]> }> {
  await page.addInitScript(() => {
    const beacons: [string, Blob][] = [];
    Object.assign(window, { beacons });
    Navigator.prototype.sendBeacon = (address, body) => beacons.push([String(address), body as Blob]) > 0;
  });
  return {
    hide: () => page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      Reflect.deleteProperty(document, "visibilityState");
    }),
    sent: () => page.evaluate(() => {
      const { beacons } = window as unknown as { beacons: [string, Blob][] };
      return Promise.all(beacons.map(async ([address, blob]) => ({ address, type: blob.type, body: JSON.parse(await blob.text()) })));
    }),
  };
}

test("without vitals_url nothing is loaded, measured or sent", async ({ page, account, server }) => {
  const requested = watch(page);
  await account.open();
  await account.filter("blocked").click();
  await page.waitForLoadState("networkidle");
  await leave(page);
  await account.open();
  expect(requested).toEqual([]);
  expect(await reported(server)).toEqual([]);
});

test("leaving a page sends its figures once, and they appear in the metrics", async ({ page, account, server }) => {
  await server.configure(on);
  const script = page.waitForResponse(/\/vitals\.js$/);
  await account.open();
  expect((await script).status()).toBe(200);
  await page.waitForLoadState("networkidle");
  await account.filter("blocked").click();
  await expect(account.row("alpha")).toBeHidden();
  await leave(page);
  const labels = (measure: string) => `{measure="${measure}",page="clients"}`;
  await expect.poll(async () => (await server.metrics()).get(`partner_page_seconds_count${labels("boot")}`)).toBe(1);
  const counted = await server.metrics();
  for (const measure of ["ttfb", "fcp", "lcp", "inp", "boot"]) {
    expect(counted.get(`partner_page_seconds_count${labels(measure)}`), measure).toBe(1);
    const seconds = counted.get(`partner_page_seconds_sum${labels(measure)}`);
    expect(seconds, measure).toBeGreaterThanOrEqual(0);
    expect(seconds, measure).toBeLessThan(60);
  }
  const seconds = (measure: string) => counted.get(`partner_page_seconds_sum${labels(measure)}`)!;
  expect(seconds("boot")).toBeGreaterThan(seconds("ttfb"));
  expect(seconds("lcp")).toBeGreaterThanOrEqual(seconds("fcp"));
  expect(counted.get(`partner_page_layout_shift_count{page="clients"}`)).toBe(1);
  expect(counted.get(`partner_page_layout_shift_sum{page="clients"}`)).toBeLessThan(0.25);
  expect([...counted.keys()].filter((name) => name.startsWith("partner_page_failures_total"))).toEqual([]);
  expect(counted.get(`partner_request_seconds_count{method="POST",route="/api/v1/vitals",status="204"}`)).toBe(1);
});

for (const [setting, property, value] of [["Do Not Track", "doNotTrack", "1"], ["Global Privacy Control", "globalPrivacyControl", true]] as const) {
  test(`users with ${setting} are not measured`, async ({ page, account, server }) => {
    await server.configure(on);
    await page.addInitScript(([property, value]) => Object.defineProperty(Navigator.prototype, property, { get: () => value }), [property, value] as const);
    const requested = watch(page);
    await account.open();
    await page.waitForLoadState("networkidle");
    await leave(page);
    await account.open();
    expect(requested).toEqual([]);
    expect(await reported(server)).toEqual([]);
  });
}

test("crashes and start failures are counted when the page is left", async ({ page, account, server, guard }) => {
  guard.allow(/unreachable|RuntimeError|The account has stopped|\.wasm/);
  await server.configure(on);
  const failures = async (kind: string) => (await server.metrics()).get(`partner_page_failures_total{kind="${kind}"}`);
  await account.open();
  await page.waitForLoadState("networkidle");
  await panic(page);
  await page.getByRole("alertdialog", { name: "Something went wrong" }).getByRole("button").click();
  await expect.poll(() => failures("panic")).toBe(1);

  const script = page.waitForResponse(/\/vitals\.js$/);
  await page.route(/partner-account_bg-\w+\.wasm$/, (route) => route.abort());
  await page.goto(account.address());
  await script;
  await expect(page.getByRole("alertdialog", { name: "The account could not start" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await leave(page);
  await expect.poll(() => failures("start")).toBe(1);
  expect(await failures("panic")).toBe(1);
});

test("figures are sent once, a later failure separately, and neither with personal data @core", async ({ page, account, server, guard }) => {
  guard.allow(/unreachable|RuntimeError|The account has stopped/);
  await server.configure(on);
  const { hide, sent } = await record(page);
  await account.open("?q=alpha");
  await page.waitForLoadState("networkidle");
  await hide();
  await hide();
  await panic(page);
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await hide();
  await hide();
  const [first, second, ...more] = await sent();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ address: "/api/v1/vitals", type: "application/json", body: { page: "clients" } });
  const { page: _, ...figures } = first!.body;
  expect(Object.keys(figures)).toEqual(expect.arrayContaining(["boot_ms", "fcp_ms", "ttfb_ms"]));
  for (const [name, value] of Object.entries(figures)) expect(typeof value, name).toBe("number");
  expect(second!.body).toEqual({ page: "clients", failure: "panic" });
});

test("the report contains the kind of page, but no client", async ({ page, server, guard }) => {
  guard.allow(/404[^]*invitations\/lookup/);
  await server.configure(on);
  const { hide, sent } = await record(page);
  const kinds = {
    "clients/": "clients",
    "clients/mcs4410000001/balance": "balance",
    "clients/mcs4410000001/balance/expenses?from=2026-01-01": "balance",
    contact: "contact",
    "invitation#token=secret": "invitation",
    nowhere: "other",
    "clients/mcs4410000001": "other",
  };
  for (const [path, kind] of Object.entries(kinds)) {
    // Leave the page first, because a navigation that changes only the fragment of the URL would not reload the page.
    await leave(page);
    await page.goto(`/partner/app/en/${path}`);
    await expect(page.locator("h1:not(.visually-hidden)").first()).toBeVisible();
    await expect.poll(async () => { await hide(); return (await sent()).length; }, path).toBe(1);
    expect((await sent())[0]!.body.page, path).toBe(kind);
  }
});

test.describe("signed out", () => {
  test.use({ isSignedIn: false });

  test("the sign-in page counts as sign-in, whatever page follows", async ({ page, account, server }) => {
    await server.configure(on);
    const { hide, sent } = await record(page);
    const script = page.waitForResponse(/\/vitals\.js$/);
    await page.goto(account.address());
    await script;
    await page.getByRole("textbox", { name: "Email" }).fill("demo@partner.example");
    await page.locator("input[type=password]").fill("demo-partner-2026");
    await page.keyboard.press("Enter");
    await expect(account.row("alpha")).toBeVisible();
    await hide();
    expect((await sent()).map(({ body }) => body.page)).toEqual(["sign_in"]);
  });
});
