import type { Check } from "../../known.ts";
import { getZoomUser } from "./get.ts";

/** Zoom's own two roles that administer the account; what one that the account made may do is not known here. */
const OWNER = "0";
const ADMINISTRATOR = "1";

/**
 * Zoom refuses this about those who administer the account.
 * @param isMeant whether what was entered is what Zoom refuses; always by default
 */
export function noAdministrator<Input extends { userId: string }>(
  isMeant: (input: Input) => boolean = () => true,
): Check<Input> {
  return {
    operation: getZoomUser.name,
    input: (input) => (isMeant(input) ? { userId: input.userId } : undefined),
    fault(output) {
      const role = getZoomUser.output.safeParse(output).data?.role_id;
      if (role === OWNER)
        return "The person owns the Zoom account, and Zoom refuses this for its owner. Somebody else must become the owner first.";
      return role === ADMINISTRATOR
        ? "The person is an administrator of the Zoom account, and Zoom refuses this for administrators. Take the role away first."
        : undefined;
    },
  };
}
