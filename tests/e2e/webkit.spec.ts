// The main tasks in WebKit, the engine of Safari. WebDriver drives one browser at a time, without touch input and
// request interception.
import { writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { By, Key, type WebDriver, type WebElement, error, until } from "selenium-webdriver";
import { Server, demo } from "./support/server.js";
import { WebKit } from "./support/webkit.js";

const TIMEOUT = 15_000;

/** A partner who uses the app through WebDriver, and finds elements by the texts on the page. */
class Partner {
  constructor(
    readonly browser: WebDriver,
    readonly server: Server,
  ) {}

  async open(path: string): Promise<void> {
    await this.browser.get(`${this.server.address}/partner/app/${path}`);
  }

  /** Waits for a visible element. It retries, because rendering can replace an element after it was found. */
  async see(path: string): Promise<WebElement> {
    const seen = await this.browser.wait(async () => {
      try {
        for (const found of await this.browser.findElements(By.xpath(path))) if (await found.isDisplayed()) return found;
      } catch (problem) {
        if (!(problem instanceof error.StaleElementReferenceError)) throw problem;
      }
      return null;
    }, TIMEOUT, `nothing to see at ${path}`);
    return seen!;
  }

  async text(words: string): Promise<WebElement> {
    return this.see(`//*[text()[contains(., "${words}")]]`);
  }

  async press(words: string): Promise<void> {
    await (await this.see(`(//button | //a)[normalize-space(.) = "${words}" or @aria-label = "${words}"]`)).click();
  }

  async fill(label: string, text: string): Promise<void> {
    const id = await (await this.see(`//label[starts-with(normalize-space(.), "${label}")]`)).getAttribute("for");
    const field = await this.browser.findElement(By.id(id!));
    await field.clear();
    await field.sendKeys(text);
  }

  async select(client: string): Promise<void> {
    await (await this.browser.findElement(By.css(`[aria-label="Select ${client}"]`))).click();
  }

  async signIn(words = { email: "Email", password: "Password", signIn: "Sign in" }): Promise<void> {
    await this.fill(words.email, demo.email);
    await this.fill(words.password, demo.password);
    await this.press(words.signIn);
  }

  async gone(css: string): Promise<void> {
    await this.browser.wait(async () => (await this.browser.findElements(By.css(css))).length === 0, TIMEOUT, `still there: ${css}`);
  }
}

for (const [size, width, height] of [["desk", 1280, 800], ["phone", 390, 844]] as const) {
  test.describe(size, () => {
    let webkit: WebKit;
    let server: Server;
    let partner: Partner;

    test.beforeAll(async () => {
      webkit = await WebKit.start(width, height);
    });
    test.afterAll(async () => webkit.stop());
    test.beforeEach(async () => {
      server = await Server.start();
      partner = new Partner(await webkit.browse(width, height), server);
    });
    test.afterEach(async ({}, info) => {
      if (info.status !== info.expectedStatus) {
        const picture = info.outputPath("webkit.png");
        await writeFile(picture, await partner.browser.takeScreenshot(), "base64");
        await info.attach("screenshot", { path: picture });
      }
      await partner.browser.quit();
      await server.discard();
    });

    test("signing in, searching, blocking and undoing", async () => {
      await partner.open("en/clients/");
      await partner.signIn();
      await partner.text("500 clients");
      await (await partner.see('//input[@id="search"]')).sendKeys("bravo");
      await partner.text("Client bravo");
      await partner.browser.findElement(By.id("search")).clear();
      await (await partner.see('//input[@id="search"]')).sendKeys("alpha@client");
      await partner.browser.wait(async () => (await partner.browser.findElements(By.css("#clients [data-key]"))).length === 1, TIMEOUT);
      await partner.select("alpha@client.example");
      await partner.text("1 of 500 selected");
      await partner.press("Block");
      await partner.text("Block 1 client?");
      await (await partner.see('//dialog//button[normalize-space(.) = "Block"]')).click();
      await partner.text("1 client blocked");
      await partner.text("Blocked");
      await partner.press("Undo");
      await partner.text("Undone");
    });

    test("adding a client shows problems at their fields, then sends an invitation", async () => {
      await partner.open("en/clients/");
      await partner.signIn();
      await partner.text("500 clients");
      await partner.press("Add");
      await partner.fill("Email", "no address");
      await (await partner.see('//dialog//button[normalize-space(.) = "Add"]')).click();
      await partner.text("Enter an email address like");
      await partner.fill("Email", "webkit@client.example");
      await (await partner.see('//dialog//button[normalize-space(.) = "Add"]')).click();
      await partner.gone("dialog");
      await partner.text("501 clients");
    });

    test("the balance page shows figures, movements, another period and expenses", async () => {
      await partner.open("en/clients/mcs4410000001/balance/detail");
      await partner.signIn();
      await partner.text("It adds up");
      await partner.press("Cloud Servers");
      await partner.see('//*[@data-level="bucket"]');
      await (await partner.see('//button[contains(@class, "period-button")]')).click();
      await partner.press("30 days");
      await partner.browser.wait(until.urlContains("from="), TIMEOUT);
      await partner.press("Expenses on services");
      await partner.see('//*[contains(@class, "chart-plot")]');
      await partner.see('//th[contains(normalize-space(.), "Cloud Servers")]');
    });

    test("the menu of a client works by keyboard, in Russian", async () => {
      await partner.open("ru/clients/");
      await partner.signIn({ email: "Email", password: "Пароль", signIn: "Войти" });
      await partner.text("500 клиентов");
      const menu = await partner.see('//button[@aria-label="Действия: alpha@client.example"]');
      await menu.sendKeys(Key.ENTER);
      await partner.see('//*[@role="menu"]');
      await partner.browser.actions().sendKeys(Key.ESCAPE).perform();
      await partner.gone("[role=menu]");
      const focused = await partner.browser.switchTo().activeElement().getAttribute("aria-label");
      expect(focused).toBe("Действия: alpha@client.example");
    });

    test("no page is wider than the screen", async () => {
      await partner.open("en/clients/");
      await partner.signIn();
      await partner.text("500 clients");
      for (const path of ["en/clients/", "en/clients/mcs4410000001/balance/detail", "en/clients/mcs4410000001/balance/expenses", "en/contact"]) {
        await partner.open(path);
        await partner.see("//h1");
        const [page, screen] = await partner.browser.executeScript<[number, number]>("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        expect(screen, path).toBeLessThanOrEqual(width);
        expect(page, path).toBeLessThanOrEqual(screen);
      }
    });
  });
}
