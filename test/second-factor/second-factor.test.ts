import { randomBytes } from "node:crypto";
import { Secret } from "otpauth";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSealer } from "../../src/connectors/sealed-text.ts";
import { connectDatabase } from "../../src/database/connect.ts";
import {
  beginEnrolment,
  finishEnrolment,
  isEnrolled,
  removeEnrolment,
  verifyCode,
  type SecondFactorContext,
} from "../../src/second-factor/second-factor.ts";
import { codeOfStep, stepAt } from "../../src/second-factor/totp.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

const ACCOUNT = "alex@northwind.example";
const sealerOf = (secret: string) => {
  const sealer = createSealer(secret, "second factor");
  return { seal: (text: string) => sealer.seal(text), unseal: (sealed: string) => sealer.open(sealed) };
};

let fresh: FreshDatabase;
let context: SecondFactorContext;
let time: number;
let people = 0;
let person: string;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
beforeEach(() => {
  time = Date.UTC(2026, 0, 5, 12);
  people += 1;
  person = `U0PERSON${people}`;
  const sealer = sealerOf(randomBytes(32).toString("hex"));
  context = { database: fresh.database, ...sealer, now: () => new Date(time) };
});
afterAll(() => fresh.drop());

const wait = (seconds: number) => void (time += seconds * 1_000);
const codeNow = (secret: string, steps = 0) => codeOfStep(secret, stepAt(new Date(time)) + steps);
/** Six digits that are right neither now nor in the steps beside it. */
const wrongNow = (secret: string) => {
  const near = [-1, 0, 1].map((steps) => codeNow(secret, steps));
  return ["000000", "111111", "222222", "333333"].find((code) => !near.includes(code))!;
};

async function begun(currentCode?: string, personId = person): Promise<string> {
  const result = await beginEnrolment(context, personId, ACCOUNT, currentCode);
  if (result.kind === "refused") throw new Error(result.answer.reason);
  return result.enrolment.secretText.replaceAll(" ", "");
}

/** Enrols someone, and waits until no code of then is near; answers the secret. */
async function enrolled(personId = person): Promise<string> {
  const secret = await begun(undefined, personId);
  expect(await finishEnrolment(context, personId, codeNow(secret))).toMatchObject({ ok: true });
  wait(90);
  return secret;
}

test("somebody enrols with a first right code, which then is used up", async () => {
  expect(await isEnrolled(context, person)).toBeUndefined();
  expect(await verifyCode(context, person, "123456")).toEqual({ ok: false, reason: "not_enrolled" });
  const result = await beginEnrolment(context, person, ACCOUNT);
  if (result.kind === "refused") throw new Error(result.answer.reason);
  const { secretText, uri } = result.enrolment;
  const secret = secretText.replaceAll(" ", "");
  expect(uri).toContain(`otpauth://totp/Deadbolt:alex%40northwind.example?issuer=Deadbolt&secret=${secret}`);
  expect(await isEnrolled(context, person)).toBeUndefined();
  expect(await verifyCode(context, person, codeNow(secret))).toEqual({ ok: false, reason: "not_enrolled" });
  expect(await finishEnrolment(context, person, wrongNow(secret))).toEqual({ ok: false, reason: "wrong" });
  wait(9 * 60);
  const enrolledAt = new Date(time);
  const code = codeNow(secret);
  expect(await finishEnrolment(context, person, code)).toEqual({ ok: true, enrolledAt });
  expect(await isEnrolled(context, person)).toEqual(enrolledAt);
  expect(await verifyCode(context, person, code)).toEqual({ ok: false, reason: "used" });
  expect(await finishEnrolment(context, person, code)).toEqual({ ok: false, reason: "expired" });
  wait(30);
  expect(await verifyCode(context, person, codeNow(secret))).toEqual({ ok: true, enrolledAt });
});

test("an enrolment is over after ten minutes to the millisecond, and nothing is left of it", async () => {
  const secret = await begun();
  time += 10 * 60_000;
  expect(await finishEnrolment(context, person, codeNow(secret))).toEqual({ ok: false, reason: "expired" });
  time -= 1;
  expect(await finishEnrolment(context, person, codeNow(secret))).toEqual({ ok: false, reason: "expired" });
  const again = await begun();
  time += 10 * 60_000 - 1;
  expect(await finishEnrolment(context, person, codeNow(again))).toMatchObject({ ok: true });
});

test("beginning again makes a new key, and the one shown before is worth nothing", async () => {
  const first = await begun();
  const second = await begun();
  expect(second).not.toBe(first);
  expect(await finishEnrolment(context, person, codeNow(first))).toEqual({ ok: false, reason: "wrong" });
  expect(await finishEnrolment(context, person, codeNow(second))).toMatchObject({ ok: true });
});

test("whoever is enrolled needs a right code to enrol anew, and keeps what they have until the new one works", async () => {
  const old = await enrolled();
  const since = await isEnrolled(context, person);
  for (const code of [undefined, wrongNow(old), "abc"])
    expect(await beginEnrolment(context, person, ACCOUNT, code)).toEqual({
      kind: "refused",
      answer: { ok: false, reason: "wrong" },
    });
  const code = codeNow(old);
  const secret = await begun(code);
  expect(await beginEnrolment(context, person, ACCOUNT, code)).toMatchObject({
    kind: "refused",
    answer: { reason: "used" },
  });
  wait(30);
  expect(await verifyCode(context, person, codeNow(old))).toEqual({ ok: true, enrolledAt: since });
  expect(await finishEnrolment(context, person, codeNow(secret))).toEqual({
    ok: true,
    enrolledAt: new Date(time),
  });
  wait(30);
  expect(await verifyCode(context, person, codeNow(old))).toEqual({ ok: false, reason: "wrong" });
  expect(await verifyCode(context, person, codeNow(secret))).toMatchObject({ ok: true });
});

test("of twenty uses of one right code at once, one is good and nineteen come too late", async () => {
  const secret = await enrolled();
  const code = codeNow(secret);
  const answers = await Promise.all(Array.from({ length: 20 }, () => verifyCode(context, person, code)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.reason === "used")).toHaveLength(19);
});

test("of twenty wrong codes at once, none is overlooked", async () => {
  const secret = await enrolled();
  const code = wrongNow(secret);
  const answers = await Promise.all(Array.from({ length: 20 }, () => verifyCode(context, person, code)));
  expect(answers.filter((answer) => !answer.ok && answer.reason === "wrong")).toHaveLength(4);
  expect(answers.filter((answer) => !answer.ok && answer.reason === "locked")).toHaveLength(16);
});

test("of many enrolments ended at once, one counts", async () => {
  const secret = await begun();
  const code = codeNow(secret);
  const answers = await Promise.all(Array.from({ length: 8 }, () => finishEnrolment(context, person, code)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test("nobody gets a new key past a first enrolment that ends at the same moment", async () => {
  const secret = await begun();
  const [finished, ...others] = await Promise.all([
    finishEnrolment(context, person, codeNow(secret)),
    ...Array.from({ length: 8 }, () => beginEnrolment(context, person, ACCOUNT)),
  ]);
  // Either the first code was in time, and whatever began after it was refused; or a newer key had replaced it.
  const { rowCount } = await fresh.database.query(
    "select from deadbolt.second_factor_enrolment where person_id = $1",
    [person],
  );
  expect(rowCount).toBe(finished.ok ? 0 : 1);
  const refused = others.filter(({ kind }) => kind === "refused");
  expect(refused).toHaveLength(finished.ok ? others.length : 0);
});

test("a lock outlives the process, and ends after fifteen minutes", async () => {
  const secret = await enrolled();
  for (let count = 0; count < 3; count += 1) await verifyCode(context, person, wrongNow(secret));
  const database = connectDatabase(fresh.url, { log: pino({ level: "silent" }) });
  try {
    const restarted = { ...context, database };
    expect(await verifyCode(restarted, person, wrongNow(secret))).toEqual({ ok: false, reason: "wrong" });
    const locked = { ok: false, reason: "locked", lockedUntil: new Date(time + 15 * 60_000) };
    expect(await verifyCode(restarted, person, wrongNow(secret))).toEqual(locked);
    expect(await verifyCode(context, person, codeNow(secret))).toEqual(locked);
    expect(await beginEnrolment(restarted, person, ACCOUNT, codeNow(secret))).toEqual({
      kind: "refused",
      answer: locked,
    });
  } finally {
    await database.close();
  }
  wait(15 * 60);
  expect(await verifyCode(context, person, codeNow(secret))).toMatchObject({ ok: true });
});

test("a lock holds for an enrolment that was begun before it", async () => {
  const old = await enrolled();
  const secret = await begun(codeNow(old));
  for (let count = 0; count < 5; count += 1) await verifyCode(context, person, wrongNow(old));
  expect(await finishEnrolment(context, person, codeNow(secret))).toMatchObject({ reason: "locked" });
});

test("who guesses at one person's code locks nobody else", async () => {
  const secret = await enrolled();
  const other = await enrolled("U0OTHER");
  for (let count = 0; count < 5; count += 1) await verifyCode(context, person, wrongNow(secret));
  expect(await verifyCode(context, "U0OTHER", codeNow(other))).toMatchObject({ ok: true });
});

test("what was taken away is gone with all that was begun", async () => {
  const secret = await enrolled();
  await begun(codeNow(secret));
  expect(await removeEnrolment(context, person)).toBe(true);
  expect(await removeEnrolment(context, person)).toBe(false);
  expect(await isEnrolled(context, person)).toBeUndefined();
  expect(await verifyCode(context, person, codeNow(secret, 1))).toMatchObject({ reason: "not_enrolled" });
  expect(await finishEnrolment(context, person, "123456")).toEqual({ ok: false, reason: "expired" });
  await enrolled();
});

test("no secret is in the tables in clear, in groups, or in hexadecimal", async () => {
  const secret = await enrolled();
  const waiting = await begun(codeNow(secret));
  const tables = ["second_factor", "second_factor_enrolment"];
  const rows = await Promise.all(
    tables.map((table) =>
      fresh.database.query(`select * from deadbolt.${table} where person_id = $1`, [person]),
    ),
  );
  expect(rows.map(({ rowCount }) => rowCount)).toEqual([1, 1]);
  const stored = JSON.stringify(rows).toLowerCase();
  for (const text of [secret, waiting])
    for (const form of [text, text.replaceAll(/.{4}(?=.)/g, "$& "), Secret.fromBase32(text).hex])
      expect(stored).not.toContain(form.toLowerCase());
});

test("what was sealed with another secret, or for another person, is not believed", async () => {
  const secret = await enrolled();
  const foreign = { ...context, ...sealerOf("another") };
  const unreadable = { ok: false, reason: "unreadable" };
  expect(await verifyCode(foreign, person, codeNow(secret))).toEqual(unreadable);
  expect(await beginEnrolment(foreign, person, ACCOUNT, codeNow(secret))).toEqual({
    kind: "refused",
    answer: unreadable,
  });
  await enrolled("U0VICTIM");
  await fresh.database.query(
    `update deadbolt.second_factor set sealed = (select sealed from deadbolt.second_factor where person_id = $1)
     where person_id = 'U0VICTIM'`,
    [person],
  );
  expect(await verifyCode(context, "U0VICTIM", codeNow(secret))).toEqual(unreadable);
  const waiting = await begun(codeNow(secret));
  expect(await finishEnrolment(foreign, person, codeNow(waiting))).toEqual(unreadable);
});
