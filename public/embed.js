// Defines the custom elements <partner-contact> and <partner-account>, which other sites use to embed the app
// (docs/embedding.md).
(() => {
  "use strict";
  const base = new URL(".", document.currentScript.src);
  // If the frame is not ready to be shown within this time, it counts as failed: the server probably refuses embedding
  // or is unreachable.
  const timeout = 15_000;
  const texts = {
    en: { contact: "Contact sales", account: "Partner account", failed: "This part of the page could not be loaded.", open: "Open in a new tab" },
    ru: { contact: "Связаться с отделом продаж", account: "Кабинет партнера", failed: "Не удалось загрузить эту часть страницы.", open: "Открыть в новой вкладке" },
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; position: relative }
    :host([hidden]) { display: none }
    iframe { display: block; inline-size: 100%; border: 0; opacity: 0 }
    iframe[data-shown] { opacity: 1 }
    p { position: absolute; inset-block-start: 0; margin: 0; padding: 1rem }
  `);

  class Frame extends HTMLElement {
    static observedAttributes = ["lang", "theme", "accent"];
    #frame = null;
    #timer = 0;
    #onMessage = (event) => this.#receive(event);
    #visibility = new IntersectionObserver((entries) => entries.some((it) => it.isIntersecting) && this.#open(), { rootMargin: "600px" });

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      addEventListener("message", this.#onMessage);
      // Insert a placeholder, which reserves the height and gives the observer something to watch.
      const placeholder = document.createElement("div");
      placeholder.style.blockSize = this.constructor.height;
      this.shadowRoot.replaceChildren(placeholder);
      this.#visibility.observe(this);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#onMessage);
      this.#visibility.disconnect();
      clearTimeout(this.#timer);
      this.shadowRoot.replaceChildren();
      this.#frame = null;
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#frame || before === after) return;
      if (name === "lang") this.#load();
      else this.#sendLook();
    }

    get #language() {
      const language = this.closest("[lang]")?.lang ?? "";
      return /^ru\b/i.test(language) ? "ru" : "en";
    }

    #open() {
      this.#visibility.disconnect();
      this.#frame = document.createElement("iframe");
      this.#frame.allow = "clipboard-write";
      this.#frame.style.blockSize = this.constructor.height;
      this.#load();
      this.shadowRoot.replaceChildren(this.#frame);
    }

    #load() {
      const { page, name } = this.constructor;
      this.#frame.title = texts[this.#language][name];
      this.#frame.src = new URL(`${this.#language}/${page}`, base).href;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#fail(), timeout);
    }

    #sendLook() {
      const { fit } = this.constructor;
      // Set the frame's colour scheme, because browsers paint an opaque background if it differs from that of the page.
      this.#frame.style.colorScheme = this.getAttribute("theme") ?? "";
      const look = { partner: "look", fit, theme: this.getAttribute("theme"), accent: this.getAttribute("accent") };
      this.#frame.contentWindow?.postMessage(look, base.origin);
    }

    #receive({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== base.origin || typeof data !== "object") return;
      const { partner, height, reference } = data ?? {};
      if (partner === "here") {
        this.#sendLook();
        if (!this.constructor.fit) this.#show();
      } else if (partner === "resized" && Number.isFinite(height) && height > 0 && this.constructor.fit) {
        const pixels = Math.min(height, 20_000);
        this.#frame.style.blockSize = `${pixels}px`;
        this.#show();
        this.#dispatch("resized", { height: pixels });
      } else if (partner === "sent" && typeof reference === "string" && /^[\w-]{1,40}$/.test(reference)) {
        this.#dispatch("sent", { reference });
      }
    }

    #show() {
      clearTimeout(this.#timer);
      this.#frame.dataset.shown = "";
      this.shadowRoot.querySelector("p")?.remove();
    }

    #fail() {
      const { failed, open } = texts[this.#language];
      const [message, link] = [document.createElement("p"), document.createElement("a")];
      Object.assign(link, { href: this.#frame.src, target: "_blank", rel: "noopener", textContent: open });
      message.append(`${failed} `, link);
      this.shadowRoot.querySelector("p")?.remove();
      this.shadowRoot.prepend(message);
      this.#dispatch("failed", {});
    }

    #dispatch(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
  }

  const define = (tag, kind) => customElements.get(tag) || customElements.define(tag, kind);
  define("partner-contact", class extends Frame {
    static page = "contact";
    static name = "contact";
    static fit = true;
    static height = "46rem";
  });
  define("partner-account", class extends Frame {
    static page = "clients/";
    static name = "account";
    static fit = false;
    static height = "100%";
  });
})();
