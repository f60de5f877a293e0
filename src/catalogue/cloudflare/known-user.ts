import type { Known } from "../known.ts";

/** The input of a read in the account that is set up here. */
export function byAccount({ cloudflareAccountId }: Known): { accountId: string } | undefined {
  return cloudflareAccountId === undefined ? undefined : { accountId: cloudflareAccountId };
}

/** The input of a read about the person, once Access knows who it is. */
export function byAccessUser(known: Known): { accountId: string; userId: string } | undefined {
  const account = byAccount(known);
  const { cloudflareUserId } = known;
  return account === undefined || cloudflareUserId === undefined
    ? undefined
    : { ...account, userId: cloudflareUserId };
}

/** Whether what Cloudflare shows of a user is of this person: by id, and by the address where it shows one. */
export function isTheirUser(
  user: { id?: string | null; email?: string | null } | null | undefined,
  known: Known,
): boolean {
  if (known.cloudflareUserId === undefined || user?.id !== known.cloudflareUserId) return false;
  return !user.email || isTheirs(user.email, known);
}

/**
 * Whether a vendor's spelling of an address is exactly the person's, whatever the case. Only plain letters have their
 * case changed: some others become plain ones that way, and such an address is someone else's.
 */
export function isTheirs(email: string | null | undefined, known: Known): boolean {
  return (
    known.email !== undefined && email?.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) === known.email
  );
}
