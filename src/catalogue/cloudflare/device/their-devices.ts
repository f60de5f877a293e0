import type { Choices } from "../../known.ts";
import { byAccount, isTheirs } from "../known-user.ts";
import { listDevices } from "./list.ts";

/** The devices that the person was the last to use. */
export const theirDevices: Choices = {
  operation: listDevices.name,
  input: byAccount,
  list: (output, known) =>
    (listDevices.output.safeParse(output).data ?? [])
      .filter(({ last_seen_user: user }) => isTheirs(user?.email, known))
      .map(({ id, name, last_seen_at: seen }) => ({
        value: id,
        title: name || id,
        ...(seen ? { description: `last seen ${seen}` } : {}),
      })),
};
