import type { Choices } from "../../known.ts";
import { byZoomUser } from "../known-user.ts";
import { getZoomUser } from "../user/get.ts";
import { listZoomRoles } from "./list.ts";

/** Every role of the account. */
export const allRoles: Choices = {
  operation: listZoomRoles.name,
  input: () => ({}),
  list: (output) =>
    (listZoomRoles.output.safeParse(output).data?.roles ?? []).map(({ id, name, description }) => ({
      value: id,
      title: name || id,
      description: description || id,
    })),
};

/** The one role that the person has. */
export const theirRole: Choices = {
  operation: getZoomUser.name,
  input: byZoomUser,
  list(output) {
    const { role_id: id, role_name: name } = getZoomUser.output.safeParse(output).data ?? {};
    return id ? [{ value: id, title: name || `Role ${id}`, description: id }] : [];
  },
};
