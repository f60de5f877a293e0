import { createHash } from "node:crypto";
import type { ZoomAccount } from "./state.ts";
import { isAddressedBy, type ZoomUser } from "./user.ts";

/** The address of a user as Zoom hands it to apps that may not see it. */
export function encryptEmail(email: string): string {
  return `E${createHash("sha256").update(email.toLowerCase()).digest("base64url")}`;
}

/** Matches a user by what `userId` names: with `encrypted_email`, no plain address is one. */
export function isNamedBy(
  account: Pick<ZoomAccount, "owner">,
  userId: string,
  isEncrypted: boolean,
): (user: ZoomUser) => boolean {
  if (!isEncrypted) return isAddressedBy(account, userId);
  return (user) => encryptEmail(user.email) === userId || (user.id === userId && user.status !== "pending");
}
