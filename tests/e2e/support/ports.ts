// Finds free ports for the servers that tests start.
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * First port for tests. The range is below the ephemeral ports, which the system assigns to connections at any time.
 */
const lowest = 20_000;
/**
 * Size of the port range of each parallel worker. Workers have separate ranges, so that they never use the same port.
 */
const count = 2_000;

let calls = 0;

/** Returns a free port. Later calls return other ports, so that the caller has time to start a server on this port. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < count; attempt += 1) {
    const port = lowest + count * Number(process.env.TEST_PARALLEL_INDEX ?? 0) + (calls++ % count);
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
