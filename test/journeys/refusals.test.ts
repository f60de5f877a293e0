import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE, type PersonName } from "../../playground/company.ts";
import type { Entry } from "../../playground/slack/entry.ts";
import type { Delivery, OpenView } from "../../playground/slack/state.ts";
import { lastRefusalOf, modalText, requestCount, vendorWrites, withoutHelp } from "./world/refused.ts";
import { noticeAfter, openForm, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(async () => {
  world.company.zoom.clearFaults();
  expect(await requestCount(world)).toBe(0);
  expect(vendorWrites(world)).toEqual([]);
  expect(world.company.slack.mistakes).toEqual([]);
});

async function type(person: PersonName, text: string): Promise<string> {
  const told = await noticeAfter(world, person, () =>
    world.company.slack.as(PEOPLE[person].id).command("/zoom-offboard", text),
  );
  return withoutHelp(told);
}

async function submit(
  text: string,
  values: Record<string, Entry> = {},
): Promise<{ view: OpenView; delivery: Delivery }> {
  const view = await openForm(world, "requester", text);
  const riley = world.company.slack.as(PEOPLE.requester.id);
  const delivery = await riley.submit(view.id, { reason: "Left the company", ...values });
  return { view, delivery };
}

const NEEDS_SCOPE = "*Rule:* zoom-offboard needs the scope zoom:user:update:status:admin";

test("somebody without a role is told which scope is missing and who has it", async () => {
  expect(await type("stranger", "@sam")).toBe(
    `:no_entry: None of your roles grants it. Nothing was opened.\n${NEEDS_SCOPE}`,
  );
  expect(await lastRefusalOf(world, "stranger")).toEqual({
    type: "request.refused",
    requestId: null,
    rule: "zoom-offboard needs the scope zoom:user:update:status:admin",
    reason: "None of your roles grants it. Nothing was opened.",
    asked: null,
  });
});

test("a workspace admin without a role is refused like anybody else", async () => {
  expect(await type("administrator", "@sam")).toBe(
    `:no_entry: None of your roles grants it. Nothing was opened.\n${NEEDS_SCOPE}`,
  );
  expect(await lastRefusalOf(world, "administrator")).toMatchObject({ type: "request.refused" });
});

test("a guest holds no role, though the group with the role names them", async () => {
  expect(await type("guest", "@sam")).toBe(
    `:no_entry: The account is a guest; guests hold no role. Nothing was opened.\n${NEEDS_SCOPE}`,
  );
  expect((await lastRefusalOf(world, "guest"))?.reason).toContain("guests hold no role");
});

test("a bare name is never guessed at", async () => {
  for (const text of ["sam", "Sam Rivers", "@nobody", "@it", "sam@", "<!channel>"])
    expect(await type("requester", text)).toMatch(
      /^:no_entry: I do not know whom you mean by “.*”\. Nothing was done\.\n\*Rule:\* a person is named by a mention or an e-mail, never guessed\nType \/zoom-offboard @person, /,
    );
});

test("two people are answered with what to do, and nothing is opened for either", async () => {
  expect(await type("requester", "@sam @eve")).toMatch(
    /^:no_entry: You named 2 people, and a request is about one\. Nothing was done\./,
  );
});

test("a form whose sender has lost the role meanwhile is refused", async () => {
  const view = await openForm(world, "requester", "@sam");
  const group = world.company.slack.usergroups.get("S0IT");
  group?.members.delete(PEOPLE.requester.id);
  await world.company.slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" });
  group?.members.add(PEOPLE.requester.id);
  const shown = modalText(world, "requester");
  expect(shown).toContain("Not allowed");
  expect(shown).toContain("You hold no role: missing zoom:user:read:user:admin");
  expect(shown).toMatch(
    /Ask <@U0ALEX>.* \(it-admins or security\)\.|Deadbolt cannot list who holds the role it-admins or security now/,
  );
  expect(shown).toContain("*Rule:* every step needs a scope that one of your roles grants");
  expect(await lastRefusalOf(world, "requester")).toMatchObject({
    type: "request.refused",
    rule: "every step needs a scope that one of your roles grants",
    asked: PEOPLE.target.id,
  });
});

test.each([
  ["chosen in Slack", "@riley"],
  ["named by the e-mail", emailOf("requester")],
])("nobody offboards themselves, %s", async (_how, text) => {
  await submit(text);
  expect(modalText(world, "requester")).toBe(
    "Not allowed\n:no_entry: This request is about yourself. Somebody else has to ask for it.\n*Rule:* nobody removes their own access here",
  );
  expect(await lastRefusalOf(world, "requester")).toMatchObject({
    type: "request.refused",
    rule: "nobody removes their own access here",
  });
});

interface WrongPerson {
  what: string;
  text: string;
  values?: Record<string, Entry>;
  arrange?: () => void;
  errors: Record<string, string>;
}

const zoomOf = (person: PersonName) =>
  [...world.company.zoom.users.values()].find((user) => user.email === emailOf(person));

const wrongPeople: WrongPerson[] = [
  {
    what: "an e-mail that Zoom does not know",
    text: "nobody@northwind.example",
    errors: { email: "Zoom knows no user with the e-mail nobody@northwind.example." },
  },
  {
    what: "a mention of somebody whom Slack does not know",
    text: "<@U0NOBODY>",
    errors: { person: "Slack does not know this person." },
  },
  {
    what: "a person and somebody else's e-mail",
    text: "@sam",
    values: { email: emailOf("executive") },
    errors: {
      email: `The person in Slack has the e-mail ${emailOf("target")}, not ${emailOf("executive")}. Give one of the two, or correct the e-mail.`,
    },
  },
  {
    what: "somebody for whom Zoom answers with another user",
    text: "@sam",
    arrange: () =>
      world.company.zoom.addFault({
        kind: "answer",
        method: "GET",
        path: /users/,
        times: 1,
        answer: { status: 200, body: { ...zoomOf("executive"), pretend: undefined } },
      }),
    errors: {
      person: `Asked for ${emailOf("target")}, Zoom answered with a user of another e-mail. Near matches and aliases are not acted on; use the e-mail that Zoom shows for this person.`,
    },
  },
  {
    what: "a person of another organisation, though with an e-mail of ours",
    text: "<@U0FOREIGN>",
    arrange: () =>
      void world.company.slack.addUser({
        id: "U0FOREIGN",
        name: "foreign",
        email: emailOf("target"),
        teamId: "T0OTHER",
        isStranger: true,
      }),
    errors: {
      person:
        "This Slack account belongs to another organisation or workspace; their access is not ours to take.",
    },
  },
  {
    what: "a bot",
    text: "<@U0ROBOT>",
    arrange: () =>
      void world.company.slack.addUser({
        id: "U0ROBOT",
        name: "robot",
        email: emailOf("executive"),
        isBot: true,
      }),
    errors: { person: "This is a bot, not a person." },
  },
  {
    what: "somebody without an e-mail in Slack",
    text: "<@U0BLANK>",
    arrange: () => void world.company.slack.addUser({ id: "U0BLANK", name: "blank" }),
    errors: {
      person: "Slack shows no e-mail for this person, so nobody can tell which Zoom user is theirs.",
    },
  },
  {
    what: "somebody whom Cloudflare has twice",
    text: "@eve",
    arrange: () => void world.company.cloudflare.addAccessUser({ email: emailOf("executive").toUpperCase() }),
    errors: {
      person: `Cloudflare Access has 2 users with the e-mail ${emailOf("executive")}; it is not clear which one is meant. Remove the surplus ones in Cloudflare first.`,
    },
  },
];

test.each(wrongPeople)("nobody is taken for $what", async ({ text, values, arrange, errors }) => {
  arrange?.();
  const { view, delivery } = await submit(text, values);
  expect(delivery.status).toBe(200);
  expect(view.errors).toEqual(errors);
  expect(await lastRefusalOf(world, "requester")).toMatchObject({
    type: "request.refused",
    requestId: null,
    rule: "every id must speak of the same person",
    reason: Object.values(errors).join(" "),
  });
});

test("a Zoom that cannot be asked is told as that, and nothing is stored", async () => {
  world.company.zoom.addFault({
    kind: "answer",
    path: /\/v2\/users/,
    answer: { status: 401, body: { code: 4700, message: "Invalid access token." } },
  });
  await submit("@sam");
  const shown = modalText(world, "requester");
  expect(shown).toContain("Zoom could not be asked about this person.");
  expect(shown).toContain("*Rule:* the person must be found in Zoom before anything is asked for");
  expect(await lastRefusalOf(world, "requester")).toMatchObject({
    type: "request.refused",
    rule: "the person must be found in Zoom before anything is asked for",
    asked: PEOPLE.target.id,
  });
});
