import { z } from "zod";

/** How many neighbours of the alphabet or of the digits in a row are refused. */
const runLength = 6;

const runs = ["abcdefghijklmnopqrstuvwxyz", "0123456789"].flatMap((row) =>
  Array.from({ length: row.length - runLength + 1 }, (_, start) => row.slice(start, start + runLength)),
);

function hasRun(text: string): boolean {
  const lower = text.toLowerCase();
  return runs.some((run) => lower.includes(run));
}

/** What every Zoom account demands of a password; an account may demand more, which only Zoom can tell. */
export const zoomPassword = z
  .string()
  .min(8)
  .max(31)
  .regex(/[a-z]/, "must have a lower-case letter")
  .regex(/[A-Z]/, "must have an upper-case letter")
  .regex(/\d/, "must have a digit")
  .refine((text) => !hasRun(text), "must not have a run such as abcdef or 123456")
  .meta({
    title: "Password",
    description: "8 to 31 characters, with upper and lower case and a digit; the account may demand more.",
    generated: "password",
  });
