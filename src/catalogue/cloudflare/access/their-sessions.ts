import { z } from "zod";
import type { Choices } from "../../known.ts";
import { byAccessUser } from "../known-user.ts";
import { listActiveSessions } from "./list-active-sessions.ts";

const sessionOfApps = z.looseObject({
  apps: z.record(z.string(), z.looseObject({ name: z.string().nullish(), hostname: z.string().nullish() })),
});

/** What the session is open for, as people call it. */
function appsIn(metadata: unknown): string {
  const apps = Object.values(sessionOfApps.safeParse(metadata).data?.apps ?? {});
  return apps.flatMap(({ name, hostname }) => name || hostname || []).join(", ");
}

/** Whether these Unix seconds are within what a date can hold. */
function isMoment(seconds: number | null | undefined): seconds is number {
  return typeof seconds === "number" && Math.abs(seconds) < 8e12;
}

/** The person's open sessions. */
export const theirSessions: Choices = {
  operation: listActiveSessions.name,
  input: byAccessUser,
  list: (output) =>
    (listActiveSessions.output.safeParse(output).data ?? []).flatMap(({ name, expiration, metadata }) =>
      name
        ? [
            {
              value: name,
              title: appsIn(metadata) || `Session ${name}`,
              description: isMoment(expiration)
                ? `${name}, until ${new Date(expiration * 1_000).toISOString()}`
                : name,
            },
          ]
        : [],
    ),
};
