import type { Choices } from "../../known.ts";
import { byZoomUser } from "../known-user.ts";
import { listZoomSchedulers, readSchedulers } from "./list.ts";

/** Those for whom the person may schedule. */
export const theirSchedulers: Choices = {
  operation: listZoomSchedulers.name,
  input: byZoomUser,
  list: (output) =>
    (readSchedulers(output) ?? []).flatMap(({ id, email }) =>
      id ? [{ value: id, title: email || id, description: id }] : [],
    ),
};
