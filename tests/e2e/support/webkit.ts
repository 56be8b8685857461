// Controls Debian's WebKit through WebDriver, because Playwright only supports its own build of WebKit.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Builder, type WebDriver } from "selenium-webdriver";
import { freePort } from "./ports.js";

/**
 * Paths of the browser in Debian, one for each architecture. The environment variable `MINIBROWSER_PATH` overrides
 * them.
 */
const BROWSERS = ["x86_64", "aarch64"].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

/** A WebDriver server on a virtual display. It supports one session at a time. */
export class WebKit {
  private constructor(
    private readonly processes: ChildProcess[],
    private readonly port: number,
  ) {}

  static async start(width: number, height: number): Promise<WebKit> {
    const display = `:${90 + (process.pid % 900)}`;
    // Start a virtual display, because WebDriver sessions hang without a display.
    const screen = spawn("Xvfb", [display, "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"], { stdio: "ignore" });
    const port = await freePort();
    const env = { ...process.env, DISPLAY: display, LANG: "C.UTF-8", TZ: "UTC", LIBGL_ALWAYS_SOFTWARE: "1" };
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" });
    const webkit = new WebKit([driver, screen], port);
    await webkit.isReady();
    return webkit;
  }

  private async isReady(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const status = await fetch(`http://127.0.0.1:${this.port}/status`).catch(() => null);
      if (status?.ok) return;
      await setTimeout(100);
    }
    throw new Error("WebKitWebDriver did not start");
  }

  /** Starts a browser with a viewport of this size. */
  async browse(width: number, height: number): Promise<WebDriver> {
    const binary = process.env.MINIBROWSER_PATH ?? BROWSERS.find((path) => existsSync(path));
    if (!binary) throw new Error(`there is no browser at ${BROWSERS.join(" or ")}`);
    const browser = await new Builder()
      .usingServer(`http://127.0.0.1:${this.port}`)
      .withCapabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args: ["--automation", "--full-screen"] } })
      .build();
    await browser.manage().window().setRect({ x: 0, y: 0, width, height });
    return browser;
  }

  async stop(): Promise<void> {
    for (const process of this.processes) process.kill();
  }
}
