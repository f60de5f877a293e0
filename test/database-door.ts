import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a Postgres that can be shut, as the server of a database is while it restarts. */
export interface DatabaseDoor {
  /** As the one behind it, by another port. */
  url: string;
  /** Ends every connection through it and refuses new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a way to the Postgres of `behind`. */
export async function createDatabaseDoor(behind: string): Promise<DatabaseDoor> {
  const { hostname, port } = new URL(behind);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const other = connect(Number(port), hostname);
    for (const one of [socket, other]) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        socket.destroy();
        other.destroy();
      });
    }
    socket.pipe(other).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;
  const url = new URL(behind);
  url.port = String(own);
  return {
    url: url.href,
    async shut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async open() {
      server.listen(own, "127.0.0.1");
      await once(server, "listening");
    },
  };
}
