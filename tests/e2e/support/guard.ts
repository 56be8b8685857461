// Watches the pages of a test for complaints: console errors and warnings, failed requests, error replies and
// violations of the content security policy. A complaint that the test does not allow fails the test.
import { type BrowserContext, type Page, type Request, expect } from "@playwright/test";

/**
 * When the user leaves a page, the browser aborts prefetch requests for lazy chunks. These patterns match the resulting
 * complaints: the aborted request, and the error that the calling code logs in Firefox.
 */
const aborted = { request: /^failed request: (NS_BINDING_ABORTED|net::ERR_ABORTED) GET \S+\.wasm$/, caller: /^console error: Error \(\S+\.js\)$/ };

/** Paths of the requests that list the clients. */
const listing = /\/(clients\/|invites)$/;

export class Guard {
  private readonly complaints: string[] = [];
  /** Complaints that match `aborted`. If a new document loads, the page was left, and these complaints do not count. */
  private readonly onLeaving: string[] = [];
  private readonly allowed: RegExp[] = [];
  /**
   * Aborted requests of a listing, with their complaints. A change restarts a running listing, because replies to the
   * earlier requests may contain the data from before the change. Such a complaint does not count if a later request to
   * the same path exists.
   */
  private readonly abortedListings: [Request, string][] = [];
  /** The latest request to each path of a listing. */
  private readonly latest = new Map<string, Request>();

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
    const notRestarted = this.abortedListings.filter(([request]) => this.latest.get(pathOf(request)) === request);
    const complaints = [...this.complaints, ...this.onLeaving, ...notRestarted.map(([, complaint]) => complaint)];
    const unexpected = complaints.filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
    expect(unexpected, "complaints that the test does not allow").toEqual([]);
  }

  private watch(page: Page): void {
    const record = (message: string) => {
      const complaint = message.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "");
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
    page.on("request", (request) => {
      if (isListing(request)) this.latest.set(pathOf(request), request);
    });
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      const complaint = `failed request: ${reason} ${request.method()} ${request.url()}`;
      if (isListing(request) && /ABORTED/.test(reason)) this.abortedListings.push([request, complaint]);
      else record(complaint);
    });
    page.on("response", (reply) => {
      if (reply.status() >= 400) record(`reply: ${reply.status()} ${reply.request().method()} ${reply.url()}`);
    });
  }
}

function pathOf(request: Request): string {
  return new URL(request.url()).pathname;
}

function isListing(request: Request): boolean {
  return request.method() === "GET" && listing.test(pathOf(request));
}

/** Shortens a stack trace: removes URLs, hashes and the frames of the panic handler. */
function brief(stack: string): string {
  const frames = stack.split("\n").filter((line) => !/__rust|std\[|core\[|core::|__wbg|wasm_bindgen/.test(line));
  return frames.map((line) => line.replaceAll(/ at \S+\.wasm\.|\(\/partner.*|\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, " ").trim()).join("\n");
}
