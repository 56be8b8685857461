// Starts the WASM and the first API requests at once, and owns the screens for when there is no WASM to show them.
//
// A classic script in the head: it runs before the first paint, so that the chosen theme does not flash.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = script.dataset.base;
  const root = document.documentElement;
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

  // The words of the screens below. A language that is not here has the English ones.
  const words = {
    en: {
      start: ["The account could not start", "Part of it could not be downloaded. Check your connection and load the page again."],
      slow: ["The account is still loading", "This takes longer than usual. Check your connection, or load the page again."],
      old: ["This browser is too old", "The account works in Chrome and Edge 123, Firefox 125, Safari 17.5, and newer ones."],
      config: ["The account is set up wrongly", "Whoever runs it can mend this in its config.json:"],
      wrong: {
        json: "not JSON", object: "not an object", unknown: "no such setting", base: "neither \"\" nor an address without a slash at the end",
        link: "neither null nor an address with https:// or / at its start", support: "neither null nor an address with https://, / or mailto: at its start",
        origins: "not a list of at most ten origins such as \"https://site.example\"",
      },
      panic: ["Something went wrong", "An error stopped the account. What you had typed is kept. Load the page again to go on."],
      again: ["The account keeps stopping", "An error stopped it three times within a minute. Start afresh: the clients open, without what was half typed."],
      reload: "Load the page again",
      afresh: "Start afresh",
    },
    ru: {
      start: ["Кабинет не запустился", "Часть кабинета не удалось загрузить. Проверьте соединение и обновите страницу."],
      slow: ["Кабинет все еще загружается", "Это дольше обычного. Проверьте соединение или обновите страницу."],
      old: ["Браузер слишком старый", "Кабинет работает в Chrome и Edge 123, Firefox 125, Safari 17.5 и новее."],
      config: ["Кабинет неверно настроен", "Исправить это в config.json может тот, кто обслуживает кабинет:"],
      wrong: {
        json: "это не JSON", object: "это не объект", unknown: "такой настройки нет", base: "это не \"\" и не адрес без косой черты в конце",
        link: "это не null и не адрес, который начинается с https:// или /", support: "это не null и не адрес, который начинается с https://, / или mailto:",
        origins: "это не список из не более чем десяти источников вида \"https://site.example\"",
      },
      panic: ["Что-то пошло не так", "Кабинет остановился из-за ошибки. Набранное сохранено. Обновите страницу, чтобы продолжить."],
      again: ["Кабинет снова остановился", "Ошибка остановила его три раза за минуту. Начните заново: откроется список клиентов без того, что не было отправлено."],
      reload: "Обновить страницу",
      afresh: "Начать заново",
    },
  };

  // 1. Theme (written by src/theme.rs) and language, before anything is painted.
  root.dataset.theme = read("partner-account.theme") || "system";
  const spoken = location.pathname.slice(base.length).split("/")[0];
  const language = /^[a-z]{2,3}$/.test(spoken) ? spoken
    : (navigator.languages || []).map((it) => it.slice(0, 2)).find((it) => words[it]) || "en";
  root.lang = language;
  if (parent !== window) import(`${base}framed.js`).catch(() => {});

  // 2. The first requests. src/api.rs takes each reply once, by its address, instead of asking again.
  const replies = window.partnerReplies = new Map();
  const ask = (address, csrf, here) => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    if (csrf) headers["x-csrf-token"] = csrf;
    const reply = fetch(address, { headers, credentials: here ? "same-origin" : "include" });
    reply.catch(() => {}); // whoever takes it hears of it
    replies.set(address, reply.then((it) => it.clone()));
    replies.get(address).catch(() => {});
    return reply;
  };
  window.partnerConfig = fetch(`${base}config.json`, { credentials: "same-origin" })
    .then(async (reply) => {
      // Read in any case: what nobody reads is broken off at some time, which is a second failure.
      const text = await reply.text();
      if (!reply.ok) throw new Error(`config.json: ${reply.status}`);
      return text;
    })
    .then((text) => {
      const wrong = faults(text).join("\n");
      if (!wrong) return text;
      fail("config", wrong);
      throw new Error(wrong);
    });
  window.partnerConfig
    .then(async (text) => {
      const { api_base: api = "", vitals_url: vitals } = JSON.parse(text);
      // Who asks not to be watched is not. What is measured, and where it goes, is in vitals.js.
      if (vitals && navigator.doNotTrack !== "1" && !navigator.globalPrivacyControl) import(`${base}vitals.js`).catch(() => {});
      const here = api === "";
      const session = await ask(`${api}/api/v1/auth/session`, null, here);
      if (!session.ok || !/^[a-z]{2,3}\/clients\/?$/.test(location.pathname.slice(base.length))) return;
      const { partner, csrf_token: csrf } = await session.json() || {};
      if (!csrf) return; // nobody is signed in, or the account has to ask for a token first
      const clients = `${api}/api/v1/partners/${encodeURIComponent(partner.pid)}`;
      ask(`${clients}/clients/?limit=500&include=balance`, csrf, here);
      ask(`${clients}/invites`, csrf, here);
    })
    .catch(() => {});

  // What is wrong with config.json, line by line (docs/configuration.md). A key that is misspelt is never just ignored.
  function faults(text) {
    const { wrong } = words[root.lang] || words.en;
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
    try { config = JSON.parse(text); } catch (error) { return [`${wrong.json}: ${error.message}`]; }
    if (config === null || typeof config !== "object" || Array.isArray(config)) return [wrong.object];
    return Object.entries(config)
      .filter(([name, value]) => !Object.hasOwn(settings, name) || !kinds[settings[name]](value))
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}: ${wrong[Object.hasOwn(settings, name) ? settings[name] : "unknown"]}`);
  }

  // 3. The WASM.
  let started = false;
  const fail = (kind, detail) => show(kind, String(detail && detail.message || detail || ""));
  const slow = setTimeout(() => started || show("slow", ""), 20000);
  const start = async () => {
    if (typeof WebAssembly !== "object" || !("popover" in HTMLElement.prototype) || !CSS.supports("color", "light-dark(red, red)")) {
      return fail("old", "");
    }
    // No `integrity`: the name is a digest already, and checking the whole would keep it from compiling as it arrives.
    const wasm = fetch(script.dataset.wasm, { credentials: "same-origin" });
    wasm.catch(() => {});
    const { default: init } = await import(script.dataset.js);
    const reply = await wasm;
    if (!reply.ok) {
      await reply.text(); // read in any case, as the configuration above
      throw new Error(`${reply.status} ${reply.url}`);
    }
    // A quick WASM can be here before the page is: the account needs its place in it.
    if (document.readyState === "loading") {
      await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed, { once: true }));
    }
    started = true; // `init` runs the account: what fails after this is a panic
    clearTimeout(slow);
    await init({ module_or_path: reply });
    performance.mark("partner-running");
  };
  window.partnerFailure = (detail) => fail("start", detail);
  window.partnerPanic = (detail) => window.partnerStopped || fail(countCrash() < 3 ? "panic" : "again", detail);
  // What traps without a panic, as a stack that overflows, stops the account as well.
  const trapped = (event) => {
    const error = event.error || event.reason;
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) window.partnerPanic(error.message);
  };
  addEventListener("error", trapped);
  addEventListener("unhandledrejection", trapped);
  start().catch((error) => window.partnerScreen || fail("start", error));

  // How often it has crashed in this tab within a minute, this time included.
  function countCrash() {
    const key = "partner-account.crashes";
    try {
      const now = Date.now();
      const times = [...JSON.parse(sessionStorage.getItem(key) || "[]"), now].filter((it) => now - it < 60000);
      sessionStorage.setItem(key, JSON.stringify(times));
      return times.length;
    } catch { return 1; }
  }

  // Leaves what is half typed, and the address, which may be what it crashes of.
  function startAfresh() {
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith("partner-account.")) sessionStorage.removeItem(key);
    } catch { /* nothing is kept, then */ }
    location.assign(`${base}${root.lang}/clients/`);
  }

  // Nothing of the account runs on: the program still hears of events and timers, and its memory is no longer to be relied on.
  function stop(screen) {
    if (window.partnerStopped) return;
    window.partnerStopped = true;
    window.fetch = () => Promise.reject(new TypeError("The account has stopped"));
    for (let id = Math.min(setTimeout(() => {}), 1e6); id > 0; id--) clearTimeout(id); // intervals as well
    const silence = (event) => event.target instanceof Node && screen.contains(event.target) || event.stopImmediatePropagation();
    for (const name in window) {
      if (!name.startsWith("on")) continue;
      addEventListener(name.slice(2), silence, true);
      screen.addEventListener(name.slice(2), (event) => event.stopPropagation());
    }
  }

  // 4. The screens. Plain DOM and text only.
  function show(kind, detail) {
    const isCrash = kind === "panic" || kind === "again";
    const make = () => {
      if (window.partnerScreen && !isCrash) return;
      const text = words[root.lang] || words.en;
      const element = (name, className, content) => {
        const made = document.createElement(name);
        made.className = className;
        if (content) made.textContent = content;
        return made;
      };
      const screen = element("div", "boot-screen");
      screen.dataset.kind = kind;
      screen.setAttribute("role", "alertdialog");
      screen.setAttribute("aria-modal", "true");
      screen.setAttribute("aria-labelledby", "boot-title");
      const card = element("div", "boot-card");
      const title = element("h1", "boot-title", text[kind][0]);
      title.id = "boot-title";
      const offer = (label, mode, act) => {
        const button = element("button", "button", label);
        button.type = "button";
        button.dataset.mode = mode;
        button.addEventListener("click", act);
        card.append(button);
      };
      card.append(title, element("p", "", text[kind][1]));
      if (kind === "again") offer(text.afresh, "primary", startAfresh);
      if (kind !== "old") offer(text.reload, kind === "again" ? "quiet" : "primary", () => location.reload());
      // Of a crash, where and why: an error of the browser's has all calls that led there as well.
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

  // 5. A newer version on the server: its page names another program. src/shell.rs offers to load it.
  let looked = Date.now();
  const look = window.partnerLook = async () => {
    looked = Date.now();
    const reply = await fetch(base, { cache: "no-cache", credentials: "same-origin" }).catch(() => null);
    const page = reply && reply.ok ? await reply.text() : "";
    if (page.includes("data-wasm=") && !page.includes(script.dataset.wasm)) dispatchEvent(new Event("partner-newer"));
  };
  const glance = () => document.hidden || Date.now() - looked < 600000 || look();
  addEventListener("visibilitychange", glance);
  setInterval(glance, 60000);
})();
