// If an attacker injects a script into the page, the script must not be able to read credentials.
import { expect, test } from "./support/fixture.js";

test.use({ own: {} });

test("no script can read the session credentials from any browser storage", async ({ page, context, account, server }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("half.typed@company.example");
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain("half.typed");

  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: "sid", httpOnly: true, sameSite: "Strict", path: "/" });
  const csrf: string = (await (await context.request.get(`${server.address}/api/v1/auth/session`)).json()).csrf_token;
  expect(csrf.length).toBeGreaterThan(20);

  const stored = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map((it) => it.name);
    const caches = await window.caches.keys();
    const workers = (await navigator.serviceWorker.getRegistrations()).length;
    const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, name, history.state]);
    return { databases, caches, workers, cookie: document.cookie, text: stored + document.documentElement.outerHTML + location.href };
  });
  expect(stored).toMatchObject({ databases: [], caches: [], workers: 0, cookie: "" });
  for (const secret of [cookie!.value, csrf, "demo-partner-2026"]) expect(stored.text).not.toContain(secret);
});
