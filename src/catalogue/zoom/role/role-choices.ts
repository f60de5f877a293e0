import type { Choices } from "../../known.ts";
import { byZoomUser } from "../known-user.ts";
import { isAbout } from "../person.ts";
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

/** The role that the person has now, for the form. */
export const currentRole = {
  operation: getZoomUser.name,
  input: byZoomUser,
  values: (output: unknown) => {
    const roleId = getZoomUser.output.safeParse(output).data?.role_id;
    return roleId ? { roleId } : {};
  },
} as const;

/** The owner and plain members: nobody is taken out of these. */
export const fixedRoles: ReadonlySet<string> = new Set(["0", "2"]);

/** Every role of the account that can be given to someone. */
export const grantableRoles: Choices = {
  ...allRoles,
  list: (output, known) => allRoles.list(output, known).filter(({ value }) => !fixedRoles.has(value)),
};

/** The one role that the person has, where it can be taken away. */
export const theirRole: Choices = {
  operation: getZoomUser.name,
  input: byZoomUser,
  list(output, { zoomUserId }) {
    const user = getZoomUser.output.safeParse(output).data;
    const { role_id: role, role_name: name } = user ?? {};
    const isTheirs = zoomUserId !== undefined && user !== undefined && isAbout(user, zoomUserId);
    if (!isTheirs || !role || fixedRoles.has(role)) return [];
    return [{ value: role, title: name || `Role ${role}`, description: role }];
  },
};
