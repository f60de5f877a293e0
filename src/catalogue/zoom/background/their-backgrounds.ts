import type { Choices } from "../../known.ts";
import { byZoomUser } from "../known-user.ts";
import { listZoomBackgrounds, readBackgrounds } from "./list.ts";

/** The person's own virtual backgrounds. */
export const theirBackgrounds: Choices = {
  operation: listZoomBackgrounds.name,
  input: byZoomUser,
  list: (output) =>
    (readBackgrounds(output) ?? []).flatMap(({ id, name, is_default: isDefault }) =>
      id ? [{ value: id, title: name || id, description: isDefault ? `${id}, the default` : id }] : [],
    ),
};
