import type { Operation } from "./operation.ts";

/** The read whose answer is kept before a Zoom user is changed: it serves an undo, and shows whose id it is. */
export const SNAPSHOT_OPERATION = "zoom.user.get";

/** What the step that reads it goes by. */
export const SNAPSHOT_ID = "snapshot";

/** Whether that read comes first. */
export function needsSnapshot({ about }: Pick<Operation, "about">): boolean {
  return about === "zoomUser";
}
