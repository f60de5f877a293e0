import { TOTP, Secret } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import { beginEnrolment, finishEnrolment, isEnrolled } from "../../src/second-factor/second-factor.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const remove = (...words: string[]) =>
  runCommand(["second-factor", "remove", ...words], { DATABASE_URL: fresh.url });

test("an operator takes away the one-time password of somebody who lost their phone, and it is kept", async () => {
  const context = {
    database: fresh.database,
    now: () => new Date(),
    seal: (text: string) => text,
    unseal: (text: string) => text,
  };
  const begun = await beginEnrolment(context, "U0SAM", "sam@example.com");
  if (begun.kind !== "begun") throw new Error("It did not begin.");
  const secret = Secret.fromBase32(begun.enrolment.secretText.replaceAll(" ", ""));
  await finishEnrolment(context, "U0SAM", new TOTP({ secret }).generate());
  expect(await isEnrolled(context, "U0SAM")).toBeDefined();

  expect(await remove("U0SAM")).toMatchObject({
    code: 0,
    output: expect.stringContaining("has no one-time password any more"),
  });
  expect(await isEnrolled(context, "U0SAM")).toBeUndefined();
  const { rows } = await fresh.database.query<{ actor: string; data: unknown }>(
    "select actor, data from deadbolt.audit_event where type = 'factor.removed'",
  );
  expect(rows).toEqual([{ actor: "operator", data: { personId: "U0SAM" } }]);
  expect((await remove("U0SAM")).output).toContain("Nothing was changed.");
});

test("it wants one Slack id", async () => {
  for (const words of [[], ["sam@example.com"], ["U0SAM", "U0EVE"]])
    expect(await remove(...words)).toMatchObject({ code: 64 });
});
