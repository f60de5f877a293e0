import { expect, test } from "vitest";
import { createSharedQuestion } from "../../src/concurrency/shared-question.ts";

/** A question that is answered when the test says so, by how often it was sent. */
function createQuestion() {
  const sent: PromiseWithResolvers<number>[] = [];
  const ask = createSharedQuestion(() => {
    const answer = Promise.withResolvers<number>();
    sent.push(answer);
    return answer.promise;
  });
  return { ask, sent };
}

/** Until what was asked in this round of the event loop is sent. */
const round = () => new Promise((resolve) => setImmediate(resolve));

test("fifty who ask in one round send one question, and nobody gets an answer that was asked for before they asked", async () => {
  const { ask, sent } = createQuestion();
  const first = Array.from({ length: 50 }, () => ask());
  await round();
  const second = ask();
  await round();
  expect(sent).toHaveLength(2);
  // Two are on their way: these wait for the next one, and share it.
  const third = [ask(), ask()];
  await round();
  expect(sent).toHaveLength(2);
  sent[0]?.resolve(1);
  expect(new Set(await Promise.all(first))).toEqual(new Set([1]));
  await expect.poll(() => sent.length).toBe(3);
  // Asked after the third was sent: it is not theirs.
  const late = ask();
  sent[1]?.resolve(2);
  sent[2]?.resolve(3);
  expect(await Promise.all([second, ...third])).toEqual([2, 3, 3]);
  await expect.poll(() => sent.length).toBe(4);
  sent[3]?.resolve(4);
  expect(await late).toBe(4);
});

test("a question that fails fails for those who share it, and the next one is asked anew", async () => {
  const { ask, sent } = createQuestion();
  const settled = Promise.allSettled([ask(), ask()]);
  await round();
  sent[0]?.reject(new Error("ratelimited"));
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const again = ask();
  await round();
  sent[1]?.resolve(4);
  expect(await again).toBe(4);
});

test("whoever waits behind questions that hang is asked for all the same", async () => {
  const { ask, sent } = createQuestion();
  const hanging = [ask()];
  await round();
  hanging.push(ask());
  await round();
  const mine = ask();
  await expect.poll(() => sent.length).toBe(3);
  sent[2]?.resolve(3);
  expect(await mine).toBe(3);
  for (const one of sent) one.resolve(0);
  await Promise.all(hanging);
});
