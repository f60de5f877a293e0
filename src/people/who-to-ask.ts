import type { Wanted } from "../request/wanted.ts";
import type { LikelyApprovers } from "./likely-approvers.ts";

/** More people than these are counted and not named. */
const MOST_NAMED = 3;

/**
 * Who is wanted, in sentences with a few names, those on call first: a role tells nobody whom to write to.
 * @param find never throws
 */
export async function whoToAsk(
  wanted: readonly Wanted[],
  find: (wanted: Wanted) => Promise<LikelyApprovers>,
): Promise<string> {
  const sentences = await Promise.all(wanted.map(async (one) => sentence(one, await find(one))));
  return [...new Set(sentences)].join(" ");
}

function sentence({ roles, missing }: Wanted, { people, isComplete }: LikelyApprovers): string {
  const role = roles.join(" or ");
  const names = people
    .toSorted((one, other) => Number(other.isOnCall) - Number(one.isOnCall))
    .map(({ facts }) => `<@${facts.id}>`);
  if (names.length === 0) {
    const needed = missing === undefined ? "" : `Still needed: ${missing} more. `;
    if (role === "") return `${needed}Those named in the policy were not found. Ask the policy's owner.`;
    return isComplete
      ? `${needed}Nobody else holds the role ${role} now. Ask the policy's owner.`
      : `${needed}Deadbolt cannot list who holds the role ${role} now. Ask in the channel.`;
  }
  const rest = names.length - MOST_NAMED;
  const shown = rest > 0 ? [...names.slice(0, MOST_NAMED), `${rest} more`] : names;
  const either = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}` : shown.join("");
  return `${missing === undefined ? "Ask" : `Still needed: ${missing} more of`} ${either}${role === "" ? "" : ` (${role})`}.`;
}
