import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { getGlobalDispatcher } from "undici";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createHttp, type SendOptions } from "../../src/connectors/http.ts";
import { toRequest } from "../../src/connectors/operation-call.ts";

let server: Server;
let sockets: Socket[];
let answer: RequestListener;
let seen: string[];

beforeEach(async () => {
  sockets = [];
  seen = [];
  answer = (_, response) => response.end("{}");
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => answer(request, response));
  });
  server.on("connection", (socket) => sockets.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const urlOf = (listening: { address(): unknown }, scheme = "http"): string =>
  `${scheme}://127.0.0.1:${(listening.address() as AddressInfo).port}`;

const read: SendOptions = { writes: false, repeatable: false, needsBody: true };
const write: SendOptions = { writes: true, repeatable: false, needsBody: true };

function send(
  method: "GET" | "POST" | "PUT",
  options: SendOptions,
  { url = urlOf(server), timeout = 5_000 } = {},
) {
  const http = createHttp({ timeout, maxBodyBytes: 10_000 });
  const body = method === "PUT" ? { action: "deactivate" } : undefined;
  return http(toRequest(url, { method, path: "/users", query: { q: "a b" }, body }, {}), options);
}

/** Resolves when the client has noticed that its connection to the server is gone. */
function connectionLost(): Promise<void> {
  const dispatcher = getGlobalDispatcher();
  const own = urlOf(server);
  return new Promise((resolve) => {
    // Connections of the tests before this one may still be ending.
    const hear = (origin: URL) => void (origin.origin === own && resolve());
    dispatcher.on("disconnect", hear);
    onTestFinished(() => void dispatcher.off("disconnect", hear));
  });
}

/** Resolves when the next answer has come to its end and its connection is free. */
async function connectionFree(): Promise<void> {
  const end = Promise.withResolvers<void>();
  const hear = () => end.resolve();
  subscribe("undici:request:trailers", hear);
  await end.promise;
  unsubscribe("undici:request:trailers", hear);
  // The connection is freed in the turn in which the end is reported.
  await new Promise(setImmediate);
}

/** Calls back for every piece of a body that has come, until the test ends. */
function onPiece(hear: () => void): void {
  subscribe("undici:request:bodyChunkReceived", hear);
  onTestFinished(() => void unsubscribe("undici:request:bodyChunkReceived", hear));
}

describe("a connection", () => {
  it("is used again, also after a success whose body was not needed", async () => {
    for (const status of [200, 204])
      for (const needsBody of [true, false, true]) {
        answer = (_, response) => response.writeHead(status).end(status === 200 ? "{}" : undefined);
        const free = connectionFree();
        expect(await send("PUT", { ...write, needsBody })).toMatchObject({ status });
        await free;
      }
    expect(sockets).toHaveLength(1);
  });

  it.each([
    ["closed", (socket: Socket) => socket.end()],
    ["dropped", (socket: Socket) => socket.destroy()],
    ["reset", (socket: Socket) => socket.resetAndDestroy()],
  ])("that the vendor %s while nothing was asked costs the next write nothing", async (_, leave) => {
    await send("POST", write);
    const lost = connectionLost();
    for (const socket of sockets) leave(socket);
    await lost;
    const result = await send("POST", write);
    expect(result).toMatchObject({ status: 200, attempts: 1, unsettled: false });
    expect(seen).toHaveLength(2);
    expect(sockets).toHaveLength(2);
  });

  it("that nobody has opened when the time is over leaves nothing open", async () => {
    // It takes connections and never says a word of TLS.
    const silent = createTcpServer().listen(0, "127.0.0.1");
    const taken = new Promise<Socket>((resolve) => silent.once("connection", resolve));
    await once(silent, "listening");
    const result = await send("POST", write, { url: urlOf(silent, "https"), timeout: 100 });
    expect(result).toMatchObject({ kind: "timeout", attempts: 1, unsettled: false });
    (await taken).destroy();
    silent.close();
  });
});

describe("a request", () => {
  it("says who asks and what can be read, and how long a body is", async () => {
    const headers: unknown[] = [];
    answer = (request, response) => {
      headers.push(request.headers);
      response.end("{}");
    };
    await send("GET", read);
    await send("POST", write);
    await send("PUT", write);
    const usual = {
      host: new URL(urlOf(server)).host,
      connection: "keep-alive",
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": "deadbolt",
    };
    expect(headers).toEqual([
      usual,
      { ...usual, "content-length": "0" },
      { ...usual, "content-type": "application/json", "content-length": "23" },
    ]);
    expect(seen).toEqual(["GET /users?q=a+b", "POST /users?q=a+b", "PUT /users?q=a+b"]);
  });
});

describe("an answer", () => {
  it("is not what comes before it", async () => {
    answer = (_, response) => {
      response.writeEarlyHints({ link: "</style.css>; rel=preload; as=style" });
      response.writeHead(201).end("{}");
    };
    expect(await send("POST", write)).toMatchObject({ status: 201, text: "{}" });
  });

  it("in pieces that break a character is read whole", async () => {
    const bytes = Buffer.from("é€😀");
    let count = 0;
    answer = (_, response) => {
      const writeNext = () => {
        if (count < bytes.length) response.write(bytes.subarray(count, ++count));
        else response.end();
      };
      onPiece(writeNext);
      writeNext();
    };
    expect(await send("GET", read)).toMatchObject({ text: "é€😀" });
    expect(count).toBe(bytes.length);
  });

  it.each(["close", "keep-alive"])("that is too long is not read on (connection: %s)", async (connection) => {
    answer = (_, response) => response.writeHead(200, { connection }).end("x".repeat(5_000_000));
    for (const needsBody of [true, false])
      expect(await send("PUT", { ...write, needsBody })).toMatchObject(
        needsBody
          ? { kind: "unreadable", reason: "the answer is longer than 10000 bytes", unsettled: true }
          : { kind: "answer", status: 200, unsettled: false },
      );
    answer = (_, response) => response.end("{}");
    expect(await send("GET", read)).toMatchObject({ status: 200, text: "{}" });
  });

  it("whose body is not needed is there before its body", async () => {
    let sendBody = () => {};
    answer = (_, response) => {
      response.writeHead(200, { "content-length": "2" });
      response.flushHeaders();
      sendBody = () => void response.end("{}");
    };
    const free = connectionFree();
    // The body comes only after the result; the timeout is longer than the test's own.
    const result = await send("PUT", { ...write, needsBody: false }, { timeout: 600_000 });
    expect(result).toMatchObject({ status: 200, text: "" });
    sendBody();
    await free;
    expect(sockets).toHaveLength(1);
  });

  it("without the shape of HTTP leaves open what it did", async () => {
    answer = (request) => request.socket.end("SSH-2.0-OpenSSH_9.9\r\n");
    expect(await send("POST", write)).toMatchObject({ kind: "connection", attempts: 1, unsettled: true });
  });
});

describe("a cancelled call", () => {
  it("leaves nothing open when it has no connection yet", async () => {
    const silent = createTcpServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const controller = new AbortController();
    silent.once("connection", () => controller.abort(new Error("withdrawn")));
    const call = send("POST", { ...write, signal: controller.signal }, { url: urlOf(silent, "https") });
    await expect(call).rejects.toThrow("withdrawn");
    silent.close();
  });

  it("in the middle of an answer is an end of its own", async () => {
    const controller = new AbortController();
    answer = (_, response) => {
      response.writeHead(200);
      response.write("{");
    };
    onPiece(() => controller.abort());
    expect(await send("POST", { ...write, signal: controller.signal })).toMatchObject({
      kind: "connection",
      reason: "cancelled",
      unsettled: true,
    });
  });
});
