import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SlackSimulator, SlackSimulatorOptions } from "../../../playground/slack/server.ts";
import { validateView } from "../../../playground/slack/validate-blocks.ts";
import { createSealer } from "../../../src/connectors/sealed-text.ts";
import type { SecondFactorDeps } from "../../../src/second-factor/deps.ts";
import * as core from "../../../src/second-factor/second-factor.ts";
import { sentence } from "../../../src/second-factor/sentence.ts";
import { codeOfStep, stepAt } from "../../../src/second-factor/totp.ts";
import { openSecondFactor, registerSecondFactor } from "../../../views/deadbolt/second-factor.ts";
import {
  currentCodeView,
  enrolView,
  preparingView,
  refusedNotice,
} from "../../../views/deadbolt/second-factor-view.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { onlyView } from "../../playground/slack-form.ts";
import { startHttpApp, startWorld as startSlack } from "../../playground/slack-world.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(() => fresh.drop());

interface World {
  slack: SlackSimulator;
  /** Pictures given to Slack, and those taken away again. */
  given: string[];
  forgotten: string[];
  /** Makes every answer wait from now on, until what it answers is called. */
  hold(): () => void;
  wait(seconds: number): void;
  /** The code of a key as the window shows it. */
  code(secretText: string): string;
}

/** A Slack, and an app whose `/deadbolt` opens the window; nobody is enrolled. */
async function startWorld(
  changes: Partial<SecondFactorDeps> = {},
  options: SlackSimulatorOptions = {},
): Promise<World> {
  await fresh.database.query("truncate deadbolt.second_factor, deadbolt.second_factor_enrolment");
  const slack = await startSlack(options);
  const sealer = createSealer(randomBytes(32).toString("hex"), "second factor");
  let time = Date.UTC(2026, 0, 5, 12);
  const context: core.SecondFactorContext = {
    database: fresh.database,
    seal: (text) => sealer.seal(text),
    unseal: (sealed) => sealer.open(sealed),
    now: () => new Date(time),
  };
  const [given, forgotten]: string[][] = [[], []];
  let gate = Promise.resolve();
  const refusal = (answer: { reason: Parameters<typeof sentence>[0]["reason"]; lockedUntil?: Date }) => ({
    ...(answer.lockedUntil === undefined ? {} : { lockedUntil: answer.lockedUntil }),
    text: sentence(answer),
  });
  const deps: SecondFactorDeps = {
    async begin(personId, currentCode) {
      await gate;
      const result = await core.beginEnrolment(context, personId, "ada@example.com", currentCode);
      if (result.kind === "refused") {
        const { text: reason, ...lock } = refusal(result.answer);
        return { kind: "refused", reason, ...lock };
      }
      const { picture: _picture, ...shown } = result.enrolment;
      const fileId = `F0PICTURE${given!.length}`;
      given!.push(fileId);
      return { kind: "begun", ...shown, fileId };
    },
    async finish(personId, code) {
      await gate;
      const answer = await core.finishEnrolment(context, personId, code);
      if (answer.ok) return { ok: true };
      const { text: message, ...lock } = refusal(answer);
      return { ok: false, message, ...lock };
    },
    forget: (fileId) => Promise.resolve(void forgotten!.push(fileId)),
    isEnrolled: async (personId) => (await core.isEnrolled(context, personId)) !== undefined,
    ...changes,
  };
  await startHttpApp(slack, (app) => {
    app.command("/deadbolt", async ({ ack, command, client }) => {
      await ack();
      await openSecondFactor(client, command.trigger_id, command.user_id, deps);
    });
    app.error(() => Promise.resolve());
    registerSecondFactor(app, deps);
  });
  return {
    slack,
    given: given!,
    forgotten: forgotten!,
    hold() {
      let open = () => {};
      gate = new Promise((resolve) => (open = resolve));
      return open;
    },
    wait: (seconds) => void (time += seconds * 1_000),
    code: (secretText) => codeOfStep(secretText.replaceAll(" ", ""), stepAt(new Date(time))),
  };
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 20 });
const ada = (world: World) => world.slack.as("U0ADA");
const shown = (world: World) => JSON.stringify(onlyView(world.slack).content.blocks);
const callbackOf = (world: World) => onlyView(world.slack).content.callback_id;
const keyIn = (world: World) => /`([A-Z2-7 ]+)`/.exec(shown(world))?.[1] ?? "";

async function open(world: World, callback: string): Promise<string> {
  await ada(world).command("/deadbolt", "second-factor");
  await eventually(() => expect(callbackOf(world)).toBe(callback));
  return onlyView(world.slack).id;
}

/** Enrols Ada; answers the key. */
async function enrol(world: World): Promise<string> {
  const id = await open(world, "second_factor_enrol");
  const key = keyIn(world);
  await ada(world).submit(id, { code: world.code(key) });
  expect(shown(world)).toContain("Your one-time password is set up.");
  world.wait(90);
  return key;
}

test("whoever has none sees the picture and the key, and ends with the first code", async () => {
  const world = await startWorld();
  const id = await open(world, "second_factor_enrol");
  const key = keyIn(world);
  expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(shown(world)).toContain('"slack_file":{"id":"F0PICTURE0"}');
  expect(onlyView(world.slack).content.private_metadata).toBe('{"fileId":"F0PICTURE0"}');

  await ada(world).submit(id, { code: "12345" });
  expect(onlyView(world.slack).errors).toEqual({ code: sentence({ reason: "wrong" }) });
  expect(keyIn(world)).toBe(key);
  await ada(world).submit(id, { code: " " });
  expect(onlyView(world.slack).errors).toEqual({ code: "Type the six digits." });
  expect(world.forgotten).toEqual([]);

  await ada(world).submit(id, { code: world.code(key).replace(/(...)/, "$1 ") });
  expect(shown(world)).toContain("Your one-time password is set up.");
  await eventually(() => expect(world.forgotten).toEqual(["F0PICTURE0"]));
  expect(world.slack.mistakes).toEqual([]);
});

test("whoever closes the window has the picture taken away", async () => {
  const world = await startWorld();
  await ada(world).closeView(await open(world, "second_factor_enrol"));
  await eventually(() => expect(world.forgotten).toEqual(world.given));
  expect(world.given).toHaveLength(1);
});

test("whoever is enrolled first shows the current code, and then sees a new key in an empty field", async () => {
  const world = await startWorld();
  const key = await enrol(world);
  const id = await open(world, "second_factor_current");
  expect(keyIn(world)).toBe("");
  await ada(world).submit(id, { current_code: "00000" });
  expect(onlyView(world.slack).errors).toEqual({ current_code: sentence({ reason: "wrong" }) });
  expect(world.given).toHaveLength(1);
  await ada(world).submit(id, { current_code: world.code(key) });
  await eventually(() => expect(callbackOf(world)).toBe("second_factor_enrol"));
  expect(keyIn(world)).not.toBe(key);
  expect(onlyView(world.slack).state["code"]?.["value"]?.["value"] ?? "").toBe("");
  await ada(world).submit(id, { code: world.code(keyIn(world)) });
  expect(shown(world)).toContain("Your one-time password is set up.");
  expect(world.slack.mistakes).toEqual([]);
});

test("a lock is told with its end in the reader's own time zone", async () => {
  const world = await startWorld();
  await enrol(world);
  const id = await open(world, "second_factor_current");
  for (let count = 0; count < 5; count += 1) await ada(world).submit(id, { current_code: "00000" });
  expect(callbackOf(world)).toBe("notice");
  expect(shown(world)).toMatch(/too many wrong codes.*Try again after <!date\^\d+\^/);
});

test("slow answers lose nothing: the window waits, and comes back with the key and what was typed", async () => {
  const world = await startWorld({}, { acknowledgeWithin: 40_000 });
  const id = await open(world, "second_factor_enrol");
  const key = keyIn(world);
  const goOn = world.hold();
  const delivery = await ada(world).submit(id, { code: "12345" });
  // It came before the answer, which is still held.
  expect(delivery.status).toBe(200);
  expect(shown(world)).toContain("One moment");
  goOn();
  await eventually(() => expect(callbackOf(world)).toBe("second_factor_enrol"));
  expect(shown(world)).toContain(sentence({ reason: "wrong" }));
  expect(onlyView(world.slack).state["code"]?.["value"]?.["value"]).toBe("12345");
  expect(keyIn(world)).toBe(key);
  expect(world.forgotten).toEqual([]);
  await ada(world).submit(id, { code: world.code(key) });
  expect(shown(world)).toContain("Your one-time password is set up.");
  expect(world.slack.mistakes).toEqual([]);
});

test("a picture that Slack does not take is left out and forgotten, and the key stays", async () => {
  const world = await startWorld();
  const body = { ok: false, error: "invalid_blocks" };
  world.slack.addFault({
    kind: "answer",
    answer: { status: 200, body },
    path: /views\.update/,
    times: 1,
  });
  await open(world, "second_factor_enrol");
  expect(shown(world)).not.toContain("slack_file");
  expect(keyIn(world)).not.toBe("");
  await eventually(() => expect(world.forgotten).toEqual(["F0PICTURE0"]));
});

test("a window that was closed before the key came leaves no picture behind", async () => {
  const world = await startWorld();
  const goOn = world.hold();
  await ada(world).command("/deadbolt", "second-factor");
  await eventually(() => expect(callbackOf(world)).toBe("notice"));
  await ada(world).closeView(onlyView(world.slack).id);
  goOn();
  await eventually(() => expect(world.forgotten).toEqual(["F0PICTURE0"]));
});

test("a window whose key could not be made says so", async () => {
  const world = await startWorld({ begin: () => Promise.reject(new Error("the database is gone")) });
  await ada(world).command("/deadbolt", "second-factor");
  await eventually(() => expect(shown(world)).toContain("nothing was changed"));
});

test("whatever is said and typed, every window is one that Slack opens, and none remembers a secret", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  const secretText = "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567";
  fc.assert(
    fc.property(text, fc.string({ maxLength: 20 }), fc.boolean(), (fault, entered, hasFile) => {
      const views = [
        preparingView(),
        currentCodeView(),
        currentCodeView({ fault, entered }),
        enrolView({ secretText, ...(hasFile ? { fileId: "F0PICTURE" } : {}) }),
        enrolView({ secretText, fault, entered }),
        refusedNotice({ message: fault, lockedUntil: new Date(0) }),
      ];
      for (const view of views) {
        expect(validateView(view, "modal")).toEqual([]);
        expect(view.private_metadata ?? "").not.toContain("ABCD");
      }
    }),
    { numRuns: 50 },
  );
});
