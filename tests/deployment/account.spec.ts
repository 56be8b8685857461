// The app works in a browser if nginx serves it over HTTPS.
import { expect } from "@playwright/test";
import { Account } from "../e2e/support/account.js";
import { browserTest } from "./support.js";

const test = browserTest.extend({
  baseURL: async ({ deployed: { nginx } }, use) => use(nginx.address),
});

test("a partner signs in, sees the clients and signs out, without policy violations", async ({ page, context, deployed: { nginx } }) => {
  const account = new Account(page);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  await page.goto(account.address());
  await account.signIn();
  await expect(account.row("alpha")).toBeVisible();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: "sid", secure: true, httpOnly: true, sameSite: "Strict" });
  expect(await page.evaluate(() => [isSecureContext, crossOriginIsolated])).toEqual([true, true]);
  await page.reload();
  await expect(account.row("alpha")).toBeVisible();
  await account.signOut();
  await expect(page.getByLabel(account.words.password)).toBeVisible();
  expect(complaints).toEqual([]);
  expect(await nginx.log()).toContain('"status":200');
});
