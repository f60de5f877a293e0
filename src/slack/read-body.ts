import type { IncomingMessage } from "node:http";

/** Slack's own payloads stay far below this. */
const LONGEST_BODY_BYTES = 1024 * 1024;
/** All bodies that are being read take at most so much. */
const MOST_BUFFERED_BYTES = 16 * 1024 * 1024;

/** The whole body; `too-long`, then the rest is read and thrown away; or `crowded-out` by others. */
export type ReadBody = Buffer | "too-long" | "crowded-out";

interface OpenBody {
  length: number;
  crowdOut(): void;
}

/**
 * Reads bodies of strangers within bounds. When all of them together are too much, the longest goes: Slack's are
 * short and come whole, so what holds the most for long is not Slack's.
 * @param most bytes of all bodies together; 16 MiB by default
 * @returns reads one body; rejects when its sender goes away
 */
export function createBodyReader(
  most = MOST_BUFFERED_BYTES,
): (request: IncomingMessage) => Promise<ReadBody> {
  const open = new Set<OpenBody>();
  let buffered = 0;

  function longest(): OpenBody | undefined {
    let found: OpenBody | undefined;
    for (const body of open) if (found === undefined || body.length > found.length) found = body;
    return found;
  }

  return (request) => {
    if (Number(request.headers["content-length"]) > LONGEST_BODY_BYTES) {
      request.resume();
      return Promise.resolve("too-long");
    }
    // Events and not an iterator: this is on the way of every acknowledgement, and the iterator costs twice as much.
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const body: OpenBody = { length: 0, crowdOut: () => settle("crowded-out") };
      open.add(body);
      /** From then on nothing of it is kept. */
      function settle(answer: ReadBody | Error): void {
        if (!open.delete(body)) return;
        buffered -= body.length;
        chunks.length = 0;
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      }
      request.on("data", (chunk: Buffer) => {
        if (!open.has(body)) return;
        body.length += chunk.length;
        buffered += chunk.length;
        if (body.length > LONGEST_BODY_BYTES) return settle("too-long");
        chunks.push(chunk);
        if (buffered > most) longest()?.crowdOut();
      });
      request.once("end", () => {
        const [only] = chunks;
        settle(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
      });
      request.once("close", () => settle(new Error("The sender went away.")));
      request.once("error", settle);
    });
  };
}
