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

/** Whether a vendor's spelling of an address is exactly the person's, whatever the case. */
export function isTheirs(email: string | null | undefined, known: Known): boolean {
  return known.email !== undefined && email?.toLowerCase() === known.email;
}
