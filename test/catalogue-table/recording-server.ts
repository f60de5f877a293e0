import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that only writes down where it was asked. */
export interface RecordingServer {
  url: string;
  /** The request lines' method and address, as they arrived, without those that ask for a token. */
  seen: { method: string; address: string }[];
  close(): Promise<void>;
}

/** Starts it on loopback. It gives out tokens as Zoom does, and refuses everything else. */
export async function startRecordingServer(): Promise<RecordingServer> {
  const seen: RecordingServer["seen"] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "" } = request;
    request.resume();
    response.setHeader("content-type", "application/json");
    if (url.startsWith("/oauth/token")) {
      response.end(JSON.stringify({ access_token: "token", expires_in: 10_000_000_000 }));
      return;
    }
    seen.push({ method, address: url });
    response.statusCode = 400;
    const errors = [{ code: 300, message: "No." }];
    response.end(JSON.stringify({ code: 300, message: "No.", success: false, errors }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
