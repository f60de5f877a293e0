import fc from "fast-check";
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createBodyReader, type ReadBody } from "../../src/slack/read-body.ts";

function openBody(read: (request: IncomingMessage) => Promise<ReadBody>, headers = {}) {
  const stream = Object.assign(new PassThrough(), { headers });
  const body: { answer?: ReadBody | Error; send(bytes: number): Promise<void>; end(): Promise<void> } = {
    async send(bytes) {
      if (!stream.destroyed) stream.write(Buffer.alloc(bytes, "x"));
      await passed();
    },
    async end() {
      stream.end();
      await passed();
    },
  };
  read(stream as never).then(
    (answer) => (body.answer = answer),
    (error: Error) => (body.answer = error),
  );
  return body;
}

/** Streams hand on what they have in later rounds of the event loop. */
async function passed(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

const heldBy = (bodies: { sent: number; answer?: unknown }[]) =>
  bodies.filter(({ answer }) => answer === undefined).reduce((sum, { sent }) => sum + sent, 0);

test("bodies half sent never hold more than the bound, and only the longest goes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ which: fc.nat(5), bytes: fc.integer({ min: 1, max: 400 }) }), { maxLength: 25 }),
      async (sends) => {
        const read = createBodyReader(1_000);
        const bodies = Array.from({ length: 6 }, () => Object.assign(openBody(read), { sent: 0 }));
        for (const { which, bytes } of sends) {
          const body = bodies[which];
          if (body === undefined || body.answer !== undefined) continue;
          body.sent += bytes;
          const open = bodies.filter(({ answer }) => answer === undefined);
          const isTooMuch = heldBy(open) > 1_000;
          const longest = Math.max(...open.map(({ sent }) => sent));
          await body.send(bytes);
          const gone = open.filter(({ answer }) => answer !== undefined);
          expect(gone.map(({ answer, sent }) => [answer, sent])).toEqual(
            isTooMuch ? [["crowded-out", longest]] : [],
          );
          expect(heldBy(bodies)).toBeLessThanOrEqual(1_000);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test("a short body comes through whole while others fill what there is", async () => {
  const read = createBodyReader(1_000);
  const hoarders = Array.from({ length: 10 }, () => openBody(read));
  for (const hoarder of hoarders) await hoarder.send(300);
  const ours = openBody(read);
  await ours.send(50);
  await hoarders.at(-1)?.send(400);
  await ours.send(50);
  await ours.end();
  expect(ours.answer).toEqual(Buffer.alloc(100, "x"));
});

test("one that says that it is too long is not waited for", async () => {
  const body = openBody(createBodyReader(), { "content-length": "1048577" });
  await body.send(1);
  expect(body.answer).toBe("too-long");
});

test("what one left behind is there for the next", async () => {
  const read = createBodyReader(1_000);
  for (let times = 0; times < 20; times += 1) {
    const body = openBody(read);
    await body.send(900);
    await body.end();
    expect(body.answer).toHaveLength(900);
  }
});
