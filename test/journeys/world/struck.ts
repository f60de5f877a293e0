import type { FaultKind } from "../../../playground/fault.ts";
import type { PartialZoomUser } from "../../../playground/zoom/user.ts";
import { addLeaver, offboard, type Leaver, type OffboardAction } from "./leaver.ts";
import { readStory, type Story } from "./oracle.ts";
import type { World } from "./world.ts";

/** How the steps of a deactivation end when nothing fails. */
export const ALL_DONE = {
  snapshot: "verified",
  deactivate: "verified",
  "revoke-sso-token": "accepted",
  "revoke-cloudflare-account": "verified",
  "revoke-cloudflare-zone": "accepted",
};

/** One offboarding that was struck by a fault, and how it was told. */
export interface Struck {
  leaver: Leaver;
  story: Story;
}

export interface Strike {
  action?: OffboardAction;
  zoomFacts?: PartialZoomUser;
  /** Comes between the request and its approval. */
  strike?: (leaver: Leaver) => void;
}

/** Offboards someone new while something fails; the story has gone through the oracle. */
export async function runStruck(
  world: World,
  { action = "deactivate", zoomFacts, strike }: Strike,
): Promise<Struck> {
  const leaver = addLeaver(world, zoomFacts);
  const requestId = await offboard(world, leaver, action, () => strike?.(leaver));
  return { leaver, story: await readStory(world, requestId, leaver) };
}

/** A fault that answers in the vendor's place. */
export function answering(status: number, body: unknown, headers: Record<string, string> = {}): FaultKind {
  return { kind: "answer", answer: { status, body, headers } };
}
