// An invitation from the email until the client is active: a partner invites in one browser, and the invited client
// opens the link from the email in another browser.
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import type { Account } from "./support/account.js";
import { expect, languages, test as base } from "./support/fixture.js";
import { Guard } from "./support/guard.js";
import { InvitationPage } from "./support/invitation.js";
import { MailServer, linkOf, writtenEmails } from "./support/mail.js";
import type { Server, ServerOptions } from "./support/server.js";
import type { Language } from "./support/words.js";

/** The only recipient that the mail server of these tests refuses. */
const nobody = "nobody@company.example";
const test = base.extend<{ mail: MailServer }>({
  mail: async ({}, use) => {
    const mail = await MailServer.start((email) => email !== nobody);
    await use(mail);
    await mail.stop();
  },
});
/**
 * Options of a server that sends emails to the mail server `mail`. Without these options, the server writes emails to
 * files.
 */
const byMail = { own: async ({ mail }: { mail: MailServer }, use: (own: ServerOptions) => Promise<void>) => use({ smtp: mail.port }) };

test.use({ own: {} });

async function invite(account: Account, email: string): Promise<void> {
  await account.openAdd();
  await account.field("email").fill(email);
  await account.field("name").fill("Anna Smith");
  await account.submitAdd();
  await expect(account.message(email)).toBeVisible();
}

/** Waits for an email to this address with a link that is not in `known`, and returns this link. */
async function newLink(server: Server, email: string, known: string[] = []): Promise<string> {
  const links = async () => (await writtenEmails(server, email)).map(linkOf).filter((link) => !known.includes(link));
  await expect.poll(links).toHaveLength(1);
  return (await links())[0];
}

/**
 * Opens a browser context that is not signed in, for an invited client. A guard watches its pages, as in every test.
 */
async function visitor(browser: Browser, baseURL: string, language: Language = "en") {
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const guard = new Guard(context);
  await guard.prepare();
  return { invitation: new InvitationPage(await context.newPage(), language), guard };
}

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language, ...byMail });

    test("the list follows a client from the invitation email to its deletion @phone", async ({ page, account, browser, server, mail }) => {
      const { words } = account;
      const email = "anna@company.example";
      await account.open();
      await invite(account, email);
      await expect.poll(() => mail.to(email)).toHaveLength(1);
      const [message] = mail.to(email);
      const { invitation, guard } = await visitor(browser, server.address, language);
      expect(message.subject).toBe(invitation.words.subject);
      expect(message.text).toContain(invitation.words.means);

      const sent: string[] = [];
      invitation.page.on("request", (request) => sent.push(request.url()));
      await invitation.open(linkOf(message));
      await expect(invitation.page).toHaveURL(invitation.address);
      await expect(invitation.page.getByText(email)).toBeVisible();
      expect((await new AxeBuilder({ page: invitation.page }).analyze()).violations).toEqual([]);
      await expect(invitation.page.getByText(invitation.words.means)).toBeVisible();
      await invitation.confirm();
      expect(sent.filter((url) => url.includes("token"))).toEqual([]);
      guard.verify();

      await account.search(email);
      await account.button(words.refresh).click();
      await expect(account.row(email).getByText(words.active, { exact: true })).toBeAttached();
      await account.choose(email, "block");
      await account.confirm(words.question.block(1), "block");
      await expect(account.message(words.done.block(1))).toBeVisible();
      await account.choose(email, "unblock");
      await account.confirm(words.question.unblock(1), "unblock");
      await expect(account.row(email).getByText(words.active, { exact: true })).toBeAttached();
      await account.choose(email, "delete");
      await account.confirm(words.question.delete(1), "delete");
      await expect(page.getByRole("heading", { name: words.nothingFound })).toBeVisible();
      expect(server.audit("invitation_accepted")).toHaveLength(2);
    });
  });
}

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("invalid links all show the same page @phone", async ({ page, account, server, guard }) => {
      guard.allow(/404/);
      const { words } = account;
      await account.open();
      await invite(account, "used@company.example");
      const used = await newLink(server, "used@company.example");
      await invite(account, "revoked@company.example");
      const revoked = await newLink(server, "revoked@company.example");
      await account.search("revoked@company");
      await account.choose("revoked@company.example", "revoke");
      await account.confirm(words.question.revoke(1), "revoke");
      await expect(account.message(words.done.revoke(1))).toBeVisible();

      const invitation = new InvitationPage(page, language);
      await invitation.open(used);
      await invitation.confirm();
      const pageText = async (link: string) => {
        await page.goto(link);
        await expect(invitation.heading(invitation.words.refused)).toBeVisible();
        await expect(page.getByText(invitation.words.askAgain)).toBeVisible();
        await expect(invitation.button).toBeHidden();
        return page.locator("main").innerText();
      };
      const unknown = await pageText(`${invitation.address}#token=${"A".repeat(43)}`);
      for (const link of [used, revoked]) expect(await pageText(link)).toBe(unknown);
    });
  });
}

test("the client appears in the open list within a minute", async ({ page, account, server, browser }) => {
  await page.clock.install();
  await account.open();
  await invite(account, "anna@company.example");
  await account.search("anna@company");
  await expect(account.row("anna@company.example").getByText(account.words.invited).first()).toBeAttached();
  const { invitation } = await visitor(browser, server.address);
  await invitation.open(await newLink(server, "anna@company.example"));
  await invitation.confirm();
  const active = account.row("anna@company.example").getByText(account.words.active, { exact: true });
  // Advance the clock of the page in small steps, because replies take real time and would time out if the clock ran
  // too fast.
  for (let seconds = 0; seconds < 60 && !(await active.count()); seconds += 5) {
    await page.clock.runFor(5_000);
    await active.waitFor({ state: "attached", timeout: 1_000 }).catch(() => {});
  }
  await expect(active).toBeAttached();
});

test("a hidden list sends no requests", async ({ page, account }) => {
  await page.clock.install();
  await account.open();
  await expect(account.row("alpha")).toBeVisible();
  const reply = page.waitForResponse(/\/invites$/);
  await page.clock.runFor(31_000);
  await (await reply).finished();
  await page.clock.fastForward(10 * 60_000);
  const requests = account.countRequests(/GET .*\/invites$/);
  await page.clock.runFor(120_000);
  expect(requests.count()).toBe(0);
});

test("opening a link a hundred times does not use it up", async ({ page, account, server, request }) => {
  await account.open();
  await invite(account, "anna@company.example");
  const link = await newLink(server, "anna@company.example");
  for (let n = 0; n < 100; n++) expect((await request.get(link)).status()).toBe(200);
  const invitation = new InvitationPage(page);
  for (let n = 0; n < 5; n++) await invitation.open(link);
  await page.reload();
  await expect(invitation.heading(invitation.words.offer)).toBeVisible();
  await invitation.confirm();
  await page.reload();
  await expect(invitation.heading(invitation.words.accepted)).toBeVisible();
});

test("the link works in another language, and the language can be changed on the page @phone", async ({ page, account, server }) => {
  await account.open();
  await invite(account, "anna@company.example");
  const link = await newLink(server, "anna@company.example");
  const russian = new InvitationPage(page, "ru");
  await russian.open(link.replace("/en/", "/ru/"));
  await account.button("Язык и тема").click();
  await account.menuItem("English").click();
  const english = new InvitationPage(page, "en");
  await expect(english.heading(english.words.offer)).toBeVisible();
  await english.confirm();
});

test("many clicks accept the invitation once", async ({ page, account, server }) => {
  await account.open();
  await invite(account, "anna@company.example");
  const sent = account.countRequests(/POST .*\/invitations\/accept/);
  const invitation = new InvitationPage(page);
  await invitation.open(await newLink(server, "anna@company.example"));
  await invitation.button.evaluate((button: HTMLElement) => {
    for (let press = 0; press < 5; press++) button.click();
  });
  await expect(invitation.heading(invitation.words.accepted)).toBeVisible();
  expect(sent.count()).toBe(1);
  await expect(invitation.heading(invitation.words.accepted)).toBeFocused();
});

test("a lost reply is recovered after a reload", async ({ page, account, server, guard }) => {
  guard.allow(/ERR_FAILED|404/);
  await account.open();
  await invite(account, "anna@company.example");
  const invitation = new InvitationPage(page);
  await invitation.open(await newLink(server, "anna@company.example"));
  await page.route("**/invitations/accept", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await invitation.button.click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(invitation.words.mayBeDone);
  await page.unrouteAll();
  // The link works only once, but the reloaded page finds the idempotency key of its first attempt and gets the same
  // reply.
  await page.reload();
  await expect(invitation.heading(invitation.words.accepted)).toBeVisible();
});

test("without a connection the page offers a retry", async ({ page, account, server, guard }) => {
  guard.allow(/ERR_FAILED/);
  await account.open();
  await invite(account, "anna@company.example");
  const link = await newLink(server, "anna@company.example");
  await page.route("**/invitations/lookup", (route) => route.abort(), { times: 1 });
  const invitation = new InvitationPage(page);
  await page.goto(link);
  await account.button(invitation.words.tryAgain).click();
  await expect(invitation.heading(invitation.words.offer)).toBeVisible();
});

test("of two links opened in one tab, the later one counts", async ({ page, account, server, guard }) => {
  guard.allow(/404/);
  await account.open();
  await invite(account, "anna@company.example");
  const link = await newLink(server, "anna@company.example");
  const invitation = new InvitationPage(page);
  await page.goto(`${invitation.address}#token=${"A".repeat(43)}`);
  await expect(invitation.heading(invitation.words.refused)).toBeVisible();
  await page.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
  await expect(invitation.heading(invitation.words.offer)).toBeVisible();
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language, permissions: ["clipboard-read", "clipboard-write"] });

    test("a link is copied for the client, and the link in the email stops working @phone", async ({ page, account, server, guard }) => {
      guard.allow(/404/);
      const dialog = { en: { create: "Create the link", copy: "Copy", copied: "Link copied" }, ru: { create: "Создать ссылку", copy: "Скопировать", copied: "Ссылка скопирована" } }[language];
      await account.open();
      await invite(account, "anna@company.example");
      const emailed = await newLink(server, "anna@company.example");
      await account.search("anna@company");
      await account.choose("anna@company.example", "link");
      await account.button(dialog.create).click();
      await account.button(dialog.copy).click();
      await expect(account.message(dialog.copied)).toBeVisible();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const invitation = new InvitationPage(page, language);
      await page.goto(emailed.replace("/en/", `/${language}/`));
      await expect(invitation.heading(invitation.words.refused)).toBeVisible();
      await invitation.open(copied.replace("/en/", `/${language}/`));
      await invitation.confirm();
    });
  });
}

test.describe("by mail", () => {
  test.use(byMail);

  test("an email that the mail server refuses is marked in the list", async ({ page, account, mail }) => {
    await page.goto(account.address("?status=invited"));
    await invite(account, nobody);
    await expect(account.row(nobody)).toContainText("Email on its way");
    await expect.poll(() => mail.refused).toBe(1);
    await account.button(account.words.refresh).click();
    await expect(account.row(nobody)).toContainText("Email not delivered");
  });
});

test("without a link the page shows instructions", async ({ page, guard: _ }) => {
  const invitation = new InvitationPage(page);
  await page.goto(invitation.address);
  await expect(invitation.heading(invitation.words.noLink)).toBeVisible();
});

test("no site can embed the page, not even the own origin", async ({ page, server, guard }) => {
  guard.allow(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/);
  const framed = (path: string) => `<!doctype html><iframe src="${path}" width="900" height="700"></iframe>`;
  await page.route("**/framing", (route) => route.fulfill({ contentType: "text/html", body: framed("/partner/app/en/no/such/page") }));
  await page.route("**/unframed", (route) => route.fulfill({ contentType: "text/html", body: framed("/partner/app/en/invitation") }));
  await page.goto(`${server.address}/framing`);
  await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toBeVisible();
  const refused = page.waitForEvent("console", (message) => /frame-ancestors 'none'/.test(message.text()));
  await page.goto(`${server.address}/unframed`);
  await refused;
  await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toBeHidden();
});
