import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { readingBodies } from "../../src/slack/delivery-body.ts";

const FORM = "application/x-www-form-urlencoded";
const SECRET = "the-signing-secret";
const TIMESTAMP = "1700000000";

const signatureOf = (body: string | Buffer, secret = SECRET) =>
  `v0=${createHmac("sha256", secret).update(`v0:${TIMESTAMP}:`).update(body).digest("hex")}`;

interface Delivered {
  status: number;
  /** The bytes that the listener was given. */
  seen: string | undefined;
  logged: string;
}

/** Delivers to a listener that answers 200 to whatever it is given. */
async function deliver(
  body: string | Buffer<ArrayBuffer>,
  contentType = FORM,
  headers: Record<string, string> = { "x-slack-signature": signatureOf(body) },
): Promise<Delivered> {
  let seen: string | undefined;
  let logged = "";
  const log = pino({}, { write: (line: string) => (logged += line) });
  const server = createServer(
    readingBodies(
      (request, response) => {
        seen = String((request as { rawBody?: Buffer }).rawBody);
        response.end();
      },
      { signingSecret: SECRET, log, now: () => 0 },
    ),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": contentType, "x-slack-request-timestamp": TIMESTAMP, ...headers },
  });
  return { status: answer.status, seen, logged };
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
  expect(await deliver(body)).toMatchObject({ status: 400, seen: undefined });
});

test.each([
  "command=%2Fdeadbolt&text=help",
  "text=payload%3Dnull&command=%2Fdeadbolt",
  "payloads=null",
  "my.payload=null",
  "payload=%7B%7D",
  "text=a&payload=%7B%7D",
])("a form that Bolt can read, %s, reaches the listener as it came", async (body) => {
  expect(await deliver(body)).toMatchObject({ status: 200, seen: body });
});

test("a body that comes in several pieces reaches the listener whole", async () => {
  const body = `text=${"é".repeat(200_000)}`;
  expect(await deliver(body)).toMatchObject({ status: 200, seen: body });
});

test.each([
  ["another secret", signatureOf("payload=%7B%7D", "another-secret")],
  ["another body", signatureOf("payload=%7B%20%7D")],
  ["another version", signatureOf("payload=%7B%7D").replace("v0=", "v1=")],
  ["half a signature", signatureOf("payload=%7B%7D").slice(0, 35)],
  ["nothing", ""],
])("a signature of %s is refused, and the log names SLACK_SIGNING_SECRET", async (_what, signature) => {
  const delivered = await deliver("payload=%7B%7D", FORM, { "x-slack-signature": signature });
  expect(delivered).toMatchObject({ status: 401, seen: undefined });
  expect(delivered.logged).toContain("SLACK_SIGNING_SECRET");
  expect(delivered.logged).not.toContain(SECRET);
});

test("a body is known by its bytes: another one that reads as the same text is not signed", async () => {
  const [one, other] = [Buffer.from([0xff]), Buffer.from([0xfe])];
  expect(one.toString()).toBe(other.toString());
  expect(await deliver(other, FORM, { "x-slack-signature": signatureOf(one) })).toMatchObject({
    status: 401,
  });
  expect(await deliver(other, FORM)).toMatchObject({ status: 200 });
});

test.each([
  ["a form whose payload is no JSON", "payload=%7B&ssl_check=1", FORM],
  ["a check of the certificate", "ssl_check=1", FORM],
  ["what is no JSON", "{".repeat(900_000), "application/json"],
])("without a signature %s is not even parsed", async (_what, body, contentType) => {
  expect(await deliver(body, contentType, {})).toMatchObject({ status: 401, seen: undefined });
});

test("a body that is too long is refused whether or not it says so before", async () => {
  expect(await deliver(`text=${"x".repeat(1_100_000)}`)).toMatchObject({ status: 413, seen: undefined });
});
