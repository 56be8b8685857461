// Watches a page: whatever it complains of, and the test did not announce, fails the test.
import { type BrowserContext, type Page, expect } from "@playwright/test";

/** What a browser says when a page is left while it fetches a part ahead: the request, and in Firefox who waited for it. */
const ended = { request: /^failed request: (NS_BINDING_ABORTED|net::ERR_ABORTED) GET \S+\.wasm$/, waiting: /^console error: Error \(\S+\.js\)$/ };

export class Guard {
  private readonly complaints: string[] = [];
  /** Complaints only if no other page follows. */
  private readonly ofLeaving: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly context: BrowserContext) {
    context.on("page", (page) => this.watch(page));
  }

  /** Reports what violates the Content Security Policy in the console, where the guard hears of it. */
  async prepare(): Promise<void> {
    await this.context.addInitScript(() => {
      // A panic is a page error whose innermost ten frames, the usual limit, are all of the panic itself.
      (Error as unknown as { stackTraceLimit: number }).stackTraceLimit = 40;
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP violation of ${event.effectiveDirective} by ${event.blockedURI} in ${event.sourceFile}`);
      });
    });
  }

  /** Announces a complaint. A reply of 400 and above is one, and Chromium logs each in the console as well. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Fails where something was not announced. */
  verify(): void {
    const surprises = [...this.complaints, ...this.ofLeaving].filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
    expect(surprises, "complaints that the journey did not announce").toEqual([]);
  }

  private watch(page: Page): void {
    const hear = (heard: string) => {
      const complaint = heard.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "");
      const isOfLeaving = ended.request.test(complaint) || ended.waiting.test(complaint);
      (isOfLeaving ? this.ofLeaving : this.complaints).push(complaint);
    };
    // Another document: the page was left indeed. Without a request that it ended, whoever waited waited for something else.
    page.on("domcontentloaded", () => {
      const heard = this.ofLeaving.splice(0);
      if (!heard.some((complaint) => ended.request.test(complaint))) this.complaints.push(...heard);
    });
    page.on("pageerror", (error) => hear(`page error: ${brief(error.stack ?? error.message)}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) hear(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("requestfailed", (request) => {
      hear(`failed request: ${request.failure()?.errorText} ${request.method()} ${request.url()}`);
    });
    page.on("response", (reply) => {
      if (reply.status() >= 400) hear(`reply: ${reply.status()} ${reply.request().method()} ${reply.url()}`);
    });
  }
}

/** A stack without addresses, and without the frames that every panic has. */
function brief(stack: string): string {
  const frames = stack.split("\n").filter((line) => !/__rust|std\[|core\[|core::|__wbg|wasm_bindgen/.test(line));
  return frames.map((line) => line.replaceAll(/ at \S+\.wasm\.|\(\/partner.*|\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, " ").trim()).join("\n");
}
