import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";
import type { VendorAnswer } from "../../playground/vendor-http.ts";
import { createHttp } from "../../src/connectors/http.ts";
import { type VendorError } from "../../src/connectors/vendor-error.ts";
import { createZoomTokenSource, type TokenStore } from "../../src/connectors/zoom-token.ts";
import { createInstantClock, type InstantClock } from "./instant-clock.ts";

const clientSecret = "canary-client-secret-value";

let zoom: Simulator;
let clock: InstantClock;
let answer: (issued: number) => VendorAnswer;

function issue(issued: number): VendorAnswer {
  const body = {
    access_token: `token-${issued}`,
    expires_in: 3_600,
    scope: "user:read:admin user:write:admin",
  };
  return { status: 200, body };
}

beforeEach(async () => {
  clock = createInstantClock();
  answer = issue;
  let issued = 0;
  zoom = await startSimulator("zoom", () => answer((issued += 1)));
});
afterEach(() => zoom.close());

function createSource({ store, secret = clientSecret }: { store?: TokenStore; secret?: string } = {}) {
  return createZoomTokenSource(createHttp({ clock, random: () => 0, timeout: 2_000 }), {
    oauthUrl: `${zoom.url}/oauth/token`,
    accountId: "account",
    clientId: "client",
    clientSecret: secret,
    store,
    clock,
  });
}

function createStore() {
  const kept = new Map<string, string>();
  const store: TokenStore = {
    get: async (key) => kept.get(key),
    set: async (key, value) => kept.set(key, value),
  };
  return { kept, store };
}

async function failureOf(promise: Promise<unknown>): Promise<VendorError["facts"]> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason as VendorError,
  );
  if (error === undefined) throw new Error("It did not fail.");
  return error.facts;
}

describe("the access token", () => {
  it("is asked for the way Zoom documents", async () => {
    const token = await createSource().get();
    expect(token.scopes).toEqual(["user:read:admin", "user:write:admin"]);
    const request = zoom.calls[0]?.request;
    expect(request).toMatchObject({ method: "POST", path: "/oauth/token" });
    // In the body: Zoom was reported to refuse them in the query.
    expect(request?.body).toEqual({ grant_type: "account_credentials", account_id: "account" });
    expect([...(request?.query ?? [])]).toEqual([]);
    const credentials = Buffer.from(`client:${clientSecret}`).toString("base64");
    expect(request?.headers.authorization).toBe(`Basic ${credentials}`);
  });

  it.each(["", "two words", "line\nbreak", "{token}", "\u200Btoken", "café"])(
    "is never kept, here or in the store, where it is malformed: %j",
    async (malformed) => {
      const { kept, store } = createStore();
      answer = (issued) =>
        issued === 1 ? { status: 200, body: { access_token: malformed, expires_in: 3_600 } } : issue(issued);
      const source = createSource({ store });
      expect(await failureOf(source.get())).toMatchObject({ kind: "unreadable" });
      expect(kept.size).toBe(0);
      expect((await source.get()).accessToken).toBe("token-2");
    },
  );

  it("is fetched once for fifty who ask at the same time", async () => {
    const source = createSource();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.get()));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(["token-1"]));
    expect(zoom.calls).toHaveLength(1);
  });

  it("is replaced a minute before it expires, and not sooner", async () => {
    const source = createSource();
    await source.get();
    clock.advance(3_539_000);
    expect((await source.get()).accessToken).toBe("token-1");
    clock.advance(1_000);
    expect((await source.get()).accessToken).toBe("token-2");
  });

  it("is renewed once for fifty whose token was refused", async () => {
    const source = createSource();
    const refused = await source.get();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.renew(refused)));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(["token-2"]));
    expect(zoom.calls).toHaveLength(2);
  });

  it("is fetched again after a failure, which is not kept", async () => {
    const source = createSource();
    zoom.addFault({ kind: "answer", answer: { status: 500 }, times: 3 });
    expect(await failureOf(source.get())).toMatchObject({ kind: "server_error", attempts: 3 });
    expect((await source.get()).accessToken).toBe("token-1");
  });

  it("is waited for no longer than the caller wants, without ending the wait of the others", async () => {
    const source = createSource();
    const controller = new AbortController();
    const other = source.get();
    const one = source.get(controller.signal);
    controller.abort(new Error("withdrawn"));
    await expect(one).rejects.toThrow("withdrawn");
    expect((await other).accessToken).toBe("token-1");
  });
});

describe("a shared store", () => {
  it("saves a second instance the call, and holds no readable token", async () => {
    const { kept, store } = createStore();
    const first = await createSource({ store }).get();
    expect(await createSource({ store }).get()).toEqual(first);
    expect(zoom.calls).toHaveLength(1);
    const text = [...kept.values()].map(
      (value) => value + Buffer.from(value, "base64url").toString("latin1"),
    );
    expect(text.join()).not.toContain("token-1");
  });

  it("gives an instance whose token was refused the newer one of another", async () => {
    const { store } = createStore();
    const [one, other] = [createSource({ store }), createSource({ store })];
    const refused = await one.get();
    await other.get();
    await one.renew(refused);
    expect((await other.renew(refused)).accessToken).toBe("token-2");
    expect(zoom.calls).toHaveLength(2);
  });

  it("is passed over when its entry was made with another secret, has expired, or is nonsense", async () => {
    const { kept, store } = createStore();
    await createSource({ store, secret: "another" }).get();
    expect((await createSource({ store }).get()).accessToken).toBe("token-2");
    clock.advance(3_600_000);
    expect((await createSource({ store }).get()).accessToken).toBe("token-3");
    for (const key of kept.keys()) kept.set(key, "nonsense");
    expect((await createSource({ store }).get()).accessToken).toBe("token-4");
  });

  it("costs nothing but its help when it fails", async () => {
    const broken = async (): Promise<never> => {
      throw new Error("store is down");
    };
    expect((await createSource({ store: { get: broken, set: broken } }).get()).accessToken).toBe("token-1");
  });
});

describe("a token that Zoom does not give", () => {
  it.each([
    [
      400,
      { reason: "Invalid client_id or client_secret", error: "invalid_client" },
      "unauthorized",
      /ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET/,
    ],
    [401, { code: 4702, message: "Invalid client" }, "unauthorized", /ZOOM_CLIENT_SECRET/],
    [400, { code: 4717, message: "The app has been disabled" }, "unauthorized", /deactivated/],
    [400, { reason: "The app is deactivated", error: "invalid_request" }, "unauthorized", /deactivated/],
    [400, { reason: "Bad Request", error: "invalid_request" }, "unauthorized", /ZOOM_ACCOUNT_ID/],
    [200, { access_token: "" }, "unreadable", /ZOOM_OAUTH_URL/],
    [200, "<html>sign in</html>", "unreadable", /proxy/],
    [404, "<html>not found</html>", "unreadable", /ZOOM_OAUTH_URL/],
    [302, undefined, "unreadable", /ZOOM_OAUTH_URL/],
  ])("with %i and %j says what to do", async (status, body, kind, advice) => {
    answer = () => ({ status, body });
    const facts = await failureOf(createSource().get());
    expect(facts).toMatchObject({ operation: "zoom.oauth.token", kind, status, mayHaveHappened: false });
    expect(facts.advice).toMatch(advice);
  });
});
