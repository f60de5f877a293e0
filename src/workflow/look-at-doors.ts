import { findOperation } from "../catalogue/registry.ts";
import type { Execute } from "../connectors/connector.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import type { Plan } from "../plan/plan.ts";
import { isListed } from "./snapshot-data.ts";

/** One door as it is now; `because` says why it is open. */
export interface SeenDoor {
  door: string;
  because?: string;
}

/** Every door that could be looked at, and why others could not be: nothing is known of those. */
export interface SeenDoors {
  doors: SeenDoor[];
  faults: string[];
}

const TITLES: Readonly<Record<string, string>> = {
  "zoom-sign-in": "Zoom sign-in",
  "cloudflare-sessions": "Cloudflare sessions",
  "cloudflare-block": "Cloudflare's block list",
};

/** Looks at the doors that a lockout has closed, side by side. One that cannot be looked at says nothing. */
export async function lookAtDoors(
  execute: Execute,
  { target, steps }: Pick<Plan, "target" | "steps">,
): Promise<SeenDoors> {
  const step = (id: string) => steps.find((one) => one.id === id);
  const looks: { door: string; look: () => Promise<string | undefined> }[] = [];
  const ask = (operation: string, input: Record<string, unknown>) =>
    execute(findOperation(operation), input, { priority: 1 });
  if (step("deactivate") !== undefined)
    looks.push({
      door: "zoom-sign-in",
      look: async () => {
        const { status } = (await ask("zoom.user.get", { userId: target.zoomUserId })) as { status: string };
        return status === "inactive" ? undefined : `Zoom shows the user as ${status}.`;
      },
    });
  const account = step("revoke-cloudflare-account")?.input["accountId"];
  if (typeof account === "string" && target.cloudflareUserId !== undefined)
    looks.push({
      door: "cloudflare-sessions",
      look: async () => {
        const input = { accountId: account, userId: target.cloudflareUserId };
        const open = ((await ask("cloudflare.access.listActiveSessions", input)) as unknown[]).length;
        return open === 0
          ? undefined
          : `${open === 1 ? "A Cloudflare Access session is" : `${open} Cloudflare Access sessions are`} open.`;
      },
    });
  const { accountId, listId, email } = step("block")?.input ?? {};
  if (typeof listId === "string" && typeof email === "string")
    looks.push({
      door: "cloudflare-block",
      look: async () =>
        isListed(await ask("cloudflare.gateway.listItems", { accountId, listId }), email)
          ? undefined
          : "The person is no longer on Cloudflare's block list.",
    });
  const faults: string[] = [];
  const doors = await Promise.all(
    looks.map(async ({ door, look }): Promise<SeenDoor[]> => {
      try {
        const because = await look();
        return [{ door, ...(because === undefined ? {} : { because }) }];
      } catch (error) {
        if (!isVendorError(error)) throw error;
        // Nobody signs in to an account that is gone.
        if (error.facts.kind === "not_found" && door === "zoom-sign-in") return [{ door }];
        faults.push(`${TITLES[door] ?? door} cannot be looked at. ${error.facts.advice}`);
        return [];
      }
    }),
  );
  return { doors: doors.flat(), faults };
}
