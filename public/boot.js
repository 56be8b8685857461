// Starts the WASM and the first API requests in parallel, and shows the failure screens that must work without WASM.
//
// This is a classic script in the head, so that it runs before the first paint. Otherwise, the page would flash in
// another theme.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = script.dataset.base;
  const root = document.documentElement;
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

  // Texts of the failure screens. If a language is missing here, English is used.
  const texts = {
    en: {
      start: ["The account could not start", "Some files could not be downloaded. Check your connection and reload the page."],
      slow: ["The account is still loading", "This is taking longer than usual. Check your connection or reload the page."],
      old: ["This browser is too old", "The account works in Chrome and Edge 123, Firefox 125, Safari 17.5 and newer versions."],
      config: ["The account is misconfigured", "The administrator can fix this in config.json:"],
      problems: {
        json: "not valid JSON", object: "must be a JSON object", unknown: "unknown setting", base: "must be \"\" or a URL without a trailing slash",
        link: "must be null or start with https:// or /", support: "must be null or start with https://, / or mailto:",
        origins: "must be a list of at most 10 origins such as \"https://site.example\"",
      },
      panic: ["Something went wrong", "The account stopped because of an error. Your unsent input is saved. Reload the page to continue."],
      again: ["The account keeps crashing", "It has stopped three times within a minute. Start over to open the client list without your unsent input."],
      reload: "Reload the page",
      reset: "Start over",
    },
    ru: {
      start: ["Кабинет не запустился", "Не удалось загрузить часть файлов. Проверьте соединение и обновите страницу."],
      slow: ["Кабинет все еще загружается", "Загрузка идет дольше обычного. Проверьте соединение или обновите страницу."],
      old: ["Браузер устарел", "Кабинет работает в Chrome и Edge 123, Firefox 125, Safari 17.5 и более новых версиях."],
      config: ["Кабинет неправильно настроен", "Администратор может исправить это в файле config.json:"],
      problems: {
        json: "ошибка в JSON", object: "нужен объект JSON", unknown: "неизвестная настройка", base: "нужен адрес без косой черты в конце или \"\"",
        link: "нужен адрес, начинающийся с https:// или /, либо null", support: "нужен адрес, начинающийся с https://, / или mailto:, либо null",
        origins: "нужен список не более чем из 10 источников вида \"https://site.example\"",
      },
      panic: ["Что-то пошло не так", "Кабинет остановился из-за ошибки. Неотправленные данные сохранены. Обновите страницу, чтобы продолжить."],
      again: ["Кабинет снова остановился", "За минуту это случилось трижды. Начните заново: откроется список клиентов, неотправленные данные будут удалены."],
      reload: "Обновить страницу",
      reset: "Начать заново",
    },
  };

  // 1. Set the stored theme and the language before the first paint.
  root.dataset.theme = read("partner-account.theme") || "system";
  const inUrl = location.pathname.slice(base.length).split("/")[0];
  const language = /^[a-z]{2,3}$/.test(inUrl) ? inUrl
    : (navigator.languages || []).map((it) => it.slice(0, 2)).find((it) => texts[it]) || "en";
  root.lang = language;
  if (parent !== window) import(`${base}framed.js`).catch(() => {});

  // 2. Send the first API requests. The app's API client looks up each reply by URL and uses it once, instead of
  // sending the request again.
  const replies = window.partnerReplies = new Map();
  const request = (url, csrf, isSameOrigin) => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    if (csrf) headers["x-csrf-token"] = csrf;
    const reply = fetch(url, { headers, credentials: isSameOrigin ? "same-origin" : "include" });
    // Prevent the report of an unhandled rejection: the app handles the rejection when it takes the reply.
    reply.catch(() => {});
    replies.set(url, reply.then((it) => it.clone()));
    replies.get(url).catch(() => {});
    return reply;
  };
  window.partnerConfig = fetch(`${base}config.json`, { credentials: "same-origin" })
    .then(async (reply) => {
      // Read the body even if the request failed: browsers abort unread bodies later, which would be reported as
      // another error.
      const text = await reply.text();
      if (!reply.ok) throw new Error(`config.json: ${reply.status}`);
      return text;
    })
    .then((text) => {
      const problems = validate(text).join("\n");
      if (!problems) return text;
      fail("config", problems);
      throw new Error(problems);
    });
  window.partnerConfig
    .then(async (text) => {
      const { api_base: api = "", vitals_url: vitals } = JSON.parse(text);
      // Do not measure pages of users who opted out of tracking.
      if (vitals && navigator.doNotTrack !== "1" && !navigator.globalPrivacyControl) import(`${base}vitals.js`).catch(() => {});
      const isSameOrigin = api === "";
      const session = await request(`${api}/api/v1/auth/session`, null, isSameOrigin);
      if (!session.ok || !/^[a-z]{2,3}\/clients\/?$/.test(location.pathname.slice(base.length))) return;
      const { partner, csrf_token: csrf } = await session.json() || {};
      // Stop if there is no token: either the user is not signed in, or the app has to request a token first.
      if (!csrf) return;
      const clients = `${api}/api/v1/partners/${encodeURIComponent(partner.pid)}`;
      request(`${clients}/clients/?limit=500&include=balance`, csrf, isSameOrigin);
      request(`${clients}/invites`, csrf, isSameOrigin);
    })
    .catch(() => {});

  // Returns the problems of config.json (docs/configuration.md). Unknown keys are problems, so that typing errors are
  // noticed.
  function validate(text) {
    const { problems } = texts[root.lang] || texts.en;
    const link = (starts) => (it) => it === null || typeof it === "string" && new RegExp(`^(https?://|/(?!/)${starts})`).test(it);
    const isOrigin = (it) => { try { return /^https?:/.test(it) && new URL(it).origin === it; } catch { return false; } };
    const kinds = {
      base: (it) => typeof it === "string" && (it === "" || /^(https?:\/)?\/[^?#]*[^/?#]$/.test(it)),
      link: link(""),
      support: link("|mailto:"),
      origins: (it) => Array.isArray(it) && it.length <= 10 && it.every(isOrigin),
    };
    const settings = {
      api_base: "base", sign_in_url: "link", help_url: "link", cloud_url: "link", consent_url: "link", support_url: "support", embed_origins: "origins",
      vitals_url: "link",
    };
    let config;
    try { config = JSON.parse(text); } catch (error) { return [`${problems.json}: ${error.message}`]; }
    if (config === null || typeof config !== "object" || Array.isArray(config)) return [problems.object];
    return Object.entries(config)
      .filter(([name, value]) => !Object.hasOwn(settings, name) || !kinds[settings[name]](value))
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}: ${problems[Object.hasOwn(settings, name) ? settings[name] : "unknown"]}`);
  }

  // 3. Start the WASM.
  let started = false;
  const fail = (kind, detail) => show(kind, String(detail && detail.message || detail || ""));
  const slow = setTimeout(() => started || show("slow", ""), 20000);
  const start = async () => {
    if (typeof WebAssembly !== "object" || !("popover" in HTMLElement.prototype) || !CSS.supports("color", "light-dark(red, red)")) {
      return fail("old", "");
    }
    // Set no `integrity`, because the browser could then not compile the file while it downloads. The file name
    // contains a digest.
    const wasm = fetch(script.dataset.wasm, { credentials: "same-origin" });
    wasm.catch(() => {});
    const { default: init } = await import(script.dataset.js);
    const reply = await wasm;
    if (!reply.ok) {
      // Read the body of the failed reply: browsers abort unread bodies later, which would be reported as another
      // error.
      await reply.text();
      throw new Error(`${reply.status} ${reply.url}`);
    }
    // Wait until the page is parsed, because the WASM can arrive earlier, and the app mounts into an element of the
    // page.
    if (document.readyState === "loading") {
      await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed, { once: true }));
    }
    // The server has sent all files or is still sending the last one, so do not show the screen `slow` any more.
    started = true;
    clearTimeout(slow);
    await init({ module_or_path: reply });
    performance.mark("partner-running");
  };
  window.partnerFailure = (detail) => fail("start", detail);
  window.partnerPanic = (detail) => window.partnerStopped || fail(countCrash() < 3 ? "panic" : "again", detail);
  // Handle WebAssembly traps, such as a stack overflow, like panics: they also stop the app, but do not report
  // themselves.
  const trapped = (event) => {
    const error = event.error || event.reason;
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) window.partnerPanic(error.message);
  };
  addEventListener("error", trapped);
  addEventListener("unhandledrejection", trapped);
  start().catch((error) => window.partnerScreen || fail("start", error));

  // Records a crash and returns the number of crashes in this tab within the last minute, including this one.
  function countCrash() {
    const key = "partner-account.crashes";
    try {
      const now = Date.now();
      const times = [...JSON.parse(sessionStorage.getItem(key) || "[]"), now].filter((it) => now - it < 60000);
      sessionStorage.setItem(key, JSON.stringify(times));
      return times.length;
    } catch { return 1; }
  }

  // Deletes the app's session storage and opens the client list, because a draft or the current URL may cause the
  // crash.
  function startOver() {
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith("partner-account.")) sessionStorage.removeItem(key);
    } catch { /* Without storage there are no drafts. */ }
    location.assign(`${base}${root.lang}/clients/`);
  }

  // Stops the app. Its event listeners and timers would otherwise still run, with memory that may be corrupt.
  function stop(screen) {
    if (window.partnerStopped) return;
    window.partnerStopped = true;
    window.fetch = () => Promise.reject(new TypeError("The account has stopped"));
    // Clear timeouts and intervals together, because they share their ids.
    for (let id = Math.min(setTimeout(() => {}), 1e6); id > 0; id--) clearTimeout(id);
    const blockEvent = (event) => event.target instanceof Node && screen.contains(event.target) || event.stopImmediatePropagation();
    for (const name in window) {
      if (!name.startsWith("on")) continue;
      addEventListener(name.slice(2), blockEvent, true);
      screen.addEventListener(name.slice(2), (event) => event.stopPropagation());
    }
  }

  // 4. Show a failure screen, made of plain elements and text.
  function show(kind, detail) {
    const isCrash = kind === "panic" || kind === "again";
    const make = () => {
      if (window.partnerScreen && !isCrash) return;
      const text = texts[root.lang] || texts.en;
      const element = (name, className, content) => {
        const created = document.createElement(name);
        created.className = className;
        if (content) created.textContent = content;
        return created;
      };
      const screen = element("div", "boot-screen");
      screen.dataset.kind = kind;
      screen.setAttribute("role", "alertdialog");
      screen.setAttribute("aria-modal", "true");
      screen.setAttribute("aria-labelledby", "boot-title");
      const card = element("div", "boot-card");
      const title = element("h1", "boot-title", text[kind][0]);
      title.id = "boot-title";
      const addButton = (label, mode, act) => {
        const button = element("button", "button", label);
        button.type = "button";
        button.dataset.mode = mode;
        button.addEventListener("click", act);
        card.append(button);
      };
      card.append(title, element("p", "", text[kind][1]));
      if (kind === "again") addButton(text.reset, "primary", startOver);
      if (kind !== "old") addButton(text.reload, kind === "again" ? "quiet" : "primary", () => location.reload());
      // For a crash, show only the message and the location, because browsers append the whole stack.
      if (detail && kind !== "slow") card.append(...detail.split("\n", isCrash ? 2 : undefined).map((line) => element("p", "boot-detail", line.slice(0, 300))));
      screen.append(card);
      for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
      document.getElementById("app")?.setAttribute("inert", "");
      window.partnerScreen?.remove();
      document.body.append(screen);
      window.partnerScreen = screen;
      screen.querySelector("button")?.focus();
      if (isCrash) stop(screen);
    };
    if (document.body) make(); else addEventListener("DOMContentLoaded", make);
  }

  // 5. Look for newer versions: if the page on the server names another WASM file, the app offers to reload.
  let lastCheck = Date.now();
  const check = window.partnerLook = async () => {
    lastCheck = Date.now();
    const reply = await fetch(base, { cache: "no-cache", credentials: "same-origin" }).catch(() => null);
    const page = reply && reply.ok ? await reply.text() : "";
    if (page.includes("data-wasm=") && !page.includes(script.dataset.wasm)) dispatchEvent(new Event("partner-newer"));
  };
  const checkIfDue = () => document.hidden || Date.now() - lastCheck < 600000 || check();
  addEventListener("visibilitychange", checkIfDue);
  setInterval(checkIfDue, 60000);
})();
