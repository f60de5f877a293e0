/** What is found where several users of Cloudflare Access have the e-mail, and what is done goes by it. */
export const SEVERAL_ACCESS_USERS =
  "Cloudflare Access has several users with this e-mail. Sessions are revoked by the e-mail, and whether that meets all of them cannot be read back: look at each in Zero Trust.";

/** What is found where Cloudflare Access did not answer. */
export const ACCESS_NOT_ASKED =
  "Cloudflare Access could not be asked: sessions are revoked by e-mail, but cannot be read back.";

/** Whether there may be users of Cloudflare Access who are them, none of which is known by its id. */
export function isUncertainAtAccess(found: readonly string[]): boolean {
  return found.includes(SEVERAL_ACCESS_USERS) || found.includes(ACCESS_NOT_ASKED);
}
