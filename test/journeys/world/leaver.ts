import { PEOPLE } from "../../../playground/company.ts";
import type { Entry } from "../../../playground/slack/entry.ts";
import type { Message } from "../../../playground/slack/state.ts";
import type { PartialZoomUser } from "../../../playground/zoom/user.ts";
import { approve, ended, eventually, openForm, rootOf, type World } from "./world.ts";

/** Someone who leaves, known to all three vendors and signed in everywhere. */
export interface Leaver {
  name: string;
  slackId: string;
  email: string;
  zoomId: string;
  accessId: string;
}

let hired = 0;

/** Hires someone new, so that one test's person is never another's. */
export function addLeaver(world: World, zoomFacts: PartialZoomUser = {}): Leaver {
  const { slack, zoom, cloudflare } = world.company;
  hired += 1;
  const name = `leaver${hired}`;
  const slackId = `U0LEAVER${hired}`;
  const email = `${name}@northwind.example`;
  slack.addUser({ id: slackId, name, realName: `Leaver ${hired}`, email });
  const user = zoom.addUser({ email, display_name: `Leaver ${hired}`, ...zoomFacts });
  const access = cloudflare.addAccessUser({ email, name });
  cloudflare.addSession(access.id);
  return { name, slackId, email, zoomId: user.id, accessId: access.id };
}

export type OffboardAction = "deactivate" | "disassociate" | "delete";

/** Asks for someone's offboarding, up to the message in the channel; resolves to the request's id. */
export async function askFor(
  world: World,
  leaver: Leaver,
  action: OffboardAction = "deactivate",
  values: Record<string, Entry> = {},
): Promise<string> {
  const riley = world.company.slack.as(PEOPLE.requester.id);
  const view = await openForm(world, "requester", `@${leaver.name}`);
  if (action !== "deactivate") {
    await riley.change(view.id, "action", action);
    await eventually("the field that asks for the e-mail", () =>
      world.company.slack.views
        .get(view.id)
        ?.content.blocks.some((block) => block["block_id"] === "confirm_email"),
    );
  }
  await riley.submit(view.id, {
    reason: "Left the company",
    ...(action === "deactivate" ? {} : { confirm_email: leaver.email }),
    ...values,
  });
  await waitForRoot(world, view.id);
  return view.id;
}

/** Waits for the request's message in the channel. */
function waitForRoot(world: World, requestId: string): Promise<Message> {
  return eventually("the request's message", () => rootOf(world, requestId));
}

/** Approves as the policy wants it: one approver, or two of security where it cannot be undone. */
export async function approveFully(world: World, requestId: string, action: OffboardAction): Promise<void> {
  if (action === "deactivate") {
    await approve(world, requestId, "approver");
    return;
  }
  await approve(world, requestId, "security");
  await approve(world, requestId, "secondSecurity");
}

let asking: Promise<unknown> = Promise.resolve();

/**
 * From the command to the end of the story; resolves to the request's id. Several may run side by side: only the
 * asking takes turns, because it is one person's hands that do it.
 */
export async function offboard(
  world: World,
  leaver: Leaver,
  action: OffboardAction = "deactivate",
  beforeApproval: () => void = () => undefined,
): Promise<string> {
  const asked = asking.then(() => askFor(world, leaver, action));
  asking = asked.catch(() => undefined);
  const requestId = await asked;
  beforeApproval();
  await approveFully(world, requestId, action);
  await ended(world, requestId);
  return requestId;
}
