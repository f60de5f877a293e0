import { expect, test } from "vitest";
import { findTarget, type Lookups } from "../../src/target/find.ts";
import type { SlackPerson } from "../../src/target/findings.ts";
import { emailsOf, isKnownNowhere } from "../../src/target/target.ts";

const WORK = "sam@world.example";
const PROFILE = "sam.rivers@northwind.example";

function slackPerson(id: string, email?: string): SlackPerson {
  return {
    id,
    email,
    teamId: "T0HOME",
    isBot: false,
    deleted: false,
    isStranger: false,
    isRestricted: false,
    realName: "Sam Rivers",
  };
}

interface World {
  slack?: SlackPerson[];
  zoom?: Record<string, string>;
  access?: Record<string, string>;
}

function lookups({ slack = [slackPerson("U0SAM", PROFILE)], zoom = {}, access = {} }: World): Lookups {
  return {
    homeTeamId: "T0HOME",
    slackPerson: async (id) => slack.find((one) => one.id === id),
    slackPersonByEmail: async (email) => slack.find((one) => one.email === email),
    zoomUser: async (email) =>
      zoom[email] === undefined ? null : { id: zoom[email], email, status: "active" },
    cloudflareUsers: async (email) => (access[email] === undefined ? [] : [{ id: access[email], email }]),
  };
}

const MAY = { zoom: "may", cloudflare: "by-email" } as const;
const BOUND = { slackId: "U0SAM", email: WORK, boundBy: "U0SASHA" };

async function found(world: World, asked: Parameters<typeof findTarget>[0] = BOUND) {
  const { verdict } = await findTarget(asked, lookups(world), MAY);
  return verdict.ok ? verdict.target : verdict.disagreements.map(({ message }) => message).join(" ");
}

test("a Slack account and an address that differ are two people until somebody says otherwise", async () => {
  expect(await found({}, { slackId: "U0SAM", email: WORK })).toMatch(
    /has the e-mail .*, not .*Give one of the two/,
  );
});

test("bound, the person has every id and every name, and it is kept who said so", async () => {
  const target = await found({ zoom: { [WORK]: "z1" }, access: { [PROFILE]: "a1" } });
  expect(target).toMatchObject({
    email: WORK,
    slackId: "U0SAM",
    zoomUserId: "z1",
    zoomEmail: WORK,
    cloudflareUserId: "a1",
    cloudflareEmail: PROFILE,
    found: expect.arrayContaining([
      `U0SASHA says that Slack user U0SAM and ${WORK} are the same person.`,
    ]) as unknown,
  });
  if (typeof target === "string") throw new Error(target);
  expect(emailsOf(target)).toEqual([WORK, PROFILE]);
  expect(target.noAccount).toBeUndefined();
});

test("a Slack account without an e-mail can be bound", async () => {
  expect(await found({ slack: [slackPerson("U0SAM")], zoom: { [WORK]: "z1" } })).toMatchObject({
    slackId: "U0SAM",
    zoomUserId: "z1",
  });
});

test("both addresses are tried before a vendor is said to know nobody", async () => {
  expect(await found({ access: { [WORK]: "a1" } })).toMatchObject({ noAccount: { zoom: [WORK, PROFILE] } });
});

test("what Slack shows outweighs the word: an address of another account is another person's", async () => {
  const slack = [slackPerson("U0SAM", PROFILE), slackPerson("U0OTHER", WORK)];
  expect(await found({ slack, zoom: { [WORK]: "z1" } })).toMatch(/Another Slack account has this e-mail/);
});

test.each([
  ["Zoom", { zoom: { [WORK]: "z1", [PROFILE]: "z2" } }],
  ["Access", { access: { [WORK]: "a1", [PROFILE]: "a2" } }],
])("two users of %s under the two addresses are locked out each by itself", async (_vendor, world) => {
  expect(typeof (await found(world))).toBe("string");
});

test.each([
  ["nobody anywhere", { slack: [] }, true],
  ["somebody in Slack", { slack: [slackPerson("U0SAM", WORK)] }, false],
  ["somebody in Zoom", { slack: [], zoom: { [WORK]: "z1" } }, false],
  ["somebody in Access", { slack: [], access: { [WORK]: "a1" } }, false],
])("%s: known nowhere is %s", async (_name, world, expected) => {
  const target = await found(world, { email: WORK });
  if (typeof target === "string") throw new Error(target);
  expect(isKnownNowhere(target)).toBe(expected);
});

test("a Zoom that is silent may know the person", async () => {
  const silent: Lookups = { ...lookups({ slack: [] }), zoomUser: () => Promise.reject(new Error("silent")) };
  const { verdict } = await findTarget({ email: WORK }, silent, MAY);
  expect(verdict.ok && isKnownNowhere(verdict.target)).toBe(false);
});
