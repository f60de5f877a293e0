import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { isVendorError } from "../../src/connectors/vendor-error.ts";
import { createZoomConnector, type ZoomConnector } from "../../src/connectors/zoom.ts";
import { createSender, requestToken, type Send } from "../playground/vendor-client.ts";
import { findContract, startValidatingProxy, type ValidatingProxy } from "./validating-proxy.ts";

const contractFile = findContract("zoom-users.strict.openapi.json");
const gif = { name: "beach.gif", content: Buffer.from("GIF89a, and the rest of it").toString("base64") };

describe.skipIf(contractFile === undefined)("what belongs to a Zoom user keeps to Zoom's contract", () => {
  let vendor: ZoomSimulator;
  let proxy: ValidatingProxy;
  let zoom: ZoomConnector;
  let send: Send;
  let sam: ZoomUser;
  let kim: ZoomUser;

  beforeAll(async () => {
    vendor = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
    proxy = await startValidatingProxy(contractFile ?? "", vendor.apiUrl);
    zoom = createZoomConnector({
      apiUrl: proxy.url,
      oauthUrl: vendor.oauthUrl,
      ...vendor.credentials,
      plan: "business",
    });
    send = createSender(proxy.url, { authorization: `Bearer ${await requestToken(vendor)}` });
  });

  afterAll(async () => {
    await proxy?.close();
    await vendor?.close();
  });

  beforeEach(() => {
    sam = vendor.addUser();
    kim = vendor.addUser();
    vendor.clearFaults();
    vendor.calls.length = 0;
  });

  /** Runs a call; when the proxy finds a fault in it or in its answer, the connector's error is the proxy's. */
  const run = (name: string, input: object): Promise<unknown> => zoom.execute(findOperation(name), input);

  /** Runs a call that the vendor refuses. */
  async function refusalOf(name: string, input: object): Promise<string> {
    try {
      await run(name, input);
    } catch (error) {
      if (isVendorError(error)) return `${error.facts.status}/${error.facts.code}`;
      throw error;
    }
    throw new Error("It was not refused.");
  }

  test("assistants are added, listed, removed one by one and all at once", async () => {
    const lee = vendor.addUser();
    const assistants = [kim.email, lee.id];
    await run("zoom.assistant.add", { userId: sam.id, assistants, canManagePrivateEvents: true });
    expect(await run("zoom.assistant.list", { userId: sam.email })).toEqual({
      assistants: [
        { id: kim.id, email: kim.email, can_manage_host_private_event: true },
        { id: lee.id, email: lee.email, can_manage_host_private_event: true },
      ],
    });
    await run("zoom.assistant.remove", { userId: sam.id, assistantId: kim.id });
    expect([...sam.pretend.assistants.keys()]).toEqual([lee.id]);
    await run("zoom.assistant.removeAll", { userId: sam.id });
    expect(sam.pretend.assistants.size).toBe(0);
    expect(await refusalOf("zoom.assistant.add", { userId: sam.id, assistants: ["x@example.com"] })).toBe(
      "400/200",
    );
  });

  test("schedulers are listed, removed one by one and all at once", async () => {
    const lee = vendor.addUser();
    for (const host of [kim, lee]) host.pretend.assistants.set(sam.id, false);
    expect(await run("zoom.scheduler.list", { userId: sam.id })).toEqual({
      schedulers: [kim, lee].map(({ id, email, pmi }) => ({ id, email, pmi })),
    });
    await run("zoom.scheduler.remove", { userId: sam.id, schedulerId: kim.id });
    expect(lee.pretend.assistants.has(sam.id)).toBe(true);
    await run("zoom.scheduler.removeAll", { userId: sam.id });
    expect(lee.pretend.assistants.has(sam.id)).toBe(false);
  });

  test("a picture is uploaded and deleted", async () => {
    const png = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1").toString("base64");
    const upload = { userId: sam.id, picture: { name: "sam.png", content: png } };
    // The proxy reads every body as text and spoils the bytes of the file: only its form is looked at here.
    expect(await refusalOf("zoom.picture.upload", upload)).toBe("400/120");
    vendor.addFault({ kind: "answer", method: "POST", answer: { status: 201, body: {} }, times: 1 });
    await run("zoom.picture.upload", upload);
    sam.pic_url = "https://example.zoom.us/p/v2/picture";
    expect(await run("zoom.user.get", { userId: sam.id })).toMatchObject({ pic_url: sam.pic_url });
    await run("zoom.picture.delete", { userId: sam.id });
    expect(sam.pic_url).toBeUndefined();
  });

  test("a background is uploaded, listed and deleted", async () => {
    const uploaded = await run("zoom.background.upload", { userId: sam.id, background: gif });
    expect(uploaded).toMatchObject({ name: "beach.gif", size: 26, type: "image" });
    const { id } = uploaded as { id: string };
    expect(await run("zoom.background.list", { userId: sam.id })).toMatchObject({
      in_meeting: { virtual_background_settings: { files: [{ id }] } },
    });
    await run("zoom.background.delete", { userId: sam.id, fileIds: [id] });
    expect(sam.pretend.backgrounds).toEqual([]);
    expect(await refusalOf("zoom.background.delete", { userId: sam.id, fileIds: [id] })).toBe("400/300");
  });

  test.each<[string, object]>([
    ["zoom.assistant.list", {}],
    ["zoom.assistant.add", { assistants: ["kim@example.com"] }],
    ["zoom.assistant.remove", { assistantId: "kim" }],
    ["zoom.assistant.removeAll", {}],
    ["zoom.scheduler.list", {}],
    ["zoom.scheduler.remove", { schedulerId: "kim" }],
    ["zoom.scheduler.removeAll", {}],
    [
      "zoom.picture.upload",
      { picture: { name: "a.jpg", content: Buffer.from([255, 216, 255]).toString("base64") } },
    ],
    ["zoom.picture.delete", {}],
    ["zoom.background.list", {}],
    ["zoom.background.delete", { fileIds: ["a"] }],
  ])("%s on nobody is 404/1001", async (name, input) => {
    expect(await refusalOf(name, { userId: "nobody", ...input })).toBe("404/1001");
  });

  test("a background for nobody is 404 without a code of Zoom's own", async () => {
    const upload = { userId: "nobody", background: gif };
    expect(await refusalOf("zoom.background.upload", upload)).toBe("404/undefined");
  });

  test.each<[string, string, string, unknown]>([
    ["an unknown field", "POST", "assistants", { assistants: [], reason: "leave" }],
    [
      "more than 30 assistants",
      "POST",
      "assistants",
      { assistants: Array.from({ length: 31 }, () => ({ id: "kim" })) },
    ],
    ["no body", "POST", "assistants", undefined],
    ["a picture as JSON", "POST", "picture", { pic_file: "sam.png" }],
    ["a background as JSON", "POST", "settings/virtual_backgrounds", { file: "beach.gif" }],
  ])("the contract refuses %s, and so does the pretend Zoom", async (_what, method, path, body) => {
    const proxied = await send(method, `/users/${sam.id}/${path}`, body);
    expect(proxied.headers.get("content-type")).toContain("application/problem+json");
    expect([415, 422]).toContain(proxied.status);
    expect(vendor.calls).toEqual([]);
    const direct = createSender(vendor.apiUrl, { authorization: `Bearer ${await requestToken(vendor)}` });
    expect([400, 415]).toContain((await direct(method, `/users/${sam.id}/${path}`, body)).status);
  });
});
