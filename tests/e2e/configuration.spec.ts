// If config.json is invalid, the app does not start and lists the problems.
import { expect, languages, test } from "./support/fixture.js";

const words = {
  en: { title: "The account is misconfigured", json: "not valid JSON", object: "must be a JSON object", unknown: "unknown setting", link: "must be null or start with https:// or /", base: "a URL without a trailing slash" },
  ru: { title: "Кабинет неправильно настроен", json: "ошибка в JSON", object: "нужен объект JSON", unknown: "неизвестная настройка", link: "нужен адрес, начинающийся с https:// или /", base: "нужен адрес без косой черты в конце" },
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });
    const { title, ...problems } = words[language];

    test("an invalid configuration is reported by setting, and the app does not start @phone", async ({ page, account, guard }) => {
      guard.allow(/./);
      const cases: [string, string[]][] = [
        ['{ "api_base": "", }', [`${problems.json}: `]],
        ["<!doctype html><h1>Bad gateway</h1>", [`${problems.json}: `]],
        ["[]", [problems.object]],
        ['{"api_bse": ""}', [`api_bse: "": ${problems.unknown}`]],
        ['{"constructor": 1, "help_url": 7}', [`constructor: 1: ${problems.unknown}`, `help_url: 7: ${problems.link}`]],
        ['{"sign_in_url": "javascript:alert(1)", "api_base": "https://api.example/"}', [`sign_in_url: "javascript:alert(1)": ${problems.link}`, `api_base: "https://api.example/": `]],
        ['{"api_base": null, "embed_origins": ["https://*.site.example"]}', [`api_base: null: `, 'embed_origins: ["https://*.site.example"]: ']],
        ['{"vitals_url": true}', [`vitals_url: true: ${problems.link}`]],
      ];
      for (const [body, lines] of cases) {
        await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body }), { times: 1 });
        const requests: string[] = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.goto(account.address());
        const screen = page.getByRole("alertdialog", { name: title });
        await expect(screen).toBeVisible();
        const shown = screen.locator(".boot-detail");
        await expect(shown, body).toHaveCount(lines.length);
        for (const [number, line] of lines.entries()) await expect(shown.nth(number), body).toContainText(line);
        // When the network is idle, the browser has downloaded the app. The app must not replace the screen that lists
        // the problems.
        await page.waitForLoadState("networkidle");
        await expect(page.locator(".boot-screen")).toHaveCount(1);
        expect(requests.filter((address) => address.includes("/api/")), body).toEqual([]);
        page.removeAllListeners("request");
      }
      // Once the configuration is fixed, the app starts.
      await page.getByRole("alertdialog").getByRole("button").click();
      await expect(account.row("alpha")).toBeVisible();
    });
  });
}

test("with many problems the screen scrolls, and the button stays visible @phone", async ({ page, account, guard }) => {
  guard.allow(/./);
  const body = JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`setting_${number}`, number])));
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body }));
  await page.goto(account.address());
  await expect(page.locator(".boot-detail")).toHaveCount(60);
  await expect(page.getByRole("alertdialog").getByRole("button")).toBeInViewport();
  const last = page.locator(".boot-detail").last();
  await expect(last).not.toBeInViewport();
  await page.mouse.move(190, 400);
  await page.mouse.wheel(0, 10_000);
  await expect(last).toBeInViewport();
});

test("every documented setting is accepted", async ({ page, account }) => {
  const body = JSON.stringify({
    api_base: "",
    sign_in_url: null,
    help_url: "https://docs.example/?a=b",
    cloud_url: "/cloud/",
    consent_url: "https://legal.example/",
    support_url: "mailto:help@partner.example",
    embed_origins: ["https://cloud.example", "http://127.0.0.1:8090"],
    vitals_url: null,
  });
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body }));
  await account.open();
  await expect(page.locator(".boot-screen")).toHaveCount(0);
});

test("an error from a proxy shows the trace id of the request as its reference", async ({ page, account, guard }) => {
  guard.allow(/502/);
  const traces: string[] = [];
  await page.route(/\/movements\/summary\?/, (route) => {
    traces.push(/^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(route.request().headers().traceparent ?? "")?.[1] ?? "none");
    return route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" });
  });
  await page.goto("/partner/app/en/clients/mcs4410000001/balance/detail");
  await expect(page.getByText(/^Reference: [0-9a-f]{32}$/)).toBeVisible();
  const shown = await page.getByText(/^Reference: /).innerText();
  expect(traces.map((trace) => `Reference: ${trace}`)).toContain(shown);
});
