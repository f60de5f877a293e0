import type { Choices } from "../../known.ts";
import { getAccessUser } from "../access/get-user.ts";
import { byAccessUser, isTheirUser } from "../known-user.ts";

/** The one seat of the person, where they have one. */
export const theirSeat: Choices = {
  operation: getAccessUser.name,
  input: byAccessUser,
  list(output, known) {
    const user = getAccessUser.output.safeParse(output).data;
    return isTheirUser(user, known) && user?.seat_uid
      ? [{ value: user.seat_uid, title: `The seat of ${user.email ?? user.id}`, description: user.seat_uid }]
      : [];
  },
};
