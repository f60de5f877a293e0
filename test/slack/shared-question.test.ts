import { expect, test } from "vitest";
import { createSharedQuestion } from "../../src/slack/shared-question.ts";

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

test("fifty who ask at once send three questions, and nobody gets an answer that was asked for before they asked", async () => {
  const { ask, sent } = createQuestion();
  const answers = Array.from({ length: 50 }, () => ask());
  expect(sent).toHaveLength(2);
  sent[0]?.resolve(1);
  expect(await answers[0]).toBe(1);
  await expect.poll(() => sent.length).toBe(3);
  // Asked after the third was sent: it is not theirs.
  const late = ask();
  sent[1]?.resolve(2);
  sent[2]?.resolve(3);
  expect(await Promise.all(answers)).toEqual([1, 2, ...Array.from({ length: 48 }, () => 3)]);
  await expect.poll(() => sent.length).toBe(4);
  sent[3]?.resolve(4);
  expect(await late).toBe(4);
});

test("a question that fails fails for those who share it, and the next one is asked anew", async () => {
  const { ask, sent } = createQuestion();
  const answers = [ask(), ask(), ask(), ask()];
  const settled = Promise.allSettled(answers);
  sent[0]?.reject(new Error("ratelimited"));
  await expect.poll(() => sent.length).toBe(3);
  sent[1]?.resolve(2);
  sent[2]?.reject(new Error("still"));
  expect((await settled).map(({ status }) => status)).toEqual([
    "rejected",
    "fulfilled",
    "rejected",
    "rejected",
  ]);
  const again = ask();
  sent[3]?.resolve(4);
  expect(await again).toBe(4);
});

test("whoever waits behind questions that hang is asked for all the same", async () => {
  const { ask, sent } = createQuestion();
  const hanging = [ask(), ask()];
  const mine = ask();
  await expect.poll(() => sent.length).toBe(3);
  sent[2]?.resolve(3);
  expect(await mine).toBe(3);
  for (const one of sent) one.resolve(0);
  await Promise.all(hanging);
});
