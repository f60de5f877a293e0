import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readingBodies } from "../../src/slack/delivery-body.ts";

const FORM = "application/x-www-form-urlencoded";

/** Status of a delivery whose listener answers 200 to whatever it is given; resolves with the bytes it was given. */
async function deliver(
  body: string,
  contentType = FORM,
): Promise<{ status: number; seen: string | undefined }> {
  let seen: string | undefined;
  const server = createServer(
    readingBodies((request, response) => {
      seen = String((request as { rawBody?: Buffer }).rawBody);
      response.end();
    }),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": contentType } });
  return { status: answer.status, seen };
}

test.each([
  "payload=null",
  "payload=%5B%5D",
  "payload",
  "p%61yload=null",
  "%70ayload=1",
  "text=help&payload=null",
  "text=help&%70ayload=null",
  "text=%70&payload=7",
])("a form whose payload is no object, %s, is refused and never reaches the listener", async (body) => {
  expect(await deliver(body)).toEqual({ status: 400, seen: undefined });
});

test.each([
  "command=%2Fdeadbolt&text=help",
  "text=payload%3Dnull&command=%2Fdeadbolt",
  "payloads=null",
  "my.payload=null",
  "payload=%7B%7D",
  "text=a&payload=%7B%7D",
])("a form that Bolt can read, %s, reaches the listener as it came", async (body) => {
  expect(await deliver(body)).toEqual({ status: 200, seen: body });
});

test("a body that comes in several pieces reaches the listener whole", async () => {
  const body = `text=${"é".repeat(200_000)}`;
  expect(await deliver(body)).toEqual({ status: 200, seen: body });
});
