import { BLOCK_NOTE } from "../../playbook/lockout-cloudflare.ts";
import { withoutTelling } from "../../catalogue/telling.ts";
import { cloudflareEmailOf, type Target } from "../../target/target.ts";

/** Zoom's number for single sign-on. */
const SINGLE_SIGN_ON = 101;

export function signsInBySso(user: unknown): boolean {
  const ways = (user as { login_types?: unknown } | null)?.login_types;
  return Array.isArray(ways) && ways.includes(SINGLE_SIGN_ON);
}

/** What is kept of a read: what an undo needs, and nothing of other people. */
export function snapshotDataOf(operation: string, output: unknown, target: Target): unknown {
  if (operation === "zoom.user.getSettings")
    return { feature: (output as { feature?: unknown } | null)?.feature ?? {} };
  if (operation === "cloudflare.gateway.listItems")
    return { isListed: isListed(withoutOurs(output), cloudflareEmailOf(target) ?? "") };
  return withoutTelling(output);
}

/** What a lockout put there itself, this one or one that stood before, was not there before lockouts. */
function withoutOurs(items: unknown): unknown {
  return Array.isArray(items)
    ? (items as { description?: string | null }[]).filter(({ description }) => description !== BLOCK_NOTE)
    : items;
}

/** Whether a list of Cloudflare's names this address. */
export function isListed(items: unknown, email: string): boolean {
  return (
    Array.isArray(items) &&
    (items as { value?: string | null }[]).some(({ value }) => value?.toLowerCase() === email.toLowerCase())
  );
}

/** What stands beside an address on a list, where it is not the note of a lockout: someone else put it there. */
export function foreignNote(items: unknown, email: string): string | undefined {
  const entries = Array.isArray(items)
    ? (items as { value?: string | null; description?: string | null }[])
    : [];
  const note = entries.find(({ value }) => value?.toLowerCase() === email.toLowerCase())?.description;
  return !note || note === BLOCK_NOTE ? undefined : note.slice(0, 100);
}
