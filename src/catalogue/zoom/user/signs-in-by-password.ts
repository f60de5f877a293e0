import type { Check } from "../../known.ts";
import { getZoomUser } from "./get.ts";

/** Zoom's number for those who sign in with an e-mail address and a password of Zoom's own. */
const ownPassword = 100;

/** Only who signs in with a Zoom password has one. */
export const signsInByPassword: Check<{ userId: string }> = {
  operation: getZoomUser.name,
  input: ({ userId }) => ({ userId }),
  fault(output) {
    const ways = getZoomUser.output.safeParse(output).data?.login_types ?? [];
    return ways.length > 0 && !ways.includes(ownPassword)
      ? "The person does not sign in with a Zoom password but by single sign-on or another service. Change it where they sign in."
      : undefined;
  },
};
