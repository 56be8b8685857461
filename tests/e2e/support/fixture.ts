// Fixtures of the end-to-end tests: a server, a signed-in browser, and a guard that watches the page.
import { test as base } from "@playwright/test";
import { Account } from "./account.js";
import { Guard } from "./guard.js";
import { Server, type ServerOptions, type SignedIn } from "./server.js";
import type { Language } from "./words.js";

export { expect } from "@playwright/test";

interface Options {
  /** Language of the app. */
  language: Language;
  /** Options of a server for this test, which may change data; `null` for the worker's server, which is read-only. */
  own: ServerOptions | null;
  /** Whether the test starts signed in. */
  isSignedIn: boolean;
}

interface Fixtures {
  server: Server;
  guard: Guard;
  account: Account;
}

interface WorkerFixtures {
  /** A data folder with demonstration data and one session, which servers copy. */
  template: { data: string; signedIn: SignedIn };
  /** The worker's server, for read-only tests. */
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
      // While the server is down, prefetching lazy chunks can fail, depending on timing. The app fetches them again later.
      if (server.wasDown) guard.allow(/ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)[^]*\.wasm/, /Failed to fetch[^]*\.wasm/);
      guard.verify();
    },
    { auto: true },
  ],
  account: async ({ page, language, guard: _ }, use) => use(new Account(page, language)),
});

/** Both languages, for the main tasks: `for (const language of languages) test.describe(language, …)`. */
export const languages: Language[] = ["en", "ru"];
