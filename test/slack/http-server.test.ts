import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { startHttpServer, type HttpLimits } from "../../src/slack/http-server.ts";

const NOW = 1_700_000_000_000;

async function start(limits: HttpLimits) {
  let logged = "";
  const server = await startHttpServer({
    host: "127.0.0.1",
    port: 0,
    slack: (request, response) => {
      request.resume();
      request.once("end", () => response.end("taken"));
    },
    probes: { "/healthz": () => Promise.resolve({ status: 200, text: "ok\n" }) },
    now: () => NOW,
    log: pino({}, { write: (line: string) => (logged += line) }),
    limits,
  });
  onTestFinished(() => server.close());
  return { url: `http://127.0.0.1:${server.port}`, port: server.port, logged: () => logged };
}

async function open(port: number, sent = ""): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(sent);
  return socket;
}

const HALF = `POST /slack/events HTTP/1.1\r\nhost: x\r\nx-slack-request-timestamp: ${NOW / 1_000}\r\ncontent-length: 100\r\n\r\nhalf`;

test.each([
  ["a body", HALF],
  ["headers", "POST /slack/events HTTP/1.1\r\nhost: x\r\n"],
  ["the body of a request that is refused", HALF.replace("/slack/events", "/elsewhere")],
])("whoever never sends the rest of %s is cut off", async (_what, half) => {
  const { port } = await start({ requestMilliseconds: 200, waitingConnections: 10 });
  const socket = await open(port, half);
  // It resolves only once the server has ended the connection.
  expect(await text(socket)).toMatch(/^(?:HTTP\/1\.1 (?:408|404) |$)/);
});

test("with too many connections that send nothing whole, the oldest end and the newest is served", async () => {
  const { port, url } = await start({ requestMilliseconds: 60_000, waitingConnections: 20 });
  const ended: number[] = [];
  const sockets: Socket[] = [];
  for (let number = 0; number < 30; number += 1) {
    const socket = await open(port, HALF);
    socket.once("close", () => ended.push(number));
    sockets.push(socket);
  }
  const answer = await fetch(`${url}/slack/events`, {
    method: "POST",
    body: "x",
    headers: { "x-slack-request-timestamp": String(NOW / 1_000) },
  });
  expect(await answer.text()).toBe("taken");
  await Promise.all(
    sockets.slice(0, 11).map(async (socket) => {
      if (!socket.destroyed) await once(socket.resume(), "close");
    }),
  );
  expect(ended.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("a delivery of another time is refused, and the log says that a clock is wrong", async () => {
  const { url, logged } = await start({ requestMilliseconds: 10_000, waitingConnections: 10 });
  const deliver = (timestamp: string) =>
    fetch(`${url}/slack/events`, { method: "POST", headers: { "x-slack-request-timestamp": timestamp } });
  expect((await deliver("")).status).toBe(401);
  expect(logged()).toBe("");
  for (let times = 0; times < 3; times += 1) expect((await deliver("1700000301")).status).toBe(401);
  expect(logged().trim().split("\n")).toHaveLength(1);
  expect(JSON.parse(logged())).toMatchObject({ secondsAhead: 301 });
  expect((await deliver("1699999700")).status).toBe(200);
});
