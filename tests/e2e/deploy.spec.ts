// A deployment while a tab is open: the old version keeps working, the new one is offered, and no input is lost.
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, languages, test as base } from "./support/fixture.js";

const texts = {
  en: { newer: "A new version of the account is available. Anything you have typed is kept.", load: "Reload" },
  ru: { newer: "Вышла новая версия кабинета. Все, что вы ввели, сохранится.", load: "Обновить страницу" },
};

/** A copy of the bundle into which the test deploys new versions. */
class Deployment {
  constructor(readonly folder: string) {}

  /** Deploys another version. It writes assets before the page, so that the page never refers to missing files. */
  async deploy(keepOld: boolean): Promise<void> {
    const assets = join(this.folder, "assets");
    const old = await readdir(assets);
    const page = join(this.folder, "index.html");
    const code = old.filter((name) => /^(partner-account|split_|chunk_).*\.(js|wasm)$/.test(name));
    const other = (name: string) => name.replace(/-[0-9a-f]{16}\./, "-ffffffffffffffff.");
    const renamed = (text: string) => code.reduce((text, name) => text.replaceAll(name, other(name)), text);
    for (const name of code) {
      if (name.endsWith(".js")) await writeFile(join(assets, other(name)), renamed(await readFile(join(assets, name), "utf8")));
      else await cp(join(assets, name), join(assets, other(name)));
    }
    // Remove the digests from the page, because they do not match the renamed scripts. Also remove the compressed
    // copies of the page, because they are outdated.
    const text = renamed(await readFile(page, "utf8")).replaceAll(/ integrity="[^"]*"/g, "");
    for (const extension of [".br", ".gz"]) await rm(`${page}${extension}`, { force: true });
    await writeFile(`${page}.new`, text);
    await rename(`${page}.new`, page);
    const isShared = (name: string) => /^(boot|app|later)-/.test(name);
    if (!keepOld) for (const name of old.filter((name) => !isShared(name))) await rm(join(assets, name));
  }
}

const test = base.extend<{ deployment: Deployment }>({
  deployment: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "bundle-"));
    await cp(process.env.PARTNER_BUNDLE!, folder, { recursive: true });
    await use(new Deployment(folder));
    await rm(folder, { recursive: true, force: true });
  },
  own: async ({ deployment }, use) => use({ bundle: deployment.folder }),
});

/** Makes the app check for a new version now. Without this call, a visible page checks every ten minutes. */
const look = (page: Page) => page.evaluate(() => (window as unknown as { partnerLook: () => Promise<void> }).partnerLook());

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });
    const words = texts[language];

    test("the new version is offered, and loading it keeps the input @phone", async ({ page, account, deployment }) => {
      await account.open();
      await account.openAdd();
      await account.field("email").fill("draft@company.example");
      await account.button(account.words.cancel).click();
      await look(page);
      await expect(account.message(words.newer)).toBeHidden();
      await deployment.deploy(true);
      await look(page);
      await look(page);
      await expect(account.message(words.newer)).toHaveCount(1);
      await expect(account.row("alpha")).toBeVisible();

      await account.message(words.newer).getByRole("button", { name: words.load }).click();
      await expect(page.locator("script[data-js]")).toHaveAttribute("data-js", /-ffffffffffffffff\.js$/);
      await expect(account.row("alpha")).toBeVisible();
      await look(page);
      await expect(account.message(words.newer)).toBeHidden();
      await account.openAdd();
      await expect(account.field("email")).toHaveValue("draft@company.example");
    });
  });
}

test("an open tab notices the new version within minutes", async ({ page, account, deployment }) => {
  await page.clock.install();
  await account.open();
  await deployment.deploy(true);
  await page.clock.fastForward("11:30");
  await expect(account.message(texts.en.newer)).toBeVisible();
});

test("a tab of the old version can still load its lazy chunks", async ({ page, account, deployment }) => {
  await account.open();
  await deployment.deploy(true);
  await account.row("alpha").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: /alpha/ })).toBeVisible();
});

test("without the old version's files, the failure is shown, the new version is offered, and the page does not reload by itself", async ({ page, account, deployment, guard }) => {
  guard.allow(/404|Failed to fetch|split_|HTTP status code is not ok/);
  // Abort the prefetch of the balance page, so that the app has to download this lazy chunk after the deployment.
  await page.route(/split_balance/, (route) => route.abort(), { times: 1 });
  await account.open();
  await account.openAdd();
  await account.field("email").fill("draft@company.example");
  await account.button(account.words.cancel).click();
  await deployment.deploy(false);
  let loads = 0;
  page.on("domcontentloaded", () => loads++);
  await account.row("alpha").getByRole("link").first().click();
  await expect(page.getByRole("main").getByText(account.words.chunkFailed)).toBeVisible();
  await expect(account.message(texts.en.newer)).toBeVisible();
  for (let time = 0; time < 3; time++) await look(page);
  expect(loads).toBe(0);
  await account.message(texts.en.newer).getByRole("button", { name: texts.en.load }).click();
  await expect(page.getByRole("heading", { level: 1, name: /alpha/ })).toBeVisible();
});
