import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import type { Message } from "../../playground/slack/state.ts";
import {
  modalText,
  openDenial,
  press,
  refusalsOf,
  tamper,
  vendorWrites,
  withoutHelp,
} from "./world/refused.ts";
import {
  ask,
  approve,
  ended,
  eventsOf,
  eventually,
  noticesTo,
  rootOf,
  startWorldBy,
  storedRequest,
  threadOf,
  TRANSPORTS,
  type World,
} from "./world/world.ts";

describe.each(TRANSPORTS)("by %s", (transport) => {
  let world: World;
  let requestId: string;
  let root: Message;
  beforeAll(async () => {
    world = await startWorldBy(transport);
    const { slack } = world.company;
    slack.addUser({ id: "U0RILEYTWO", name: "riley2", email: emailOf("requester").toUpperCase() });
    slack.addUser({ id: "U0SAMTWO", name: "sam2", email: emailOf("target") });
    slack.addUser({ id: "U0GONE", name: "gone", email: "gone@northwind.example", deleted: true });
    slack.addUser({ id: "U0ROBOT", name: "robot", email: "robot@northwind.example", isBot: true });
    slack.usergroups.get("S0IT")?.members.add("U0RILEYTWO").add("U0SAMTWO").add("U0ROBOT").add("U0SAM");
    for (const id of ["U0RILEYTWO", "U0SAMTWO", "U0ROBOT"])
      slack.channels.get(String(world.company.environment["DEADBOLT_CHANNEL"]))?.members.add(id);
  });
  afterAll(async () => {
    expect(world.company.slack.mistakes).toEqual([]);
    await world.close();
  });
  beforeEach(async () => {
    ({ requestId, root } = await ask(world));
  });

  const ROLES =
    "You hold none of the roles that may decide this. Nothing was changed.\n*Rule:* only people whom the policy asks may decide";
  const OWN =
    "You asked for this yourself, so somebody else has to decide. Nothing was changed.\n*Rule:* nobody decides their own request";
  const ABOUT =
    "This request is about you, so somebody else has to decide. Nothing was changed.\n*Rule:* nobody decides a request about themselves";
  const withWhy = (why: string) => ROLES.replace(" Nothing", ` ${why} Nothing`);

  const undecided = [
    { who: "the requester", id: PEOPLE.requester.id, told: OWN },
    { who: "the requester under another Slack id", id: "U0RILEYTWO", told: OWN },
    { who: "the person concerned, though an IT admin", id: PEOPLE.target.id, told: ABOUT },
    { who: "the person concerned under another Slack id", id: "U0SAMTWO", told: ABOUT },
    { who: "somebody without a role", id: PEOPLE.stranger.id, told: ROLES },
    { who: "a workspace admin without a role", id: PEOPLE.administrator.id, told: ROLES },
    {
      who: "a guest in the group of IT admins",
      id: PEOPLE.guest.id,
      told: withWhy("The account is a guest; guests hold no role."),
    },
    {
      who: "a bot in the group of IT admins",
      id: "U0ROBOT",
      told: withWhy("This is a bot; bots hold no role."),
    },
  ];

  test.each(undecided)("$who can neither approve nor deny", async ({ id, told }) => {
    const before = await refusalsOf(world, id);
    expect(await press(world, id, root)).toBe(`:no_entry: ${told}`);
    expect(await press(world, id, root, "request_deny")).toBe(`:no_entry: ${told}`);
    const kept = (await refusalsOf(world, id)).slice(before.length);
    const [reason, rule] = told.split(/\n(?:\*Rule:\* )?/);
    const row = { type: "decision.refused", requestId, rule, reason, asked: null };
    expect(kept).toEqual([row, row]);
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
    expect(vendorWrites(world)).toEqual([]);
  });

  test("an approver who loses the role between seeing and clicking is refused, and welcome again with it", async () => {
    const group = world.company.slack.usergroups.get("S0IT");
    group?.members.delete(PEOPLE.approver.id);
    expect(await press(world, PEOPLE.approver.id, root)).toBe(`:no_entry: ${ROLES}`);
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
    expect(vendorWrites(world)).toEqual([]);

    group?.members.add(PEOPLE.approver.id);
    const form = await openDenial(world, "approver", root);
    group?.members.delete(PEOPLE.approver.id);
    await world.company.slack.as(PEOPLE.approver.id).submit(form.id, { reason: "Not now" });
    group?.members.add(PEOPLE.approver.id);
    expect(withoutHelp(modalText(world, "approver"))).toBe(`Not allowed\n:no_entry: ${ROLES}`);
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  });

  test("a button whose plan was changed approves and denies nothing", async () => {
    const copy = tamper(root, (value) => value.replace(/"plan":"./, '"plan":"~'));
    const told =
      ":no_entry: What you were shown is not what would run now. Open the request again and look at it afresh. Nothing was changed.\n*Rule:* an approval is bound to the plan that was shown";
    expect(await press(world, PEOPLE.approver.id, copy)).toBe(told);
    expect((await refusalsOf(world, PEOPLE.approver.id)).at(-1)).toMatchObject({
      requestId,
      rule: "an approval is bound to the plan that was shown",
    });
    const form = await openDenial(world, "security", copy);
    await world.company.slack.as(PEOPLE.security.id).submit(form.id, { reason: "No" });
    expect(modalText(world, "security")).toBe(`Not allowed\n${told}`);
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
    expect(vendorWrites(world)).toEqual([]);
  });

  test("a button that names an unknown request, or nothing readable, does nothing", async () => {
    const unknown = tamper(root, (value) => value.replace(requestId, "V0NOSUCHREQUEST"));
    for (const action of ["request_approve", "request_deny"] as const)
      expect(await press(world, PEOPLE.approver.id, unknown, action)).toBe(
        ":no_entry: I do not know this request. Nothing was changed.\n*Rule:* a button must name its request",
      );
    expect((await refusalsOf(world, PEOPLE.approver.id)).slice(-2)).toMatchObject([
      { requestId: null, rule: "a button must name its request" },
      { requestId: null, rule: "a button must name its request" },
    ]);
    for (const value of [
      "x",
      "{}",
      "null",
      '{"__proto__":{"request":"a","plan":"b"}}',
      '{"request":1,"plan":{}}',
    ])
      expect(
        await press(
          world,
          PEOPLE.approver.id,
          tamper(root, () => value),
        ),
      ).toBe(
        ":no_entry: This button is not one that this app can read. Nothing was changed.\n*Rule:* a button must name its request",
      );
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  });

  test("a denial needs a reason, and tells it to everyone concerned", async () => {
    const alex = world.company.slack.as(PEOPLE.approver.id);
    const form = await openDenial(world, "approver", root);
    await expect(alex.submit(form.id)).rejects.toThrow("must be filled in");
    await alex.submit(form.id, { reason: "  \n " });
    expect(form.errors).toEqual({ reason: "Say why." });
    await alex.submit(form.id, { reason: "Sam stays <!channel>" });
    expect(await ended(world, requestId)).toBe("denied");

    expect(rootOf(world, requestId)?.text).toContain("Denied. Nothing was done");
    expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("request_approve");
    expect(threadOf(world, requestId)).toEqual([
      ":thumbsdown: Denied by <@U0ALEX> as it-admins.\n*Reason:* Sam stays &lt;!channel&gt;",
    ]);
    const direct = world.company.slack.messages.findLast(
      ({ channel, text }) => channel.startsWith("D") && text.startsWith("Your request"),
    );
    expect(direct?.text).toContain(
      "was denied by <@U0ALEX>. Nothing was done.\n*Reason:* Sam stays &lt;!channel&gt;",
    );
    await eventually("the answer to the denier", () =>
      noticesTo(world, "approver").includes("Your denial is recorded. Nothing will be done."),
    );
    expect((await eventsOf(world, requestId)).map(({ type, actor }) => [type, actor])).toEqual([
      ["request.created", PEOPLE.requester.id],
      ["decision.made", PEOPLE.approver.id],
      ["request.denied", PEOPLE.approver.id],
    ]);
    expect(vendorWrites(world)).toEqual([]);
  });

  test("a protected executive needs two different people of security", async () => {
    const { slack } = world.company;
    slack.addUser({ id: "U0SASHATWO", name: "sasha2", email: emailOf("security") });
    slack.usergroups.get("S0SEC")?.members.add("U0SASHATWO");
    const eve = await ask(world, { target: "executive" });
    expect(JSON.stringify(eve.root.blocks)).toContain("security");
    expect(await press(world, PEOPLE.approver.id, eve.root)).toBe(
      "Your approval is recorded. Still needed: 2 more.",
    );
    expect(await press(world, PEOPLE.security.id, eve.root)).toBe(
      "Your approval is recorded. Still needed: 1 more.",
    );
    // She is not in the channel under this id, so the answer takes the address that came with her click.
    await slack.as("U0SASHATWO").click(eve.root, "request_approve");
    await eventually("the answer to her other account", () =>
      slack.notices.find(
        ({ toUser, text }) => toUser === "U0SASHATWO" && text.includes("Still needed: 1 more"),
      ),
    );
    expect(await press(world, PEOPLE.security.id, eve.root)).toBe(
      ":no_entry: You have decided this request before. Your click changed nothing.\n*Rule:* each person decides once",
    );
    expect(await storedRequest(world, eve.requestId)).toMatchObject({ state: "pending" });
    expect(vendorWrites(world)).toEqual([]);

    await approve(world, eve.requestId, "secondSecurity");
    expect(await ended(world, eve.requestId)).toBe("done");
    expect(vendorWrites(world).filter((call) => call.startsWith("PUT"))).toHaveLength(1);
  });
});
