import { timingSafeEqual } from "node:crypto";
import { HOTP, Secret, TOTP } from "otpauth";

/** RFC 6238 as the common authenticator apps have it: they ignore, or stumble over, anything else. */
const ALGORITHM = "SHA1";
const DIGITS = 6;
const STEP_SECONDS = 30;
/** As long as the hash, as RFC 4226 recommends in section 4. */
const SECRET_BYTES = 20;
/** Steps before and after this one that count, for clocks that are not exact and people who type slowly. */
const WINDOW = 1;
const ISSUER = "Deadbolt";

/** A new random secret, in base32 (RFC 4648, without padding). */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** How many whole steps of 30 seconds have passed since 1970. */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / 1_000 / STEP_SECONDS);
}

/** The six digits of one step. */
export function codeOfStep(secret: string, step: number): string {
  return HOTP.generate({
    secret: Secret.fromBase32(secret),
    algorithm: ALGORITHM,
    digits: DIGITS,
    counter: step,
  });
}

/**
 * The step that a typed code belongs to, of the current one and its neighbours; undefined where it belongs to none.
 * Where several steps have the same code it is the last, so that one code is never good for two of them.
 * Spaces are ignored, as apps show the digits in groups.
 */
export function matchingStep(secret: string, typed: string, at: Date): number | undefined {
  const code = typed.replaceAll(/\s/g, "");
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const now = stepAt(at);
  let matching: number | undefined;
  for (let step = Math.max(0, now - WINDOW); step <= now + WINDOW; step += 1)
    if (timingSafeEqual(Buffer.from(codeOfStep(secret, step)), Buffer.from(code))) matching = step;
  return matching;
}

/**
 * What an authenticator app reads from the picture.
 * @param account whose password it is, as the app shows it: an e-mail address or a name
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function enrolmentUri(secret: string, account: string): string {
  return new TOTP({
    issuer: ISSUER,
    // The colon parts issuer and account.
    label: account.toWellFormed().replaceAll(":", " "),
    secret: Secret.fromBase32(secret),
    algorithm: ALGORITHM,
    digits: DIGITS,
    period: STEP_SECONDS,
  }).toString();
}

/** The secret in groups of four, to be typed in by hand. */
export function groupsOfFour(secret: string): string {
  return secret.replaceAll(/.{4}(?=.)/g, "$& ");
}
