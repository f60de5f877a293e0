import type { DocumentedError } from "../../operation.ts";
import { pathId } from "../../path-segment.ts";
import { tooManyCalls } from "../errors.ts";

/** A role of the account. */
export const roleId = pathId.meta({
  title: "Role id",
  description: "As the list of roles gives it: 0 is the owner, 1 Zoom's own administrator role, 2 a member.",
});

/** What Zoom answers to a call about one role. */
export const roleErrors: readonly DocumentedError[] = [
  { status: 400, code: 1034, means: "There is no such role: it was deleted, or the id is wrong." },
  { status: 404, means: "Zoom knows no such role, or the person does not have it." },
  tooManyCalls,
];
