// Fixtures of the end-to-end tests: a server, a signed-in browser, and a guard that watches the page.
import { test as base } from "@playwright/test";
import { Account } from "./account.js";
import { Guard } from "./guard.js";
import { Server, type ServerOptions, type SignedIn } from "./server.js";
import type { Language } from "./words.js";

export { expect } from "@playwright/test";

interface Options {
  language: Language;
  /**
   * Options for a separate server, for tests that change data or need other options. `null` means the server that all
   * tests of a worker share.
   */
  own: ServerOptions | null;
  isSignedIn: boolean;
}

interface Fixtures {
  server: Server;
  guard: Guard;
  account: Account;
}

interface WorkerFixtures {
  /**
   * A data folder with demonstration data and a session. Servers with demonstration data start with a copy of this
   * folder, because copying is faster than creating the data.
   */
  template: { data: string; signedIn: SignedIn };
  /** The server for tests without `own`. All tests of a worker share it, so they must not change its data. */
  shared: Server;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  language: ["en", { option: true }],
  own: [null, { option: true }],
  isSignedIn: [true, { option: true }],

  template: [
    async ({}, use) => {
      const server = await Server.start();
      const signedIn = await server.signIn();
      await server.stop();
      await use({ data: server.data, signedIn });
      await server.discard();
    },
    { scope: "worker" },
  ],
  shared: [
    async ({ template }, use) => {
      const server = await Server.start({}, template.data);
      await use(server);
      await server.discard();
    },
    { scope: "worker" },
  ],

  server: async ({ own, shared, template }, use) => {
    if (!own) return use(shared);
    const server = await Server.start(own, own.demo === false ? undefined : template.data);
    await use(server);
    await server.discard();
  },
  baseURL: async ({ server }, use) => use(server.address),
  storageState: async ({ isSignedIn, template }, use) => use(isSignedIn ? template.signedIn : undefined),

  guard: [
    async ({ context, server }, use) => {
      const guard = new Guard(context);
      await guard.prepare();
      server.wasDown = false;
      await use(guard);
      // If a test stopped the server, ignore failed prefetches of lazy chunks. The app fetches these chunks again when
      // it needs them.
      if (server.wasDown) guard.allow(/ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)[^]*\.wasm/, /Failed to fetch[^]*\.wasm/);
      guard.verify();
    },
    { auto: true },
  ],
  account: async ({ page, language, guard: _ }, use) => use(new Account(page, language)),
});

/**
 * Languages of the app. Tests of the main tasks run once for each: `for (const language of languages)
 * test.describe(language, …)`.
 */
export const languages: Language[] = ["en", "ru"];
