import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Call } from "../../../playground/simulator.ts";
import type { World } from "./world.ts";

/** When the app is ended: as soon as an event of a step is on disk, or as soon as the step's call is at the vendor. */
export const MOMENTS = ["step.started", "call", "step.answered", "step.finished"] as const;
export type Moment = (typeof MOMENTS)[number];

export interface KillMoments {
  /** Ends the app once when the moment comes; resolves when it is dead, to false when it never came. */
  killAt(matches: (seen: Seen) => boolean, milliseconds: number): Promise<boolean>;
  close(): Promise<void>;
}

/** An audit event about a step that was just written, or a call that a vendor just met. */
export type Seen = { requestId: string; type: string; stepId: string | null } | { call: Call };

const NOTIFY = `
create function public.tell_audit() returns trigger language plpgsql as $$
begin
  perform pg_notify('audit', json_build_object('requestId', new.request_id, 'type', new.type, 'stepId', new.data ->> 'stepId')::text);
  return null;
end
$$;
create trigger tell_audit after insert on deadbolt.audit_event for each row execute function public.tell_audit();
`;

/** Watches the audit log and the vendors of a world, to end its app at moments that can be named. */
export async function watchMoments(world: World): Promise<KillMoments> {
  await world.database.query(NOTIFY);
  const client = new Client({ connectionString: world.databaseUrl });
  await client.connect();
  await client.query("listen audit");
  const { slack, zoom, cloudflare } = world.company;
  const vendors = [slack, zoom, cloudflare];
  let onSeen: ((seen: Seen) => void) | undefined;
  client.on("notification", ({ payload = "{}" }) => onSeen?.(JSON.parse(payload) as Seen));
  const onCall = (call: Call) => onSeen?.({ call });
  for (const vendor of vendors) vendor.events.on("call", onCall);
  return {
    async killAt(matches, milliseconds) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      onSeen = (seen) => {
        if (!matches(seen)) return;
        onSeen = undefined;
        void world
          .app()
          .kill()
          .then(() => resolve(true));
      };
      const late = sleep(milliseconds, false, { ref: false });
      const came = await Promise.race([promise, late]);
      onSeen = undefined;
      return came;
    },
    async close() {
      for (const vendor of vendors) vendor.events.off("call", onCall);
      await client.end();
    },
  };
}
