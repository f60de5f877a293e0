import { randomInt } from "node:crypto";
import { zoomPassword } from "../catalogue/zoom/user/password.ts";

// Nothing that is easily mistaken for something else when read aloud.
const LOWER = "abcdefghijkmnpqrstuvwxyz";
const UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS = "23456789";
const SIGNS = "-_.!";
const LENGTH = 20;

const pick = (characters: string) => characters.charAt(randomInt(characters.length));

/** A password by chance, of about 115 bits, that Zoom's rules allow. */
export function makePassword(): string {
  for (;;) {
    const text = Array.from({ length: LENGTH }, () => pick(LOWER + UPPER + DIGITS + SIGNS)).join("");
    if (zoomPassword.safeParse(text).success && /[-_.!]/.test(text)) return text;
  }
}
