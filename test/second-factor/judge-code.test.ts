import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeCode, lockAt, type CodeHistory } from "../../src/second-factor/judge-code.ts";
import { codeOfStep, newSecret, stepAt } from "../../src/second-factor/totp.ts";

const NOON = Date.UTC(2026, 0, 5, 12);
const secret = newSecret();
const enrolledAt = new Date(NOON - 86_400_000);
const fresh: CodeHistory = { enrolledAt, lastStep: 0, failures: 0, lockedUntil: null };
const at = (seconds: number) => new Date(NOON + seconds * 1_000);
const codeAt = (seconds: number) => codeOfStep(secret, stepAt(at(seconds)));
/** Six digits that are right nowhere near. */
const wrongAt = (seconds: number) => {
  const near = [-90, -60, -30, 0, 30, 60, 90].map((offset) => codeAt(seconds + offset));
  return ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].find(
    (code) => !near.includes(code),
  )!;
};

/** What each of these attempts is told, one after the other. */
function tell(attempts: readonly { second: number; code: string }[], history = fresh): string[] {
  return attempts.map(({ second, code }) => {
    const judged = judgeCode(history, secret, code, at(second));
    history = judged.history;
    return judged.answer.ok ? "ok" : judged.answer.reason;
  });
}

test("five wrong codes in a row lock to the millisecond for fifteen minutes, whatever is typed then", () => {
  let history = fresh;
  for (let count = 1; count <= 4; count += 1) {
    const judged = judgeCode(history, secret, wrongAt(count), at(count));
    expect(judged.answer).toEqual({ ok: false, reason: "wrong" });
    history = judged.history;
  }
  const fifth = judgeCode(history, secret, "not a code", at(5));
  const lockedUntil = at(5 + 15 * 60);
  expect(fifth.answer).toEqual({ ok: false, reason: "locked", lockedUntil });
  const early = new Date(lockedUntil.getTime() - 1);
  const right = (time: Date) => codeOfStep(secret, stepAt(time));
  for (const code of [right(early), wrongAt(0)]) {
    const judged = judgeCode(fifth.history, secret, code, early);
    expect(judged).toEqual({ answer: { ok: false, reason: "locked", lockedUntil }, history: fifth.history });
  }
  expect(lockAt(fifth.history, lockedUntil)).toBeUndefined();
  const opened = judgeCode(fifth.history, secret, right(lockedUntil), lockedUntil);
  expect(opened.answer).toEqual({ ok: true, enrolledAt });
  expect(opened.history).toMatchObject({ failures: 0, lockedUntil: null });
});

test("after a lock the next wrong code locks again, until a right one has come", () => {
  const wrong = (second: number) => ({ second, code: wrongAt(second) });
  const right = (second: number) => ({ second, code: codeAt(second) });
  const opened = 4 + 15 * 60;
  expect(tell([wrong(0), wrong(1), wrong(2), wrong(3), wrong(4), wrong(opened), right(opened + 1)])).toEqual([
    "wrong",
    "wrong",
    "wrong",
    "wrong",
    "locked",
    "locked",
    "locked",
  ]);
  expect(tell([wrong(0), wrong(1), wrong(2), wrong(3), right(4), wrong(5), wrong(6)])).toEqual([
    "wrong",
    "wrong",
    "wrong",
    "wrong",
    "ok",
    "wrong",
    "wrong",
  ]);
});

test("a code and the one before it are used up with it, and the one after it is good", () => {
  expect(
    tell([
      { second: 0, code: codeAt(0) },
      { second: 0, code: codeAt(0) },
      { second: 1, code: codeAt(-30) },
      { second: 31, code: codeAt(0) },
      { second: 31, code: codeAt(30) },
      { second: 61, code: codeAt(0) },
    ]),
  ).toEqual(["ok", "used", "used", "used", "ok", "wrong"]);
});

test("codes that are used up neither lock nor make up for wrong ones", () => {
  const used = Array.from({ length: 20 }, () => ({ second: 1, code: codeAt(0) }));
  const wrong = Array.from({ length: 4 }, () => ({ second: 1, code: wrongAt(1) }));
  expect(tell([{ second: 0, code: codeAt(0) }, ...wrong, ...used, ...wrong.slice(0, 1)])).toEqual([
    "ok",
    ...wrong.map(() => "wrong"),
    ...used.map(() => "used"),
    "locked",
  ]);
});

test("whatever the order of attempts, a step's code is taken at most once, and never while it is locked", () => {
  const attempt = fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -60, max: 1_000 })),
    offset: fc.integer({ min: -4, max: 4 }),
    isWrong: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 60 }), (attempts) => {
      let [second, history] = [0, fresh];
      let wrongInRow = 0;
      const taken: number[] = [];
      for (const { wait, offset, isWrong } of attempts) {
        second += wait;
        const now = at(second);
        const code = isWrong ? wrongAt(second) : codeAt(second + offset * 30);
        const lock = lockAt(history, now);
        const judged = judgeCode(history, secret, code, now);
        if (lock !== undefined) {
          expect(judged).toEqual({ answer: lock, history });
          continue;
        }
        const { answer } = judged;
        if (answer.ok) {
          expect(isWrong).toBe(false);
          expect([-30, 0, 30].map((seconds) => codeAt(second + seconds))).toContain(code);
          // The clock may go back, steps never do.
          expect(judged.history.lastStep).toBeGreaterThan(taken.at(-1) ?? 0);
          taken.push(judged.history.lastStep);
          wrongInRow = 0;
        } else if (answer.reason !== "used") {
          wrongInRow += 1;
          expect(answer.reason).toBe(wrongInRow >= 5 ? "locked" : "wrong");
        }
        history = judged.history;
      }
      expect(new Set(taken).size).toBe(taken.length);
    }),
    { numRuns: 200 },
  );
});
