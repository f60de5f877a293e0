import type { Choices } from "../../known.ts";
import { byZoomUser } from "../known-user.ts";
import { listZoomAssistants, readAssistants } from "./list.ts";

/** Those who may schedule for the person. */
export const theirAssistants: Choices = {
  operation: listZoomAssistants.name,
  input: byZoomUser,
  list: (output) =>
    (readAssistants(output) ?? []).flatMap(({ id, email }) =>
      id ? [{ value: id, title: email || id, description: id }] : [],
    ),
};
