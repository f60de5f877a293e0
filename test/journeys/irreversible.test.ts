import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import { addLeaver, askFor } from "./world/leaver.ts";
import { openDenial, press, vendorWrites } from "./world/refused.ts";
import {
  approve,
  ended,
  eventsOf,
  openForm,
  outcomesOf,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  expect(world.company.slack.mistakes).toEqual([]);
  await world.close();
});

function rootText(requestId: string): string {
  return JSON.stringify(rootOf(world, requestId)?.blocks);
}

test("a deletion hands over exactly what was chosen, and needs two of security besides one of either role", async () => {
  const { zoom } = world.company;
  const leaver = addLeaver(world);
  const receiver = emailOf("approver");
  const requestId = await askFor(world, leaver, "delete", {
    transfer_email: receiver,
    transfer: ["meeting", "recording"],
  });
  const shown = rootText(requestId);
  expect(shown).toContain(
    `Delete the Zoom user for good; meetings, recordings go to ${receiver} *(cannot be undone)*`,
  );
  expect(shown).toContain(`Approve it for ${leaver.email}?`);
  expect(shown).toContain("One person with the role it-admins or security must approve");
  expect(shown).toContain("2 different people with the role security must approve");

  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error("There is no message.");
  expect(await press(world, PEOPLE.approver.id, root)).toBe(
    "Your approval is recorded. Still needed: 2 more.",
  );
  expect(await press(world, PEOPLE.security.id, root)).toBe(
    "Your approval is recorded. Still needed: 1 more.",
  );
  expect(vendorWrites(world)).toEqual([]);
  expect(await press(world, PEOPLE.secondSecurity.id, root)).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");

  const deletions = zoom.calls.filter(
    ({ request }) => request.method === "DELETE" && request.path === `/v2/users/${leaver.zoomId}`,
  );
  expect(deletions.map(({ request }) => Object.fromEntries(request.query))).toEqual([
    { action: "delete", transfer_email: receiver, transfer_meeting: "true", transfer_recording: "true" },
  ]);
  expect(zoom.users.has(leaver.zoomId)).toBe(false);
  expect(zoom.deletedUsers.at(-1)).toMatchObject({
    user: { id: leaver.zoomId },
    transfer: { email: receiver, kinds: ["meeting", "recording"] },
  });
  expect(await outcomesOf(world, requestId)).toMatchObject({ snapshot: "verified", delete: "verified" });
  const approved = (await eventsOf(world, requestId)).find(({ type }) => type === "request.approved");
  expect(approved?.data["by"]).toEqual([PEOPLE.approver.id, PEOPLE.security.id, PEOPLE.secondSecurity.id]);
});

test("a disassociation hands everything over, or nothing when nobody is named", async () => {
  const { zoom } = world.company;
  const [everything, nothing] = [addLeaver(world), addLeaver(world)];
  const first = await askFor(world, everything, "disassociate", {
    transfer_email: emailOf("security"),
    transfer: ["meeting", "webinar", "recording", "whiteboard", "clipfiles", "notes", "docs", "visitors"],
  });
  const second = await askFor(world, nothing, "disassociate");
  expect(rootText(second)).toContain(
    "Disassociate the Zoom user from the account; nothing is transferred *(cannot be undone)*",
  );
  for (const requestId of [first, second]) {
    await approve(world, requestId, "security");
    await approve(world, requestId, "secondSecurity");
    expect(await ended(world, requestId)).toBe("done");
  }
  const query = (zoomId: string) =>
    zoom.calls
      .filter(({ request }) => request.method === "DELETE" && request.path === `/v2/users/${zoomId}`)
      .map(({ request }) => request.query.toString());
  expect(query(everything.zoomId)).toEqual([
    `action=disassociate&transfer_email=${encodeURIComponent(emailOf("security"))}&transfer_meeting=true&transfer_webinar=true&transfer_recording=true&transfer_whiteboard=true&transfer_clipfiles=true&transfer_notes=true&transfer_docs=true&transfer_visitors=true`,
  ]);
  expect(query(nothing.zoomId)).toEqual(["action=disassociate"]);
});

test("somebody who has not accepted the invitation is disassociated by e-mail, and nothing else", async () => {
  const { zoom } = world.company;
  const invited = addLeaver(world, { status: "pending" });
  const requestId = await askFor(world, invited, "disassociate");
  await approve(world, requestId, "security");
  await approve(world, requestId, "secondSecurity");
  expect(await ended(world, requestId)).toBe("done");
  expect(await outcomesOf(world, requestId)).toMatchObject({ disassociate: "verified" });
  expect(zoom.disassociatedUsers.at(-1)).toMatchObject({ user: { email: invited.email } });

  const riley = world.company.slack.as(PEOPLE.requester.id);
  const other = addLeaver(world, { status: "pending" });
  const view = await openForm(world, "requester", `@${other.name}`);
  await riley.submit(view.id, { reason: "Left the company" });
  expect(view.errors).toEqual({ action: expect.stringContaining("have not accepted the invitation") });
  expect(rootOf(world, view.id)).toBeUndefined();
});

test("with Cloudflare switched off in the form, Cloudflare is not called at all", async () => {
  const { cloudflare, zoom } = world.company;
  const leaver = addLeaver(world);
  const before = cloudflare.calls.length;
  const requestId = await askFor(world, leaver, "deactivate", { revoke_cloudflare: undefined });
  expect(rootText(requestId)).not.toContain("Cloudflare");
  await approve(world, requestId, "approver");
  expect(await ended(world, requestId)).toBe("done");
  expect(cloudflare.calls).toHaveLength(before);
  expect(cloudflare.liveSessions(leaver.accessId)).toHaveLength(1);
  expect(zoom.users.get(leaver.zoomId)?.status).toBe("inactive");
  expect(threadOf(world, requestId).join("\n")).not.toContain("Cloudflare");
  expect(Object.keys(await outcomesOf(world, requestId))).toEqual([
    "snapshot",
    "deactivate",
    "revoke-sso-token",
  ]);
});

test("one denial of security ends a deletion, whoever approved it before", async () => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver, "delete");
  await approve(world, requestId, "approver");
  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error("There is no message.");
  const writes = vendorWrites(world).length;
  const { slack } = world.company;
  const form = await openDenial(world, "security", root);
  await slack.as(PEOPLE.security.id).submit(form.id, { reason: "Deactivate instead" });
  expect(await ended(world, requestId)).toBe("denied");
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "denied" });
  expect(vendorWrites(world)).toHaveLength(writes);
  expect(world.company.zoom.users.has(leaver.zoomId)).toBe(true);
});
