/** Zoom's number for the role of the person who owns the account; it cannot be taken away. */
export const OWNER = "0";
/** Zoom's number for the role of a plain member. */
const MEMBER = "2";

/** What Zoom shows of someone's part in the account. */
export interface ZoomRole {
  id: string;
  name: string;
}

/** The role that someone has beyond a plain member's, as `zoom.user.get` shows it. */
export function zoomRoleOf(user: unknown): ZoomRole | undefined {
  const { role_id: id, role_name: name } = (user ?? {}) as {
    role_id?: string | null;
    role_name?: string | null;
  };
  return !id || id === MEMBER ? undefined : { id, name: name || `Role ${id}` };
}
