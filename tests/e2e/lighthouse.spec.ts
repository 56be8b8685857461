// Lighthouse scores for accessibility and best practices. The tests ignore the other scores, because they depend on the
// machine.
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { expect, test } from "./support/fixture.js";
import { freePort } from "./support/ports.js";

/** Path of each page, and a Lighthouse audit that applies only if the page has loaded completely. */
const pages = {
  "Contact sales": ["contact", "label"],
  clients: ["clients/", "listitem"],
  "a balance": ["clients/mcs4410000001/balance/detail", "td-headers-attr"],
};

for (const [name, [path, rule]] of Object.entries(pages)) {
  test(`${name}: 100 for accessibility and for best practices`, async ({ server, template, launchOptions }) => {
    const port = await freePort();
    const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`] });
    try {
      const cookies = template.signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
      const result = await lighthouse(`${server.address}/partner/app/en/${path}`, {
        port,
        logLevel: "error",
        onlyCategories: ["accessibility", "best-practices"],
        extraHeaders: { Cookie: cookies },
      });
      const { categories, audits, runtimeError } = result!.lhr;
      expect(runtimeError).toBeUndefined();
      const failed = Object.values(categories).flatMap(({ auditRefs }) =>
        auditRefs.filter(({ id, weight }) => weight > 0 && audits[id]?.score !== null && audits[id]!.score! < 1).map(({ id }) => `${id}: ${audits[id]!.title}`),
      );
      expect(failed).toEqual([]);
      expect(Object.values(categories).map(({ score }) => score)).toEqual([1, 1]);
      expect(audits[rule!]!.score, rule).toBe(1);
    } finally {
      await browser.close();
    }
  });
}
