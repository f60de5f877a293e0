import { describe, expect, test } from "vitest";
import { confirmIdentity } from "../../src/target/identity.ts";
import type { IdentityFindings, SlackPerson } from "../../src/target/findings.ts";

const sam: SlackPerson = {
  id: "U0SAM",
  email: "Sam@Example.com",
  teamId: "T0HOME",
  isBot: false,
  deleted: false,
  isStranger: false,
  isRestricted: false,
  realName: "Sam Doe",
};
const zoom = { id: "z8yCxTTTSiWbsgd3gVkANw", email: "sam@example.com", status: "active" };

function found(changes: Partial<IdentityFindings> = {}): IdentityFindings {
  return { asked: { slackId: "U0SAM" }, homeTeamId: "T0HOME", slack: sam, zoom, ...changes };
}

function messagesOf(findings: IdentityFindings): string[] {
  const verdict = confirmIdentity(findings);
  return verdict.ok ? [] : verdict.disagreements.map(({ field, message }) => `${field}: ${message}`);
}

describe("a target", () => {
  test("is confirmed when everything found speaks of one person, and tells how each id was found", () => {
    const cloudflare = [
      { id: "cf-near", email: "not.sam@example.com" },
      { id: "cf-sam", email: "SAM@example.com" },
    ];
    expect(confirmIdentity(found({ cloudflare }))).toEqual({
      ok: true,
      target: {
        email: "sam@example.com",
        name: "Sam Doe",
        slackId: "U0SAM",
        zoomUserId: zoom.id,
        zoomEmail: "sam@example.com",
        cloudflareUserId: "cf-sam",
        found: [
          "Slack user U0SAM, chosen in Slack.",
          `Zoom user ${zoom.id}, found by the e-mail (active).`,
          "Cloudflare Access user cf-sam, found by the e-mail.",
        ],
      },
    });
  });

  test("may be given by e-mail alone, and then needs no Slack account", () => {
    const { slack: _, ...rest } = found({ asked: { email: " SAM@example.com " } });
    expect(confirmIdentity(rest)).toEqual({
      ok: true,
      target: {
        email: "sam@example.com",
        name: "sam@example.com",
        zoomUserId: zoom.id,
        zoomEmail: "sam@example.com",
        noAccount: { slack: ["sam@example.com"] },
        found: ["Slack has nobody with this e-mail.", `Zoom user ${zoom.id}, found by the e-mail (active).`],
      },
    });
  });

  test.each([
    ["a guest", { isRestricted: true }, "Slack user U0SAM, chosen in Slack (a guest)."],
    ["deactivated in Slack", { deleted: true }, "Slack user U0SAM, chosen in Slack (deactivated in Slack)."],
    [
      "both",
      { isRestricted: true, deleted: true },
      "Slack user U0SAM, chosen in Slack (a guest, deactivated in Slack).",
    ],
  ])("may be %s, and that is said", (_, changes, line) => {
    expect(confirmIdentity(found({ slack: { ...sam, ...changes } }))).toMatchObject({
      ok: true,
      target: { found: expect.arrayContaining([line]) },
    });
  });

  test.each([
    ["absent", undefined, undefined],
    ["not set up", null, undefined],
    ["empty", [], undefined],
    ["only near matches", [{ id: "cf-1", email: "sam@example.com.evil.test" }], undefined],
    [
      "the same user twice",
      [
        { id: "cf-1", email: "sam@example.com" },
        { id: "cf-1", email: "sam@example.com" },
      ],
      "cf-1",
    ],
  ])("is confirmed with Cloudflare %s", (_, cloudflare, expected) => {
    const verdict = confirmIdentity(found(cloudflare === undefined ? {} : { cloudflare }));
    expect(verdict.ok && verdict.target.cloudflareUserId).toBe(expected);
  });

  test("is named without invisible characters, line breaks or endless length", () => {
    const verdict = confirmIdentity(
      found({ slack: { ...sam, realName: `\u202eSam\u200b\n Doe ${"x".repeat(200)}` } }),
    );
    expect(verdict.ok && verdict.target.name).toMatch(/^Sam Doe x{71}…$/);
    const nameless = confirmIdentity(found({ slack: { ...sam, realName: "\u200b " } }));
    expect(nameless.ok && nameless.target.name).toBe("sam@example.com");
  });
});

describe("the wrong person", () => {
  const withoutEmail: SlackPerson = { ...sam };
  delete withoutEmail.email;
  const noSlack: IdentityFindings = { asked: { slackId: "U0SAM" }, homeTeamId: "T0HOME", zoom };
  const notAsked: IdentityFindings = { asked: { slackId: "U0SAM" }, homeTeamId: "T0HOME", slack: sam };

  test.each<[string, IdentityFindings, RegExp]>([
    ["nobody asked for", found({ asked: {} }), /^person: Choose a person/],
    ["nobody in Slack", noSlack, /^person: Slack does not know/],
    [
      "another Slack id",
      found({ slack: { ...sam, id: "U0SAMUEL" } }),
      /^person: Slack answered with another person/,
    ],
    ["no e-mail in Slack", found({ slack: withoutEmail }), /^person: Slack shows no e-mail/],
    ["an empty e-mail in Slack", found({ slack: { ...sam, email: " " } }), /^person: Slack shows no e-mail/],
    ["a bot", found({ slack: { ...sam, isBot: true } }), /^person: This is a bot/],
    [
      "Slackbot",
      found({ asked: { slackId: "USLACKBOT" }, slack: { ...sam, id: "USLACKBOT" } }),
      /^person: This is a bot/,
    ],
    [
      "a Slack Connect person",
      found({ slack: { ...sam, isStranger: true } }),
      /^person: .*another organisation/,
    ],
    ["another workspace", found({ slack: { ...sam, teamId: "T0OTHER" } }), /^person: .*another organisation/],
    [
      "an e-mail looked up in another workspace",
      found({ asked: { email: "sam@example.com" }, slack: { ...sam, teamId: "T0OTHER" } }),
      /^email: .*another organisation/,
    ],
    [
      "a person and an e-mail that disagree",
      found({ asked: { slackId: "U0SAM", email: "samuel@example.com" } }),
      /^email: The person in Slack has the e-mail sam@example.com, not samuel@example.com/,
    ],
    [
      "an e-mail whose Slack person has another one",
      found({ asked: { email: "samuel@example.com" } }),
      /^email: The person in Slack has/,
    ],
    ["nobody in Zoom", found({ zoom: null }), /^person: Zoom knows no user with the e-mail sam@example.com/],
    [
      "nobody in Zoom, by e-mail",
      found({ asked: { email: "sam@example.com" }, zoom: null }),
      /^email: Zoom knows no user/,
    ],
    ["a Zoom that was not asked", notAsked, /^person: Zoom was not asked/],
    [
      "a near match in Zoom",
      found({ zoom: { ...zoom, email: "sam+zoom@example.com" } }),
      /^person: .*another e-mail/,
    ],
    [
      "a look-alike in Zoom",
      found({ zoom: { ...zoom, email: "ſam@example.com" } }),
      /^person: .*another e-mail/,
    ],
    ["an active Zoom user without an id", found({ zoom: { ...zoom, id: "" } }), /^person: Zoom gives no id/],
    [
      "a look-alike in Slack",
      found({ slack: { ...sam, email: "ｓam@example.com" } }),
      /^person: .*cannot be trusted/,
    ],
    [
      "two exact matches in Cloudflare",
      found({
        cloudflare: [
          { id: "cf-1", email: "sam@example.com" },
          { id: "cf-2", email: "Sam@example.com" },
        ],
      }),
      /^person: Cloudflare Access has 2 users/,
    ],
  ])("is refused: %s", (_, findings, message) => {
    expect(messagesOf(findings).filter((line) => message.test(line))).toHaveLength(1);
  });

  test("with two exact matches in Cloudflare goes by the e-mail where no door may stay open for it, and by neither id", () => {
    const cloudflare = [
      { id: "cf-1", email: "sam@example.com" },
      { id: "cf-2", email: "Sam@example.com" },
    ];
    const verdict = confirmIdentity(found({ cloudflare, places: { zoom: "may", cloudflare: "by-email" } }));
    expect(verdict).toMatchObject({
      ok: true,
      target: { found: expect.arrayContaining([expect.stringMatching(/several users with this e-mail/)]) },
    });
    expect(verdict).not.toHaveProperty("target.cloudflareUserId");
  });

  test("is refused with every reason at once", () => {
    const findings = found({
      asked: { slackId: "U0SAM", email: "x\u202ey@example.com" },
      slack: { ...sam, isBot: true, isStranger: true },
    });
    expect(messagesOf(findings)).toHaveLength(3);
  });
});

test("somebody who has not accepted the invitation goes by their address, where Zoom must know them", () => {
  const invited = { id: "", email: "Sam@example.com", status: "pending" };
  expect(confirmIdentity(found({ zoom: invited }))).toMatchObject({
    ok: true,
    target: { zoomUserId: "Sam@example.com", zoomEmail: "Sam@example.com" },
  });
  const lockout = confirmIdentity(found({ zoom: invited, places: { zoom: "may", cloudflare: "may" } }));
  expect(lockout).toMatchObject({ ok: true });
  expect(lockout).not.toHaveProperty("target.zoomUserId");
});
