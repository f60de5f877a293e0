import type { Choices } from "../../known.ts";
import { byAccessUser } from "../known-user.ts";
import { listActiveSessions } from "./list-active-sessions.ts";

/** The person's open sessions. */
export const theirSessions: Choices = {
  operation: listActiveSessions.name,
  input: byAccessUser,
  list: (output) =>
    (listActiveSessions.output.safeParse(output).data ?? []).flatMap(({ name, expiration }) =>
      name
        ? [
            {
              value: name,
              title: `Session ${name}`,
              ...(typeof expiration === "number" && Number.isFinite(expiration) && expiration < 8e9
                ? { description: `until ${new Date(expiration * 1_000).toISOString()}` }
                : {}),
            },
          ]
        : [],
    ),
};
