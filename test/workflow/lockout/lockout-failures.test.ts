import { afterAll, beforeAll, expect, test } from "vitest";
import { answerSuccessFalse } from "../../../playground/cloudflare/faults.ts";
import { failure } from "../../../playground/cloudflare/envelope.ts";
import type { FaultKind } from "../../../playground/fault.ts";
import type { Door } from "../../../src/lockout/doors.ts";
import { startVendors, type Taken, type Vendors } from "./lockout-run.ts";
import { TRIES_ALL } from "../../depth.ts";

/** Lockouts at the same moment, each with vendors of its own: most of their time is waiting for vendors that hang. */
const WORLDS = 12;

let worlds: Vendors[];
beforeAll(async () => {
  worlds = await Promise.all(Array.from({ length: WORLDS }, () => startVendors()));
});
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()));
});

interface Struck {
  vendor: "zoom" | "cloudflare" | "slack";
  method: string;
  path: () => RegExp;
  door: string;
}

/** Every command of a lockout, and the door that it closes. */
const COMMANDS = {
  role: { vendor: "zoom", method: "DELETE", path: () => /\/v2\/roles\//, door: "zoom-sign-in" },
  deactivate: { vendor: "zoom", method: "PUT", path: () => /\/status$/, door: "zoom-sign-in" },
  token: { vendor: "zoom", method: "DELETE", path: () => /\/token$/, door: "zoom-sessions" },
  meetings: { vendor: "zoom", method: "PUT", path: () => /\/v2\/meetings\//, door: "zoom-meetings" },
  password: { vendor: "zoom", method: "PUT", path: () => /\/password$/, door: "zoom-password" },
  block: {
    vendor: "cloudflare",
    method: "PATCH",
    path: () => /\/gateway\/lists\//,
    door: "cloudflare-block",
  },
  account: {
    vendor: "cloudflare",
    method: "POST",
    path: () => /\/accounts\/.*revoke_user$/,
    door: "cloudflare-sessions",
  },
  zone: {
    vendor: "cloudflare",
    method: "POST",
    path: () => /\/zones\/.*revoke_user$/,
    door: "cloudflare-zone",
  },
  registrations: {
    vendor: "cloudflare",
    method: "POST",
    path: () => /\/registrations\/revoke$/,
    door: "cloudflare-devices",
  },
  slack: {
    vendor: "slack",
    method: "POST",
    path: () => /\/admin\.users\.session\.reset$/,
    door: "slack-sessions",
  },
} as const satisfies Record<string, Struck>;
/** What only looks: before the commands, and after them to prove what they did. */
const READS: Readonly<Record<string, Omit<Struck, "door">>> = {
  user: { vendor: "zoom", method: "GET", path: () => /\/v2\/users\/[^/]+$/ },
  settings: { vendor: "zoom", method: "GET", path: () => /\/settings$/ },
  "live meetings": { vendor: "zoom", method: "GET", path: () => /\/meetings/ },
  "role's members": { vendor: "zoom", method: "GET", path: () => /\/v2\/roles\// },
  "block list": { vendor: "cloudflare", method: "GET", path: () => /\/gateway\/lists\// },
  sessions: { vendor: "cloudflare", method: "GET", path: () => /\/active_sessions$/ },
  devices: { vendor: "cloudflare", method: "GET", path: () => /\/devices\/registrations/ },
  "Slack sessions": { vendor: "slack", method: "POST", path: () => /\/admin\.users\.session\.list$/ },
  "sign-ins": { vendor: "cloudflare", method: "GET", path: () => /\/access\/logs/ },
};
type Command = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as Command[];

const zoomAnswer = (status: number, code: number, message: string, headers = {}): FaultKind => ({
  kind: "answer",
  answer: { status, body: { code, message }, headers },
});
const slackAnswer = (error: string, status = 200, headers = {}): FaultKind => ({
  kind: "answer",
  answer: { status, body: { ok: false, error }, headers },
});
/** How a command fails, at each vendor. */
const KINDS: Readonly<Record<string, Record<Struck["vendor"], FaultKind>>> = {
  timeout: { zoom: { kind: "hang" }, cloudflare: { kind: "hang" }, slack: { kind: "hang" } },
  "429": {
    zoom: zoomAnswer(429, 429, "You have reached the maximum per-second rate limit for this API.", {
      "retry-after": "1",
    }),
    cloudflare: {
      kind: "answer",
      answer: { ...failure(429, 971, "Please wait."), headers: { "retry-after": "1" } },
    },
    slack: slackAnswer("ratelimited", 429, { "retry-after": "1" }),
  },
  "500": {
    zoom: zoomAnswer(500, 500, "Internal error."),
    cloudflare: { kind: "answer", answer: failure(500, 10001, "Internal error.") },
    slack: slackAnswer("internal_error", 500),
  },
  reset: { zoom: { kind: "reset" }, cloudflare: { kind: "reset" }, slack: { kind: "reset" } },
  "success: false": {
    zoom: zoomAnswer(400, 300, "Refused."),
    cloudflare: answerSuccessFalse(),
    slack: slackAnswer("user_session_reset_failed"),
  },
  "not found": {
    zoom: zoomAnswer(404, 1001, "User does not exist."),
    cloudflare: { kind: "answer", answer: failure(404, 10007, "Not found.") },
    slack: slackAnswer("user_not_found"),
  },
  "lost answer": {
    zoom: { kind: "lostAnswer" },
    cloudflare: { kind: "lostAnswer" },
    slack: { kind: "lostAnswer" },
  },
};
const KIND_NAMES = Object.keys(KINDS);

/** How what is named fails. */
type Failures = Readonly<Record<string, string>>;

/** How every door truly stands, by what the vendors hold. */
function truth({ zoom, cloudflare, slack }: Vendors, taken: Taken, before: Date): Record<string, boolean> {
  const user = zoom.users.get(taken.zoomId);
  const blocked = [...cloudflare.denyListIds].flatMap((id) => cloudflare.gatewayLists.get(id)?.items ?? []);
  return {
    "zoom-sign-in": user?.status === "active",
    "zoom-sessions": (user?.pretend.ssoSessions ?? 0) > 0,
    "zoom-meetings": zoom.meetings.some(({ hostId, live }) => live && hostId === taken.zoomId),
    "zoom-password": user?.pretend.passwords.length === 0,
    "cloudflare-sessions": cloudflare.liveSessions(taken.accessId).length > 0,
    "cloudflare-block": !blocked.some(({ value }) => value === taken.email),
    "cloudflare-devices": cloudflare.fleet.countActive(taken.accessId) > 0,
    "slack-sessions": slack.liveSessions(taken.slackId).length > 0,
    "cloudflare-zone": !cloudflare.revocations.some(
      ({ scope, email, at }) => scope === "zone" && email === taken.email && at >= before,
    ),
  };
}

const doorKey = ({ id }: Door) => id.replace(/^cloudflare-zone-.*/, "cloudflare-zone");
/** What no vendor lets anybody read back: without a clear answer nobody can know. */
const UNPROVABLE = new Set(["zoom-sessions", "zoom-password", "cloudflare-zone"]);

/** Locks someone out with these failures, and holds every word of the summary against the vendors' own state. */
async function expectRight(world: Vendors, failures: Failures): Promise<string> {
  const taken = world.add();
  const before = world.now();
  for (const [name, kind] of Object.entries(failures)) {
    const struck: Omit<Struck, "door"> | undefined =
      name in COMMANDS ? COMMANDS[name as Command] : READS[name];
    if (struck === undefined) throw new Error(`There is no call ${name}.`);
    const { vendor, method, path } = struck;
    const fault = KINDS[kind]?.[vendor];
    if (fault === undefined) throw new Error(`There is no failure ${kind}.`);
    world[vendor].addFault({ ...fault, method, path: path() });
  }
  const { verdict, isDisturbed } = await world.lockOut(taken);
  world.zoom.clearFaults();
  world.cloudflare.clearFaults();
  world.slack.clearFaults();
  if (isDisturbed) return "disturbed";
  const isBlind = Object.keys(failures).some((name) => name in READS);
  const isOpen = truth(world, taken, before);
  const said = JSON.stringify({ failures, sentence: verdict.sentence, isOpen });

  for (const door of verdict.doors) {
    const key = doorKey(door);
    const seen = { key, told: door.state, said };
    expect(seen).not.toMatchObject({ told: "closing" });
    if (door.state === "closed") expect({ ...seen, isOpen: isOpen[key] }).toEqual({ ...seen, isOpen: false });
    // A read that lies can make a closed door look open, never an open one closed.
    if (door.state === "open" && !isBlind)
      expect({ ...seen, isOpen: isOpen[key] }).toEqual({ ...seen, isOpen: true });
    const couldBeKnown = door.state === "unknown" && !isBlind && !UNPROVABLE.has(key);
    expect({ ...seen, couldBeKnown }).toEqual({ ...seen, couldBeKnown: false });
  }
  const unknown = verdict.doors.filter(({ state }) => state === "unknown").map((door) => doorKey(door));
  const matters = Object.keys(isOpen).filter(
    (key) => key !== "cloudflare-block" && (key !== "zoom-password" || isOpen["zoom-sign-in"] === true),
  );
  const open = matters.filter((key) => isOpen[key] === true && !unknown.includes(key));
  const unsure = matters.filter((key) => unknown.includes(key));
  const worse = verdict.doors.filter(({ state }) => state === "open").map((door) => doorKey(door));
  if (isBlind) open.push(...matters.filter((key) => worse.includes(key) && !open.includes(key)));
  const expected =
    open.length > 0
      ? /^NOT locked\. Open: /
      : unsure.length > 0
        ? /^NOT proven to be locked\. Not known to be closed: /
        : [...unknown, ...worse].includes("cloudflare-block")
          ? /^Locked, but only for the moment, because the entry on Cloudflare's block list is not there/
          : /^Locked\. Proven closed: Zoom sign-in/;
  expect({ said, sentence: verdict.sentence }).toEqual({
    said,
    sentence: expect.stringMatching(expected) as unknown,
  });
  // Signed out is not locked out, and nobody may read it so.
  if (verdict.sentence.startsWith("Locked"))
    expect(verdict.sentence).toMatch(/ Slack is not locked: they can sign in there again\.$/);
  // Every door that is open is named, and what to do by hand stands beside it.
  for (const door of verdict.doors.filter((one) => [...open, ...unsure].includes(doorKey(one)))) {
    expect({ said, sentence: verdict.sentence }).toEqual({
      said,
      sentence: expect.stringContaining(door.title) as unknown,
    });
    expect(door.byHand?.url).toMatch(/^https:\/\//);
  }
  return verdict.sentence;
}

/** Works on many lockouts, as many at once as there are worlds. */
async function expectAllRight(cases: readonly Failures[]): Promise<Map<string, number>> {
  const kinds = new Map<string, number>();
  let next = 0;
  await Promise.all(
    worlds.map(async (world) => {
      for (let one = cases[next++]; one !== undefined; one = cases[next++]) {
        let sentence = "disturbed";
        while (sentence === "disturbed") sentence = await expectRight(world, one);
        const head = /^(Locked, but|Locked|NOT locked|NOT proven)/.exec(sentence)?.[0] ?? sentence;
        kinds.set(head, (kinds.get(head) ?? 0) + 1);
      }
    }),
  );
  return kinds;
}

/** Every subset of the commands, the empty one included. */
function subsets(): Command[][] {
  return Array.from({ length: 2 ** NAMES.length }, (_, number) =>
    NAMES.filter((_name, bit) => (number & (2 ** bit)) !== 0),
  );
}

test("every command that fails by itself, in every way, is told as the vendors' state is", async () => {
  const cases = NAMES.flatMap((name) => KIND_NAMES.map((kind): Failures => ({ [name]: kind })));
  const kinds = await expectAllRight(cases);
  expect([...kinds.values()].reduce((sum, count) => sum + count, 0)).toBe(NAMES.length * KIND_NAMES.length);
});

test("every look that fails by itself, in every way, makes nothing told that is not so", async () => {
  const cases = Object.keys(READS).flatMap((name) => KIND_NAMES.map((kind): Failures => ({ [name]: kind })));
  const kinds = await expectAllRight(cases);
  expect([...kinds.keys()].toSorted()).toEqual(["Locked", "Locked, but", "NOT locked", "NOT proven"]);
});

test(
  "every subset of commands that fail is told as the vendors' state is",
  async () => {
    // A sample has every pair and some of the larger subsets, with the kinds of failure in turns.
    const turns = TRIES_ALL ? KIND_NAMES.map((_, turn) => turn) : [undefined];
    const tried = subsets().filter((subset, number) => TRIES_ALL || subset.length <= 2 || number % 61 === 0);
    const cases = turns.flatMap((turn) =>
      tried.map(
        (subset, number) =>
          Object.fromEntries(
            subset.map((name, place) => [name, KIND_NAMES[turn ?? (number + place) % KIND_NAMES.length]]),
          ) as Failures,
      ),
    );
    const kinds = await expectAllRight(cases);
    process.stdout.write(
      `${cases.length} lockouts: ${[...kinds].map(([head, count]) => `${count} ${head}`).join(", ")}\n`,
    );
    expect([...kinds.keys()].toSorted()).toEqual(["Locked", "Locked, but", "NOT locked", "NOT proven"]);
  },
  TRIES_ALL ? 1_800_000 : 600_000,
);
