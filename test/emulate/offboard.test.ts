import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { ended, eventsOf, eventually, outcomesOf, storyTold } from "../journeys/world/world.ts";
import { vendorWrites } from "../journeys/world/refused.ts";
import { APP_ID, isEmulateInstalled } from "./emulate-process.ts";
import {
  callsOf,
  channelMessages,
  directMessagesOf,
  nextAfter,
  openedViews,
  responses,
  startEmulateWorld,
  threadUnder,
  type EmulateWorld,
  type View,
} from "./emulate-world.ts";
import { again, ask, mention, openForm, toldAlone } from "./journey.ts";
import { chooseInView, mintTrigger, pressButton, submitView, typeCommand } from "./signed-requests.ts";

if (!isEmulateInstalled)
  process.stderr.write("Skipped: the npm package emulate is not installed (npm ci installs it).\n");

// What emulate cannot show, and the journeys against our own pretend Slack do: user groups (the policy here names
// people), limits and shapes of blocks, rate limits, guests and people of other workspaces, a wrong token, deliveries
// of its own (we sign them here), what Slack's client does with the answer to a form, and Socket Mode.
describe.skipIf(!isEmulateInstalled)("against emulate, a Slack by other hands", () => {
  let world: EmulateWorld;
  beforeAll(async () => {
    world = await startEmulateWorld();
  });
  afterAll(async () => {
    await world.close();
  });
  /** Errors that tests brought about on purpose; whatever else emulate refuses is a fault, a missing scope too. */
  const provoked: string[] = [];
  afterEach(() => {
    const errors = world.door.calls.flatMap(({ request, outcome }) => {
      if (!request.path.startsWith("/api/") || !("body" in outcome)) return [];
      const { ok, error } = outcome.body as { ok?: boolean; error?: string };
      return ok === true ? [] : (error ?? `${outcome.status} for ${request.path}`);
    });
    expect(errors).toEqual(provoked);
    expect(world.company.slack.calls).toEqual([]);
  });

  test("an offboarding goes from the command to the proven end", async () => {
    const view = await openForm(world);
    expect(await world.emulate.page("tab=views")).toContain(
      `${view.id} modal ${PEOPLE.requester.name} ${APP_ID} Offboard from Zoom`,
    );
    const person = view.blocks.find((block) => block["block_id"] === "person");
    expect(person?.["element"]).toMatchObject({ initial_user: world.emulate.people.target });

    const root = await nextAfter(
      "the request's message",
      () => channelMessages(world),
      () => submitView(world, "requester", view, { reason: "Left the company" }),
    );
    expect(root.text).toContain("Waiting for approval");
    expect(JSON.stringify(root.blocks)).toContain("Deactivate the Zoom user");
    expect(root.metadata?.event_payload?.id).toBe(`${view.id}:root`);
    expect(vendorWrites(world)).toEqual([]);

    await nextAfter(
      "the answer to the press",
      () => toldAlone(world),
      () => pressButton(world, "approver", root, "request_approve"),
    );
    expect(toldAlone(world).at(-1)).toMatchObject({
      user: world.emulate.people.approver,
      channel: world.emulate.channel,
      text: "Your approval is recorded. The steps are starting.",
    });
    expect(await ended(world, view.id)).toBe("done");

    const sam = [...world.company.zoom.users.values()].find((user) => user.email === emailOf("target"));
    expect(sam?.status).toBe("inactive");
    expect(vendorWrites(world)[0]).toBe(`PUT /v2/users/${sam?.id}/status`);
    const zones = world.company.cloudflare.credentials.zoneIds.length;
    expect(vendorWrites(world).filter((call) => call.endsWith("/revoke_user"))).toHaveLength(1 + zones);
    expect(await outcomesOf(world, view.id)).toMatchObject({
      deactivate: "verified",
      "revoke-cloudflare-account": "verified",
    });

    const now = await again(world, root);
    expect(now.text).toContain("Done");
    expect(JSON.stringify(now.blocks)).not.toContain("request_approve");
    const thread = await threadUnder(world, root);
    expect(thread[0]).toContain(`Approved by <@${world.emulate.people.approver}> as it-admins`);
    expect(thread.filter((line) => line.includes(":white_check_mark: verified"))).toHaveLength(3);
    expect(thread.at(-1)).toContain("3 of 5 steps verified");
    expect(await directMessagesOf(world, "requester")).toEqual([
      expect.stringContaining(`Your request “Offboard from Zoom” for *${PEOPLE.target.realName}*`),
    ]);
    expect((await eventsOf(world, view.id)).map((event) => event.type)).toEqual(
      expect.arrayContaining(["request.created", "decision.made", "request.approved", "run.finished"]),
    );
    expect(await verifyChain(world.database)).toMatchObject({ ok: true });
  });

  test("nobody approves their own request, and only they are told", async () => {
    const { root } = await ask(world, emailOf("executive"));
    const before = vendorWrites(world);
    await nextAfter(
      "the refusal",
      () => toldAlone(world),
      () => pressButton(world, "requester", root, "request_approve"),
    );
    const told = toldAlone(world).at(-1);
    expect(told).toMatchObject({ user: world.emulate.people.requester, channel: world.emulate.channel });
    expect(told?.["text"]).toContain("You asked for this yourself, so somebody else has to decide.");
    expect(told?.["text"]).toContain("*Rule:* nobody decides their own request");
    const page = await world.emulate.page(`tab=messages&channel=${world.emulate.channel}`);
    expect(page).toContain("You asked for this yourself");
    expect(JSON.stringify(await channelMessages(world))).not.toContain("You asked for this yourself");
    expect(await threadUnder(world, root)).toEqual([]);
    expect((await again(world, root)).text).toContain("Waiting for approval");
    expect(vendorWrites(world)).toEqual(before);
  });

  test("a name that is neither a mention nor an e-mail is never guessed at", async () => {
    const views = openedViews(world).length;
    const told = await nextAfter(
      "the answer",
      () => responses(world),
      () => typeCommand(world, "requester", "/zoom-offboard", "Sam Rivers"),
    );
    expect(told).toContain("I do not know whom you mean by “Sam Rivers”. Nothing was done.");
    expect(openedViews(world)).toHaveLength(views);
  });

  test("an unknown word after /deadbolt is answered with what there is", async () => {
    const { status, body } = await typeCommand(world, "stranger", "/deadbolt", "open <!here>");
    expect(status).toBe(200);
    expect(body).toMatchObject({ response_type: "ephemeral" });
    expect(JSON.stringify(body)).toContain("I do not know “open &lt;!here&gt;”");
  });

  test("somebody without a role gets no form", async () => {
    const views = openedViews(world).length;
    const told = await nextAfter(
      "the refusal",
      () => responses(world),
      () => typeCommand(world, "stranger", "/zoom-offboard", mention(world)),
    );
    expect(told).toContain("None of your roles grants it. Nothing was opened.");
    expect(openedViews(world)).toHaveLength(views);
  });

  test("a denial takes its reason from a modal, and nothing is done", async () => {
    const { id, root } = await ask(world, emailOf("guest"));
    const before = vendorWrites(world);
    const form = await nextAfter(
      "the denial's form",
      () => openedViews(world),
      () => pressButton(world, "security", root, "request_deny"),
    );
    expect(form["callback_id"]).toBe("deny_request");
    expect(await submitView(world, "security", form, {})).toEqual({
      status: 200,
      body: { response_action: "errors", errors: { reason: "Say why." } },
    });
    const accepted = await submitView(world, "security", form, { reason: "Gale stays <!channel>" });
    expect(accepted).toEqual({ status: 200, body: undefined });
    expect(await ended(world, id)).toBe("denied");

    const now = await again(world, root);
    expect(now.text).toContain("Denied. Nothing was done");
    expect(JSON.stringify(now.blocks)).not.toContain("request_approve");
    expect(await threadUnder(world, root)).toEqual([
      `:thumbsdown: Denied by <@${world.emulate.people.security}> as security.\n*Reason:* Gale stays &lt;!channel&gt;`,
    ]);
    expect((await directMessagesOf(world, "requester")).at(-1)).toContain("was denied by");
    expect(vendorWrites(world)).toEqual(before);
  });

  test("the form follows the chosen action, and an old copy of it overwrites nothing", async () => {
    const opened = await openForm(world);
    const updates = () => callsOf(world, "views.update").map(({ answer }) => answer);
    const drawn = await nextAfter("the redrawn form", updates, () =>
      chooseInView(world, "requester", opened, "action", "delete"),
    );
    const view = drawn["view"] as View;
    expect(view.blocks.map((block) => block["block_id"])).toContain("confirm_email");
    expect(view.hash).not.toBe(opened.hash);

    const told = toldAlone(world).length;
    const stale = await nextAfter("the answer to an old copy", updates, () =>
      chooseInView(world, "requester", opened, "action", "disassociate"),
    );
    expect(stale).toEqual({ ok: false, error: "hash_conflict" });
    provoked.push("hash_conflict");
    const answer = await submitView(world, "requester", view, { reason: "Left", action: "delete" });
    expect(answer.body).toEqual({
      response_action: "errors",
      errors: { confirm_email: "Type the e-mail of the person who leaves." },
    });
    expect(toldAlone(world)).toHaveLength(told);
  });

  test("somebody whose trigger is spent is told so that they need not wait", async () => {
    const trigger = await mintTrigger(world, "requester");
    const view = JSON.stringify({ type: "modal", title: { type: "plain_text", text: "First" }, blocks: [] });
    await world.emulate.ask("bot", "views.open", { trigger_id: trigger, view });
    const told = await nextAfter(
      "what they are told",
      () => responses(world),
      () => typeCommand(world, "requester", "/zoom-offboard", mention(world), trigger),
    );
    expect(callsOf(world, "views.open").at(-1)?.answer).toEqual({ ok: false, error: "exchanged_trigger_id" });
    provoked.push("exchanged_trigger_id");
    expect(told).toContain("Something went wrong here (reference ");
  });

  test("a message whose answer was lost is found by its metadata, and stands once", async () => {
    world.door.addFault({ kind: "lostAnswer", path: /chat\.postMessage$/, times: 1 });
    const { id, root } = await ask(world, emailOf("secondSecurity"));
    await eventually("the search for it", () => callsOf(world, "conversations.history").length > 0);
    // The messages to those who may approve come first; then the next one is the thread's.
    await storyTold(world, id);
    world.door.addFault({ kind: "lostAnswer", path: /chat\.postMessage$/, times: 1 });
    await pressButton(world, "approver", root, "request_approve");
    expect(await ended(world, id)).toBe("done");

    expect(callsOf(world, "conversations.replies")).not.toEqual([]);
    const roots = (await channelMessages(world)).filter(
      (message) => message.metadata?.event_payload?.id === `${id}:root`,
    );
    expect(roots).toHaveLength(1);
    expect(roots[0]?.text).toContain("Done");
    const thread = await threadUnder(world, root);
    expect(thread).toHaveLength(8);
    expect(new Set(thread).size).toBe(thread.length);
  });
});
