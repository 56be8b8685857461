// Fails a test on console errors, failed requests and policy violations that the test does not allow.
import { type BrowserContext, type Page, expect } from "@playwright/test";

/** Complaints about a prefetch of a lazy chunk that leaving the page aborts: the request, and in Firefox also its caller. */
const aborted = { request: /^failed request: (NS_BINDING_ABORTED|net::ERR_ABORTED) GET \S+\.wasm$/, caller: /^console error: Error \(\S+\.js\)$/ };

export class Guard {
  private readonly complaints: string[] = [];
  /** Complaints that count only if the page is not left. */
  private readonly onLeaving: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly context: BrowserContext) {
    context.on("page", (page) => this.watch(page));
  }

  /** Logs violations of the content security policy to the console, which the guard watches. */
  async prepare(): Promise<void> {
    await this.context.addInitScript(() => {
      // By default, stacks have ten frames, which for a panic are all in the panic handler.
      (Error as unknown as { stackTraceLimit: number }).stackTraceLimit = 40;
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP violation of ${event.effectiveDirective} by ${event.blockedURI} in ${event.sourceFile}`);
      });
    });
  }

  /** Allows complaints. Replies with status 400 and above are complaints, and Chromium logs them to the console, too. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Fails if there was a complaint that is not allowed. */
  verify(): void {
    const unexpected = [...this.complaints, ...this.onLeaving].filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
    expect(unexpected, "complaints that the test does not allow").toEqual([]);
  }

  private watch(page: Page): void {
    const record = (message: string) => {
      const complaint = message.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "");
      const isOnLeaving = aborted.request.test(complaint) || aborted.caller.test(complaint);
      (isOnLeaving ? this.onLeaving : this.complaints).push(complaint);
    };
    // A new document means that the page was left. Errors of a caller are complaints if no request was aborted.
    page.on("domcontentloaded", () => {
      const recorded = this.onLeaving.splice(0);
      if (!recorded.some((complaint) => aborted.request.test(complaint))) this.complaints.push(...recorded);
    });
    page.on("pageerror", (error) => record(`page error: ${brief(error.stack ?? error.message)}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) record(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("requestfailed", (request) => {
      record(`failed request: ${request.failure()?.errorText} ${request.method()} ${request.url()}`);
    });
    page.on("response", (reply) => {
      if (reply.status() >= 400) record(`reply: ${reply.status()} ${reply.request().method()} ${reply.url()}`);
    });
  }
}

/** A stack without URLs and without the frames of the panic handler. */
function brief(stack: string): string {
  const frames = stack.split("\n").filter((line) => !/__rust|std\[|core\[|core::|__wbg|wasm_bindgen/.test(line));
  return frames.map((line) => line.replaceAll(/ at \S+\.wasm\.|\(\/partner.*|\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, " ").trim()).join("\n");
}
