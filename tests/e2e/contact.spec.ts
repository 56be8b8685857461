// *Contact sales*: a visitor sends a request, and failures do not lose the input.
import { Contact, anna } from "./support/contact.js";
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

const post = "**/api/v1/contact-requests";

test.use({ isSignedIn: false });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language, own: {} });

    test("a visitor sends a request and learns what happens next @core @phone", async ({ page, account, server }) => {
      const contact = new Contact(account);
      const { words } = contact;
      await page.goto(account.address());
      await expect(page.getByText(words.notYet)).toBeVisible();
      await page.getByRole("link", { name: words.title }).click();
      await expect(page).toHaveTitle(new RegExp(words.title));
      await expect(page.getByRole("link", { name: words.consent })).toHaveAttribute("href", /^https:/);
      await contact.fill(anna);
      await contact.button.click();
      const number = await contact.number();
      await expect(page.getByRole("heading", { name: words.sent })).toBeFocused();
      await expect(page.getByRole("listitem")).toHaveText(words.next);
      await expect(page.getByRole("link", { name: "support@partner.example" })).toHaveAttribute("href", "mailto:support@partner.example");
      await expect(page.getByText(words.copySent(anna.email))).toBeVisible();

      expect(server.contactRequests()).toMatchObject([
        { reference: number, ...anna, phone: "+79261234567", locale: language, partner: null, overdue: false },
      ]);
      await expect.poll(async () => (await server.emails()).length).toBe(2);
      const emails = await server.emails();
      expect(emails.filter((email) => email.includes("To: sales@partner.example"))).toHaveLength(1);
      expect(emails.filter((email) => email.includes(`To: ${anna.email}`))).toHaveLength(1);
      expect(server.undelivered()).toEqual([]);
    });

    test("problems are listed above the form with links, and shown at their fields @phone", async ({ account, server }) => {
      const contact = new Contact(account);
      const { words } = contact;
      await contact.open();
      await contact.button.click();
      await expect(contact.summary).toBeFocused();
      await expect(contact.summary.getByRole("link")).toHaveText([words.needsName, account.words.needsEmail, words.needsPhone, words.needsCompany]);

      const max = language === "ru" ? ["255", "4 000"] : ["255", "4,000"];
      await contact.fill({ name: "over\u202eride", email: "anna", phone: "call me", company: "x".repeat(256), message: "x".repeat(4001) });
      await contact.button.click();
      const problems = [words.invisible, account.words.noEmail, account.words.noPhone, words.tooLong(max[0]!), words.tooLong(max[1]!)];
      await expect(contact.summary.getByRole("link")).toHaveText(problems);
      for (const [at, name] of (["name", "email", "phone", "company", "message"] as const).entries()) {
        await expect(contact.field(name)).toHaveAttribute("aria-invalid", "true");
        await contact.summary.getByRole("link").nth(at).click();
        await expect(contact.field(name)).toBeFocused();
      }
      await contact.fill({ message: "bell\u0007" });
      await expect(contact.summary.getByRole("link", { name: words.invisibleInMessage })).toBeVisible();

      await contact.fill(anna);
      await expect(contact.summary).toBeHidden();
      await contact.button.click();
      await contact.number();
      expect(server.contactRequests()).toHaveLength(1);
    });

    test("a rate limit shows when to try again, and the input stays", async ({ page, account, server, guard }) => {
      guard.allow(/429/);
      const contact = new Contact(account);
      for (let n = 0; n < 3; n++) await server.contact({ ...anna, phone: `+7926000000${n}` });
      await contact.open();
      await contact.fill(anna);
      await contact.button.click();
      await expect(page.getByRole("main").getByRole("alert")).toHaveText(contact.words.wait);
      await expect(page.getByRole("main").getByRole("alert")).toContainText(contact.words.inputStays);
      expect(await contact.typed()).toEqual(anna);
      expect(server.contactRequests()).toHaveLength(3);
    });
  });
}

test("a likely typo in the domain shows a hint and can be ignored", async ({ page, account }) => {
  const contact = new Contact(account);
  await contact.open();
  await contact.fill({ email: "anna@gmial.com" });
  await page.getByRole("button", { name: account.words.didYouMean("anna@gmail.com") }).click();
  await expect(contact.field("email")).toHaveValue("anna@gmail.com");
  await expect(page.getByRole("button", { name: /Did you mean/ })).toBeHidden();
});

test("input survives a reload and a change of language @phone", async ({ page, account }) => {
  const contact = new Contact(account);
  await contact.open();
  await contact.fill(anna);
  await page.reload();
  await expect(contact.field("company")).toHaveValue(anna.company);
  expect(await contact.typed()).toEqual(anna);
  await page.getByRole("button", { name: account.words.settings }).click();
  await account.menuItem(account.words.otherLanguage).click();
  await expect(page).toHaveURL(/\/ru\/contact$/);
  await expect(page.getByRole("textbox", { name: "Название компании" })).toHaveValue(anna.company);
});

test.describe("with its own server", () => {
  test.use({ own: {} });

  test("a double click, and an autofilled form sent within a second, send one request", async ({ page, account, server }) => {
    const contact = new Contact(account);
    const sent = account.countRequests(/POST .*contact-requests$/);
    await contact.open();
    await contact.fill(anna);
    await contact.button.dblclick();
    await page.keyboard.press("Enter");
    await contact.number();
    expect(sent.count()).toBe(1);
    expect(server.contactRequests()).toHaveLength(1);
  });

  test("after a lost reply the input stays, and a retry, even after a reload, has one effect", async ({ page, account, server, guard }) => {
    guard.allow(/ERR_CONNECTION_RESET|ERR_FAILED/);
    const contact = new Contact(account);
    await contact.open();
    await contact.fill(anna);
    // The requests reach the server, but the test drops the replies, including those to retries.
    await page.route(post, async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await contact.button.click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("The server cannot be reached");
    expect(await contact.typed()).toEqual(anna);
    await page.unrouteAll();
    await page.reload();
    expect(await contact.typed()).toEqual(anna);
    await contact.button.click();
    const number = await contact.number();
    expect(server.contactRequests().map(({ reference }) => reference)).toEqual([number]);
  });

  test("after sending, the draft is gone, and the request number stays until another request is started", async ({ page, account }) => {
    const contact = new Contact(account);
    await contact.open();
    await contact.fill(anna);
    await contact.button.click();
    const number = await contact.number();
    await page.reload();
    await expect(page.getByText(number)).toBeVisible();
    await page.getByRole("button", { name: account.words.settings }).click();
    await account.menuItem(account.words.otherLanguage).click();
    await expect(page.getByRole("heading", { name: "Заявка отправлена" })).toBeVisible();
    await expect(page.getByText(number)).toBeVisible();
    await page.getByRole("button", { name: "Отправить еще одну заявку" }).click();
    await expect(page.getByRole("textbox", { name: "Название компании" })).toHaveValue("");
  });

  test("a bot that fills in the honeypot gets a success reply, and nothing is stored", async ({ page, account, server }) => {
    const contact = new Contact(account);
    await contact.open();
    await contact.fill(anna);
    await page.locator("[name=website]").fill("https://spam.example", { force: true });
    await contact.button.click();
    await contact.number();
    expect(server.contactRequests()).toEqual([]);
    expect(await server.emails()).toEqual([]);
  });

  test.describe("signed in", () => {
    test.use({ isSignedIn: true });

    for (const language of languages) {
      test.describe(language, () => {
        test.use({ language });

        test("a signed-in user enters the message only @phone", async ({ page, account, server }) => {
          const contact = new Contact(account);
          await contact.open();
          const known = page.getByRole("region", { name: contact.words.known });
          for (const fact of ["Анна Смирнова", demo.email, "+7 495 123-45-67", "Северный ветер"]) await expect(known).toContainText(fact);
          await expect(page.locator("form").getByRole("textbox")).toHaveCount(1);
          await contact.fill({ message: "More, please." });
          await contact.button.click();
          const number = await contact.number();
          const facts = { email: demo.email, phone: "+74951234567", company: "Северный ветер", message: "More, please.", partner: demo.pid };
          expect(server.contactRequests()).toMatchObject([{ reference: number, ...facts }]);
        });
      });
    }
  });
});

test("Tab reaches every control, and skips the honeypot", async ({ page, account }) => {
  const contact = new Contact(account);
  await contact.open();
  await contact.field("message").focus();
  await page.keyboard.press("Tab");
  await expect(contact.button).toBeFocused();
});
