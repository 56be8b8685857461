// Computes the score of Mozilla's HTTP Observatory for a response, by the rules published in 2025: 100 points, minus
// points for missing or wrong headers, plus bonus points if few points were lost.
import type { IncomingHttpHeaders } from "node:http";

export interface Page {
  headers: IncomingHttpHeaders;
  html: string;
  /** URL to which the site redirects requests over plain HTTP, if it does. */
  redirect?: string;
}

export interface Score {
  points: number;
  /** Points that each rule subtracts or adds. Rules without effect are left out. */
  items: Record<string, number>;
}

export function score({ headers, html, redirect }: Page): Score {
  const header = (name: string) => String(headers[name] ?? "");
  const policy = directives(header("content-security-policy"));
  const items: Record<string, number> = {
    policy: ofPolicy(policy),
    framing: policy.has("frame-ancestors") ? 5 : /^(deny|sameorigin)$/i.test(header("x-frame-options")) ? 0 : -20,
    transport: ofTransport(header("strict-transport-security")),
    redirect: redirect?.startsWith("https://") ? 0 : -20,
    types: header("x-content-type-options") === "nosniff" ? 0 : -5,
    referrer: ofReferrer(header("referrer-policy")),
    integrity: ofScripts(html),
    cookies: ofCookies(headers["set-cookie"] ?? []),
    sharing: ofSharing(header("access-control-allow-origin"), header("access-control-allow-credentials")),
    resources: ofChoice(header("cross-origin-resource-policy"), ["same-origin", "same-site"], 10),
    embedding: ofChoice(header("cross-origin-embedder-policy"), ["require-corp", "credentialless"], 10),
    opening: ofChoice(header("cross-origin-opener-policy"), ["same-origin"], 10),
  };
  const values = Object.values(items);
  const lost = values.filter((value) => value < 0).reduce((sum, value) => sum + value, 100);
  const won = values.filter((value) => value > 0).reduce((sum, value) => sum + value, 0);
  return { points: Math.max(0, lost < 90 ? lost : lost + won), items: Object.fromEntries(Object.entries(items).filter(([, value]) => value !== 0)) };
}

function directives(policy: string): Map<string, string[]> {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/)).filter(([name]) => name);
  return new Map(parts.map(([name, ...sources]) => [name!.toLowerCase(), sources]));
}

function ofPolicy(policy: Map<string, string[]>): number {
  const usual = policy.get("default-src");
  const script = policy.get("script-src") ?? usual;
  const style = policy.get("style-src") ?? usual;
  if (!policy.size || !script || !style) return -25;
  const broad = ["*", "http:", "https:", "data:", "blob:"];
  const isOpen = (sources: string[]) => sources.some((source) => broad.includes(source));
  if (script.includes("'unsafe-inline'") || isOpen(script) || isOpen(policy.get("object-src") ?? usual ?? ["*"])) return -20;
  if (script.includes("'unsafe-eval'")) return -10;
  if (style.includes("'unsafe-inline'") || isOpen(style)) return 0;
  return usual?.length === 1 && usual[0] === "'none'" ? 10 : 5;
}

function ofTransport(header: string): number {
  const age = Number(/max-age=(\d+)/.exec(header)?.[1] ?? -1);
  if (age < 0) return -20;
  return age < 15_768_000 ? -10 : 0;
}

function ofReferrer(header: string): number {
  if (!header) return 0;
  return ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"].includes(header) ? 5 : -5;
}

function ofScripts(html: string): number {
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]*)"[^>]*>/g)];
  const isForeign = (address: string) => /^(https?:)?\/\//.test(address);
  const bare = scripts.filter(([tag]) => !/\bintegrity="sha(256|384|512)-/.test(tag));
  if (bare.some(([, address]) => isForeign(address!))) return -5;
  return scripts.length > 0 && bare.length === 0 ? 5 : 0;
}

function ofCookies(cookies: string[]): number {
  if (cookies.some((cookie) => !/;\s*secure/i.test(cookie))) return -40;
  if (cookies.some((cookie) => !/;\s*httponly/i.test(cookie))) return -30;
  return cookies.length > 0 && cookies.every((cookie) => /;\s*samesite=(strict|lax)/i.test(cookie)) ? 5 : 0;
}

function ofSharing(origin: string, credentials: string): number {
  if (!origin) return 0;
  return credentials === "true" ? -50 : 0;
}

function ofChoice(header: string, best: string[], points: number): number {
  return best.includes(header) ? points : 0;
}
