import type { Choices } from "../../known.ts";
import { byAccessUser, isTheirUser } from "../known-user.ts";
import { listRegistrations } from "./list.ts";

/** The person's own registrations of one status. */
export function theirRegistrations(status: "all" | "active" | "revoked"): Choices {
  return {
    operation: listRegistrations.name,
    input(known) {
      const user = byAccessUser(known);
      return user === undefined ? undefined : { ...user, status };
    },
    list: (output, known) =>
      (listRegistrations.output.safeParse(output).data ?? [])
        .filter(({ user }) => isTheirUser(user, known))
        .map(({ id, device, last_seen_at: seen, revoked_at: revoked }) => ({
          value: id,
          title: device?.name || id,
          description: [revoked ? "revoked" : "active", ...(seen ? [`last seen ${seen}`] : [])].join(", "),
        })),
  };
}
