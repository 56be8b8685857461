// Ports for what a test starts.
import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems hand out by themselves (from 32768 on Linux, 49152 elsewhere): nobody gets one meanwhile. */
const lowest = 20_000;
/** So many for each of the workers that run beside one another. */
const count = 2_000;

let asked = 0;

/** A port that nobody listens on, and that no other call gives soon. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < count; attempt += 1) {
    const port = lowest + count * Number(process.env.TEST_PARALLEL_INDEX ?? 0) + (asked++ % count);
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

async function isFree(port: number): Promise<boolean> {
  const listener = createServer().listen(port, "127.0.0.1");
  const isFree = await once(listener, "listening").then(() => true, () => false);
  listener.close();
  return isFree;
}
