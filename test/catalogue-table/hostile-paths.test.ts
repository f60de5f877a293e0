import { cases } from "../depth.ts";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import { createConnectors, type Connector } from "../../src/connectors/connector.ts";
import { isVendorError } from "../../src/connectors/vendor-error.ts";
import { createZoomConnector } from "../../src/connectors/zoom.ts";
import { createInstantClock } from "../connectors/instant-clock.ts";
import { hostileId } from "./hostile-ids.ts";
import { findIdPlaces, findOverlookedIds, type IdPlace, wordsBeside } from "./id-places.ts";
import { type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { type RecordingServer, startRecordingServer } from "./recording-server.ts";

/** What is before a path in the addresses that are called here. */
const BASE = "/base";
const LEAST_CASES = cases(4_000, 20_000);
const IDS_AT_ONCE = 25;
/** Endpoints beside an id that no operation of ours calls. */
const VENDORS_OWN_WORDS = ["me", "email", "vanity_name", "zak", "features", "summary"];

const worlds: PreparedWorld[] = [];
let places: IdPlace[];
let server: RecordingServer;
let connector: Connector;
let tried = 0;
let sent = 0;

beforeAll(async () => {
  worlds.push(await startPreparedWorld(), await startPreparedWorld());
  const [world] = worlds;
  places = world === undefined ? [] : findIdPlaces(world);
  server = await startRecordingServer();
  const apiUrl = `${server.url}${BASE}`;
  const clock = createInstantClock(Date.now());
  const credentials = { accountId: "account", clientId: "client", clientSecret: "secret" };
  connector = createConnectors({
    zoom: createZoomConnector({
      apiUrl,
      oauthUrl: `${server.url}/oauth/token`,
      ...credentials,
      plan: "business",
      clock,
    }),
    cloudflare: createCloudflareConnector({
      apiUrl,
      credentials: { apiToken: "token" },
      rateLimit: { requests: Number.MAX_SAFE_INTEGER, window: 1 },
      clock,
    }),
  });
});

afterAll(async () => {
  await Promise.all([server?.close(), ...worlds.map((world) => world.close())]);
});

function nameOf({ operation, field }: IdPlace): string {
  return `${field} of ${operation.name}`;
}

/** What is left when everything that could be unescaped has been. */
function unescapeFully(text: string): string {
  const once = text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return once === text ? text : unescapeFully(once);
}

/** Calls with an id in the place of the good one. Answers whether anything was sent. */
async function isSent({ operation, field, input }: IdPlace, id: string): Promise<boolean> {
  try {
    await connector.execute(operation, { ...input, [field]: id });
  } catch (error) {
    if (error instanceof TypeError) return false;
    if (isVendorError(error) && error.facts.status === 400) return true;
    throw error;
  }
  throw new Error("The server refuses everything.");
}

/** What the server saw of calls with these ids: nothing but what was meant, each id in its place. */
function findFault({ segments, index, method }: IdPlace, ids: readonly string[], words: ReadonlySet<string>) {
  const others = segments.toSpliced(index, 1).join("/");
  return server.seen.find(({ method: used, address }) => {
    const [path = ""] = address.split("?");
    const parts = path.slice(BASE.length).split("/");
    const id = decodeURIComponent(parts[index] ?? "");
    const last = unescapeFully(id).normalize("NFKC").trim();
    const isMeant =
      path.startsWith(`${BASE}/`) &&
      used === method &&
      parts.length === segments.length &&
      parts.toSpliced(index, 1).join("/") === others &&
      ids.includes(id);
    const isHarmless =
      !/[/\\\p{Cc}\p{Cf}]/u.test(last) && !["", ".", ".."].includes(last) && !words.has(last.toLowerCase());
    return !isMeant || !isHarmless;
  });
}

it("every id in a path of the catalogue is looked at", () => {
  const [one, other] = worlds;
  if (one === undefined || other === undefined) throw new Error("The worlds did not start.");
  const overlooked = operations.flatMap((operation) =>
    findOverlookedIds(operation, [one, other], places).map((segment) => `${operation.name}: ${segment}`),
  );
  expect(overlooked).toEqual([]);
  expect(places.length).toBeGreaterThan(40);
});

it("no id, whatever it is, leads a call to another path than the one that is meant", async () => {
  const [world] = worlds;
  if (world === undefined) throw new Error("The world did not start.");
  const numRuns = Math.ceil(LEAST_CASES / places.length / IDS_AT_ONCE);
  for (const place of places) {
    const words = new Set([...wordsBeside(place, places, world), ...VENDORS_OWN_WORDS]);
    const ids = fc.array(fc.oneof({ weight: 9, arbitrary: hostileId }, fc.constantFrom(...words)), {
      minLength: IDS_AT_ONCE,
      maxLength: IDS_AT_ONCE,
    });
    await fc.assert(
      fc.asyncProperty(ids, async (chosen) => {
        server.seen.length = 0;
        const outcomes = await Promise.all(chosen.map((id) => isSent(place, id)));
        const went = outcomes.filter(Boolean).length;
        tried += chosen.length;
        sent += went;
        expect(server.seen).toHaveLength(went);
        expect({ place: nameOf(place), fault: findFault(place, chosen, words) }).toEqual({
          place: nameOf(place),
          fault: undefined,
        });
      }),
      { numRuns },
    );
  }
  expect(tried).toBeGreaterThanOrEqual(LEAST_CASES);
  // A test in which nothing gets through would prove nothing.
  expect(sent).toBeGreaterThan(tried / 20);
});
