import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { approverMessage, directMessagesOf, newViewOf, openFromMenu } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { modalText, press, vendorWrites } from "./world/refused.ts";
import {
  approve,
  ask,
  ended,
  eventually,
  eventsOf,
  noticeAfter,
  openViewOf,
  rootOf,
  startWorldBy,
  storedRequest,
  threadOf,
  TRANSPORTS,
  type World,
} from "./world/world.ts";

describe.each(TRANSPORTS)("by %s", (transport) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorldBy(transport, { environment: { POLICY_FILE: await approvalPolicy("acts") } });
  });
  afterAll(async () => {
    await world.close();
  });

  test("only the requester can cancel, says why, and every button answers that it was cancelled", async () => {
    const { slack } = world.company;
    const { requestId, root } = await ask(world);
    const copies = [root, await approverMessage(world, "approver", requestId)].map((message) =>
      structuredClone(message),
    );
    const told = await noticeAfter(world, "approver", () =>
      slack.as(PEOPLE.approver.id).click(root, "request_more", { value: `cancel:${requestId}` }),
    );
    expect(told).toContain("You did not ask for this. Nothing was changed.");
    const view = await openFromMenu(world, "requester", root, `cancel:${requestId}`);
    await slack.as(PEOPLE.requester.id).submit(view.id, { text: "Sam stays after all" });
    expect(await ended(world, requestId)).toBe("cancelled");
    expect(threadOf(world, requestId).join("\n")).toContain("*Reason:* Sam stays after all");
    expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("request_approve");
    const after = await eventually("the approver's message in step", async () => {
      const message = await approverMessage(world, "approver", requestId);
      return JSON.stringify(message.blocks).includes("Cancelled") ? message : undefined;
    });
    expect(JSON.stringify(after.blocks)).not.toContain("request_approve");
    for (const old of copies)
      expect(await press(world, PEOPLE.approver.id, old)).toContain("It was cancelled.");
    expect(vendorWrites(world)).toEqual([]);
  });

  test("/deadbolt requests shows what waits for the reader, and nothing that is not theirs to decide", async () => {
    const { requestId, root } = await ask(world);
    const link = `/archives/${root.channel}/p${root.ts.replace(".", "")}|open>)`;
    const listsOf = async (person: "approver" | "requester" | "stranger" | "target") => {
      const text = await noticeAfter(world, person, () =>
        world.company.slack.as(PEOPLE[person].id).command("/deadbolt", "requests"),
      );
      const [waiting = "", own = ""] = text.split("*Your last requests*");
      return { waiting, own };
    };
    const approver = await listsOf("approver");
    expect(approver.waiting).toContain(link);
    expect(approver.waiting).toContain(`asked for by <@${PEOPLE.requester.id}>, expires <!date^`);
    expect(approver.own).toContain("You have not asked for anything yet.");
    const requester = await listsOf("requester");
    expect(requester.waiting).not.toContain(link);
    expect(requester.own).toContain(link);
    expect(requester.own).toContain("waiting for approval");
    for (const person of ["stranger", "target"] as const)
      expect((await listsOf(person)).waiting).not.toContain(link);
    await approve(world, requestId, "approver");
    await ended(world, requestId);
    expect((await listsOf("approver")).waiting).not.toContain(link);
  });

  test("a second request about the same person says that one waits", async () => {
    const first = await ask(world);
    const second = await ask(world);
    const link = `/archives/${first.root.channel}/p${first.root.ts.replace(".", "")}`;
    const line = "“Offboard from Zoom” for the same person waits for approval already";
    const text = JSON.stringify(second.root.blocks);
    expect(text).toContain(line);
    expect(text).toContain(link);
    expect(JSON.stringify(second.submission)).toContain(line);
    expect(JSON.stringify(first.root.blocks)).not.toContain(line);
  });

  test("one who may decide asks for more, and hears the answer", async () => {
    const { slack } = world.company;
    const { requestId, root } = await ask(world);
    const question = await openFromMenu(world, "approver", root, `question:${requestId}`);
    await slack.as(PEOPLE.approver.id).submit(question.id, { text: "Is <!channel> their last day?" });
    await eventually("the question to the requester", () =>
      directMessagesOf(world, "requester").some(({ text }) =>
        text.includes("asks: Is &lt;!channel&gt; their last day?"),
      ),
    );
    const answer = await openFromMenu(world, "requester", root, `comment:${requestId}`);
    await slack.as(PEOPLE.requester.id).submit(answer.id, { text: "Yes, today" });
    await eventually("the answer to who asked", () =>
      directMessagesOf(world, "approver").some(({ text }) => text.includes("says: Yes, today")),
    );
    const told = await noticeAfter(world, "stranger", () =>
      slack.as(PEOPLE.stranger.id).click(root, "request_more", { value: `comment:${requestId}` }),
    );
    expect(told).toContain(":no_entry:");
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  });

  test("a request is delegated only to somebody who may decide it, who then decides in private", async () => {
    const { slack } = world.company;
    const { requestId, root } = await ask(world);
    const first = await openFromMenu(world, "approver", root, `delegate:${requestId}`);
    await slack.as(PEOPLE.approver.id).submit(first.id, { person: PEOPLE.requester.id });
    expect(modalText(world, "approver")).toContain("may not decide this");
    await slack.as(PEOPLE.approver.id).closeView(first.id);
    const second = await openFromMenu(world, "approver", root, `delegate:${requestId}`);
    await slack
      .as(PEOPLE.approver.id)
      .submit(second.id, { person: PEOPLE.security.id, text: "You know Sam" });
    await eventually("the line in the thread", () =>
      threadOf(world, requestId).some((line) => line.includes("asks <@U0SASHA> to decide. You know Sam")),
    );
    const message = await approverMessage(world, "security", requestId);
    expect(await press(world, PEOPLE.security.id, message)).toBe(
      "Your approval is recorded. The steps are starting.",
    );
    expect(await ended(world, requestId)).toBe("done");
    await eventually("the message in step", async () =>
      JSON.stringify((await approverMessage(world, "approver", requestId)).blocks).includes(
        "Approved, by <@U0SASHA>",
      ),
    );
  });

  test("a changed request is another plan: what was approved before counts for nothing", async () => {
    const { slack } = world.company;
    const revocations = () => vendorWrites(world).filter((call) => call.includes("revoke_user")).length;
    const revoked = revocations();
    const { requestId, root } = await ask(world, { target: "executive" });
    const old = structuredClone(root);
    expect(await press(world, PEOPLE.security.id, root)).toContain("Your approval is recorded.");
    const refused = await noticeAfter(world, "security", () =>
      slack.as(PEOPLE.security.id).click(root, "request_more", { value: `change:${requestId}` }),
    );
    expect(refused).toContain("You did not ask for this.");

    const form = await openFromMenu(world, "requester", root, `change:${requestId}`);
    await slack.as(PEOPLE.requester.id).submit(form.id, { revoke_cloudflare: undefined, reason: "Moved on" });
    await eventually("the changed message", () =>
      JSON.stringify(rootOf(world, requestId)?.blocks).includes("no longer counts"),
    );
    const line = await eventually("the difference in the thread", () =>
      threadOf(world, requestId).find((one) => one.includes("Changed by <@U0RILEY>")),
    );
    expect(line).toContain("Left the company → *Moved on*");
    expect(await press(world, PEOPLE.secondSecurity.id, old)).toContain(
      "What you were shown is not what would run now.",
    );
    const now = rootOf(world, requestId);
    if (now === undefined) throw new Error("The message is gone.");
    expect(await press(world, PEOPLE.secondSecurity.id, now)).toContain("Still needed: 1 more");
    expect(await press(world, PEOPLE.security.id, now)).toBe(
      "Your approval is recorded. The steps are starting.",
    );
    expect(await ended(world, requestId)).toBe("done");
    expect(revocations()).toBe(revoked);
  });

  test("a change to somebody else, or to nothing else, changes nothing", async () => {
    const { slack } = world.company;
    const { requestId, root } = await ask(world);
    const before = await storedRequest(world, requestId);
    const form = await openFromMenu(world, "requester", root, `change:${requestId}`);
    await slack.as(PEOPLE.requester.id).submit(form.id, { person: PEOPLE.stranger.id });
    await eventually("the fault", () =>
      JSON.stringify(openViewOf(world, "requester")).includes("stays about the same person"),
    );
    await slack.as(PEOPLE.requester.id).submit(form.id, { person: PEOPLE.target.id });
    expect(await storedRequest(world, requestId)).toEqual(before);
    expect((await eventsOf(world, requestId)).map(({ type }) => type)).not.toContain("request.changed");
  });

  test("the shortcut opens the form to those who may, and tells others in private why not", async () => {
    const { slack } = world.company;
    const known = new Set(slack.views.keys());
    await slack.as(PEOPLE.requester.id).globalShortcut("zoom_offboard");
    const view = await newViewOf(world, "requester", known);
    expect(JSON.stringify(view.content)).toContain("Person leaving");
    await slack.as(PEOPLE.stranger.id).globalShortcut("zoom_offboard");
    await eventually("the refusal", () =>
      directMessagesOf(world, "stranger").some(({ text }) => text.includes("Nothing was opened.")),
    );
  });

  test("an approver who loses the role before the start does not count, and it waits for approval again", async () => {
    const { slack } = world.company;
    const { requestId, root } = await ask(world, { target: "executive" });
    expect(await press(world, PEOPLE.security.id, root)).toContain("Still needed: 1 more");
    slack.usergroups.get("S0SEC")?.members.delete(PEOPLE.security.id);
    const runs = vendorWrites(world).length;
    await approve(world, requestId, "secondSecurity");
    await eventually("the line that says why", () =>
      threadOf(world, requestId).some((line) => line.includes("Not started: an approval no longer holds")),
    );
    expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
    expect(vendorWrites(world)).toHaveLength(runs);
    slack.usergroups.get("S0SEC")?.members.add(PEOPLE.security.id);
    // The thread says so before the message above it has its buttons again.
    const again = await eventually("the buttons", () => {
      const message = rootOf(world, requestId);
      return JSON.stringify(message?.blocks).includes("request_approve") ? message : undefined;
    });
    expect(await press(world, PEOPLE.security.id, again)).toBe(
      "Your approval is recorded. The steps are starting.",
    );
    expect(await ended(world, requestId)).toBe("done");
  });

  test("a requester who loses the role before the start voids the request", async () => {
    const { slack } = world.company;
    const { requestId } = await ask(world);
    slack.usergroups.get("S0IT")?.members.delete(PEOPLE.requester.id);
    try {
      const runs = vendorWrites(world).length;
      await approve(world, requestId, "security");
      expect(await ended(world, requestId)).toBe("cancelled");
      expect(threadOf(world, requestId).join("\n")).toContain("The requester may no longer run this.");
      expect(vendorWrites(world)).toHaveLength(runs);
    } finally {
      slack.usergroups.get("S0IT")?.members.add(PEOPLE.requester.id);
    }
  });

  test("whoever loses their access loses their power at once, and gets it back only from somebody else", async () => {
    const { slack } = world.company;
    const own = await ask(world, { by: "approver" });
    const other = await ask(world, { by: "requester", target: "stranger" });
    const leaving = await ask(world, { by: "requester", target: "approver" });
    await approve(world, leaving.requestId, "security");
    expect(await ended(world, leaving.requestId)).toBe("done");
    // What takes someone's access waits on: a counter-attack must not end it.
    expect(await storedRequest(world, own.requestId)).toMatchObject({ state: "pending" });
    expect(directMessagesOf(world, "approver").some(({ text }) => text.includes("is void"))).toBe(false);
    expect(await press(world, PEOPLE.approver.id, other.root)).toContain(
      "takes this person's own access away",
    );
    const refused = await noticeAfter(world, "approver", () =>
      slack.as(PEOPLE.approver.id).command("/deadbolt", "restore @alex I want it back"),
    );
    expect(refused).toContain("This is about yourself.");
    const done = await noticeAfter(world, "security", () =>
      slack.as(PEOPLE.security.id).command("/deadbolt", "restore @alex Came back"),
    );
    expect(done).toContain("can ask and approve again");
    expect(await press(world, PEOPLE.approver.id, other.root)).toBe(
      "Your approval is recorded. The steps are starting.",
    );
    expect(await ended(world, other.requestId)).toBe("done");
  });
});
