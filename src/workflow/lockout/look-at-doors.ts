import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import { faultText, isVendorError } from "../../connectors/vendor-error.ts";
import type { Plan } from "../../plan/plan.ts";
import { chosenParts } from "../../lockout/no-account.ts";
import { isListed } from "../step/snapshot-data.ts";

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

/** What one look has shown: how the door stands, or why that cannot be told; undefined where there is none to look at. */
type Look = { because?: string } | { fault: string } | undefined;

const CLOSED: Look = {};

const TITLES: Readonly<Record<string, string>> = {
  "zoom-sign-in": "Zoom sign-in",
  "cloudflare-sessions": "Cloudflare sessions",
  "cloudflare-block": "Cloudflare's block list",
};

/** Looks at the doors that a lockout has closed, side by side. One that cannot be checked says nothing. */
export async function lookAtDoors(
  execute: Execute,
  { target, steps, fields }: Pick<Plan, "target" | "steps" | "fields">,
): Promise<SeenDoors> {
  const step = (id: string) => steps.find((one) => one.id === id);
  const looks: { door: string; look: () => Promise<Look> }[] = [];
  const ask = (operation: string, input: Record<string, unknown>) =>
    execute(findOperation(operation), input, { priority: 1 });
  if (step("deactivate") !== undefined)
    looks.push({
      door: "zoom-sign-in",
      look: async () => {
        const { status } = (await ask("zoom.user.get", { userId: target.zoomUserId })) as { status: string };
        return status === "inactive" ? CLOSED : { because: `Zoom shows the user as ${status}.` };
      },
    });
  else if (target.zoomUserId === undefined && chosenParts({ fields }).includes("zoom-deactivate"))
    looks.push({ door: "zoom-sign-in", look: () => zoomUserSince(ask, target) });
  const account = step("revoke-cloudflare-account")?.input["accountId"];
  if (typeof account === "string")
    looks.push({
      door: "cloudflare-sessions",
      look: async () => {
        const who = await accessUserOf(ask, account, target);
        if (typeof who !== "string") return who;
        const input = { accountId: account, userId: who };
        const open = ((await ask("cloudflare.access.listActiveSessions", input)) as unknown[]).length;
        return open === 0
          ? CLOSED
          : {
              because: `${open === 1 ? "A Cloudflare Access session is" : `${open} Cloudflare Access sessions are`} open.`,
            };
      },
    });
  const { accountId, listId, email } = step("block")?.input ?? {};
  if (typeof listId === "string" && typeof email === "string")
    looks.push({
      door: "cloudflare-block",
      look: async () =>
        isListed(await ask("cloudflare.gateway.listItems", { accountId, listId }), email)
          ? CLOSED
          : { because: "The person is no longer on Cloudflare's block list." },
    });
  const faults: string[] = [];
  const doors = await Promise.all(
    looks.map(async ({ door, look }): Promise<SeenDoor[]> => {
      try {
        const seen = await look();
        if (seen === undefined) return [];
        if ("fault" in seen) {
          faults.push(`${TITLES[door] ?? door} cannot be checked. ${seen.fault}`);
          return [];
        }
        return [{ door, ...seen }];
      } catch (error) {
        if (!isVendorError(error)) throw error;
        // Nobody signs in to an account that is gone.
        if (error.facts.kind === "not_found" && door === "zoom-sign-in" && target.zoomUserId !== undefined)
          return [{ door }];
        faults.push(`${TITLES[door] ?? door} cannot be checked. ${faultText(error.facts)}`);
        return [];
      }
    }),
  );
  return { doors: doors.flat(), faults };
}

/** Whether Zoom knows someone by now under an address where it knew nobody. @throws VendorError when Zoom cannot be asked */
async function zoomUserSince(
  ask: (operation: string, input: Record<string, unknown>) => Promise<unknown>,
  { email, noAccount }: Plan["target"],
): Promise<Look> {
  const tried = noAccount?.zoom ?? (email === undefined ? [] : [email]);
  for (const userId of tried) {
    const user = await ask("zoom.user.get", { userId }).catch((error: unknown) => {
      if (isVendorError(error) && error.facts.kind === "not_found") return undefined;
      throw error;
    });
    if (user === undefined) continue;
    const { status } = user as { status: string };
    return status === "inactive"
      ? CLOSED
      : {
          because: `Zoom has an account under ${userId} by now, and shows it as ${status}. Lock it out again.`,
        };
  }
  return undefined;
}

/**
 * By which id Access knows someone. Whoever was not known when the plan was made is looked up again: they may have
 * signed in since.
 * @throws VendorError when Cloudflare cannot be asked
 */
async function accessUserOf(
  ask: (operation: string, input: Record<string, unknown>) => Promise<unknown>,
  accountId: string,
  { cloudflareUserId, email }: Plan["target"],
): Promise<string | Look> {
  if (cloudflareUserId !== undefined) return cloudflareUserId;
  if (email === undefined) return undefined;
  const users = (await ask("cloudflare.access.findUser", { accountId, email })) as {
    id: string;
    email?: string | null;
  }[];
  // Cloudflare promises no exact match.
  const theirs = users.filter((user) => user.email?.toLowerCase() === email.toLowerCase());
  if (theirs.length > 1)
    return { fault: "Cloudflare Access knows several users with this e-mail: look at them in Zero Trust." };
  return theirs[0]?.id;
}
