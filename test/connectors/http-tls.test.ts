import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createHttp } from "../../src/connectors/http.ts";
import { sendElsewhere } from "./send-elsewhere.ts";
import { signOneself } from "./self-signed.ts";

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const remove of leftovers.splice(0)) await remove();
});

let arrived = 0;
async function listen(server: Server): Promise<string> {
  arrived = 0;
  server.on("request", (_, response) => {
    arrived += 1;
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  leftovers.push(() => server.close());
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function send(url: string) {
  const request = { method: "POST", url: new URL(url), headers: {}, body: "{}" };
  return createHttp()(request, { writes: true, repeatable: false, needsBody: true });
}

/** What comes of it in a process that trusts this certificate as if an authority had signed it. */
async function sendTrusting(cert: string, url: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-tls-"));
  leftovers.push(() => rm(folder, { recursive: true }));
  const file = join(folder, "cert.pem");
  await writeFile(file, cert);
  return sendElsewhere(url, { NODE_EXTRA_CA_CERTS: file });
}

it("sends nothing to whoever has signed for themselves", async () => {
  const result = await send(await listen(createServer(signOneself("127.0.0.1"))));
  expect(result).toMatchObject({
    kind: "connection",
    reason: "DEPTH_ZERO_SELF_SIGNED_CERT",
    attempts: 1,
    unsettled: false,
  });
  expect(arrived).toBe(0);
});

it("sends nothing where TLS is not spoken", async () => {
  const result = await send(await listen(createPlainServer()));
  expect(result).toMatchObject({ kind: "connection", attempts: 1, unsettled: false });
  expect(arrived).toBe(0);
});

it("sends to whom it trusts", async () => {
  const identity = signOneself("127.0.0.1");
  const url = await listen(createServer(identity));
  expect(await sendTrusting(identity.cert, url)).toEqual({ kind: "answer", status: 200, unsettled: false });
  expect(arrived).toBe(1);
});

it("sends nothing to somebody trusted whose name is another", async () => {
  const identity = signOneself("elsewhere.example");
  const url = await listen(createServer(identity));
  expect(await sendTrusting(identity.cert, url)).toEqual({
    kind: "connection",
    reason: "ERR_TLS_CERT_ALTNAME_INVALID",
    unsettled: false,
  });
  expect(arrived).toBe(0);
});
