import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { startSimulator } from "../../playground/simulator.ts";
import { sendElsewhere } from "./send-elsewhere.ts";

it("goes through the proxy that Node is told of by its environment", async () => {
  const vendor = await startSimulator("vendor", () => ({ status: 200, body: {} }));
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on("connect", (request, socket) => {
    asked.push(request.url);
    const through = connect(vendor.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(through).pipe(socket);
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const result = await sendElsewhere("http://vendor.example/users", {
    NODE_USE_ENV_PROXY: "1",
    HTTP_PROXY: address,
    NO_PROXY: "",
  });
  expect(result).toEqual({ kind: "answer", status: 200, unsettled: false });
  expect(asked).toEqual(["vendor.example:80"]);
  expect(vendor.calls.map(({ request }) => request.path)).toEqual(["/users"]);
  proxy.closeAllConnections();
  proxy.close();
  await vendor.close();
});
