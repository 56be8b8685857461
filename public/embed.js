// The custom elements <partner-contact> and <partner-account>, for other sites' pages: docs/embedding.md.
(() => {
  "use strict";
  const base = new URL(".", document.currentScript.src);
  // A frame that has not spoken for so long is not coming: it was refused, or there is no network.
  const patience = 15_000;
  const words = {
    en: { contact: "Contact sales", account: "Partner account", apart: "This part of the page could not be shown here.", open: "Open it in a new tab" },
    ru: { contact: "Связаться с отделом продаж", account: "Кабинет партнера", apart: "Эту часть страницы не удалось показать здесь.", open: "Открыть в новой вкладке" },
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
    #hear = (event) => this.#heard(event);
    #near = new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && this.#open(), { rootMargin: "600px" });

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      addEventListener("message", this.#hear);
      // Keeps the place, and is seen coming: an empty box has no size.
      const place = document.createElement("div");
      place.style.blockSize = this.constructor.place;
      this.shadowRoot.replaceChildren(place);
      this.#near.observe(this);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
      this.#near.disconnect();
      clearTimeout(this.#timer);
      this.shadowRoot.replaceChildren();
      this.#frame = null;
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#frame || before === now) return;
      if (name === "lang") this.#go();
      else this.#look();
    }

    get #language() {
      const language = this.closest("[lang]")?.lang ?? "";
      return /^ru\b/i.test(language) ? "ru" : "en";
    }

    #open() {
      this.#near.disconnect();
      this.#frame = document.createElement("iframe");
      this.#frame.allow = "clipboard-write";
      this.#frame.style.blockSize = this.constructor.place;
      this.#go();
      this.shadowRoot.replaceChildren(this.#frame);
    }

    #go() {
      const { page, name } = this.constructor;
      this.#frame.title = words[this.#language][name];
      this.#frame.src = new URL(`${this.#language}/${page}`, base).href;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#fail(), patience);
    }

    #look() {
      const { fit } = this.constructor;
      // A frame of another scheme than its page's is opaque.
      this.#frame.style.colorScheme = this.getAttribute("theme") ?? "";
      const look = { partner: "look", fit, theme: this.getAttribute("theme"), accent: this.getAttribute("accent") };
      this.#frame.contentWindow?.postMessage(look, base.origin);
    }

    #heard({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== base.origin || typeof data !== "object") return;
      const { partner, height, reference } = data ?? {};
      if (partner === "here") {
        this.#look();
        if (!this.constructor.fit) this.#show();
      } else if (partner === "resized" && Number.isFinite(height) && height > 0 && this.constructor.fit) {
        const pixels = Math.min(height, 20_000);
        this.#frame.style.blockSize = `${pixels}px`;
        this.#show();
        this.#tell("resized", { height: pixels });
      } else if (partner === "sent" && typeof reference === "string" && /^[\w-]{1,40}$/.test(reference)) {
        this.#tell("sent", { reference });
      }
    }

    #show() {
      clearTimeout(this.#timer);
      this.#frame.dataset.shown = "";
      this.shadowRoot.querySelector("p")?.remove();
    }

    #fail() {
      const { apart, open } = words[this.#language];
      const [line, link] = [document.createElement("p"), document.createElement("a")];
      Object.assign(link, { href: this.#frame.src, target: "_blank", rel: "noopener", textContent: open });
      line.append(`${apart} `, link);
      this.shadowRoot.querySelector("p")?.remove();
      this.shadowRoot.prepend(line);
      this.#tell("failed", {});
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
  }

  const define = (tag, kind) => customElements.get(tag) || customElements.define(tag, kind);
  define("partner-contact", class extends Frame {
    static page = "contact";
    static name = "contact";
    static fit = true;
    static place = "46rem";
  });
  define("partner-account", class extends Frame {
    static page = "clients/";
    static name = "account";
    static fit = false;
    static place = "100%";
  });
})();
