// Watches the pages of a test for complaints: console errors and warnings, failed requests, error replies and
// violations of the content security policy. A complaint that the test does not allow fails the test.
import { type BrowserContext, type Page, expect } from "@playwright/test";

/**
 * When the user leaves a page, the browser aborts prefetch requests for lazy chunks. These patterns match the resulting
 * complaints: the aborted request, and the error that the calling code logs in Firefox.
 */
const aborted = { request: /^failed request: (NS_BINDING_ABORTED|net::ERR_ABORTED) GET \S+\.wasm$/, caller: /^console error: Error \(\S+\.js\)$/ };

/**
 * A change starts a running listing of the clients again, because the replies to the earlier requests may contain the data
 * from before the change. The app aborts those requests.
 */
const restarted = /^failed request: (NS_BINDING_ABORTED|net::ERR_ABORTED) GET \S+\/(clients\/\?limit=\S+|invites)$/;

export class Guard {
  private readonly complaints: string[] = [];
  /** Complaints that match `aborted`. If a new document loads, the page was left, and these complaints do not count. */
  private readonly onLeaving: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly context: BrowserContext) {
    context.on("page", (page) => this.watch(page));
  }

  /** Makes pages log violations of the content security policy to the console, where the guard can see them. */
  async prepare(): Promise<void> {
    await this.context.addInitScript(() => {
      // Record 40 stack frames instead of the default of ten. After a panic, the first ten frames all belong to the
      // panic handler.
      (Error as unknown as { stackTraceLimit: number }).stackTraceLimit = 40;
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP violation of ${event.effectiveDirective} by ${event.blockedURI} in ${event.sourceFile}`);
      });
    });
  }

  /**
   * Allows complaints that match. A reply with status 400 or above can cause two complaints: one by the guard itself,
   * and one that Chromium logs.
   */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Fails the test if there was a complaint that the test does not allow. */
  verify(): void {
    const unexpected = [...this.complaints, ...this.onLeaving].filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
    expect(unexpected, "complaints that the test does not allow").toEqual([]);
  }

  private watch(page: Page): void {
    const record = (message: string) => {
      const complaint = message.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "");
      if (restarted.test(complaint)) return;
      const isOnLeaving = aborted.request.test(complaint) || aborted.caller.test(complaint);
      (isOnLeaving ? this.onLeaving : this.complaints).push(complaint);
    };
    // A new document means that the page was left, so complaints about aborted requests are expected. If there was no
    // aborted request, errors of calling code have another cause and count.
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

/** Shortens a stack trace: removes URLs, hashes and the frames of the panic handler. */
function brief(stack: string): string {
  const frames = stack.split("\n").filter((line) => !/__rust|std\[|core\[|core::|__wbg|wasm_bindgen/.test(line));
  return frames.map((line) => line.replaceAll(/ at \S+\.wasm\.|\(\/partner.*|\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, " ").trim()).join("\n");
}
