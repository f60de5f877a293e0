import type { PasswordRules } from "./account-rules.ts";

const EASY = /password|qwerty|letmein|zoom/i;
const RUN = 6;

function hasRun(text: string): boolean {
  const rows = ["abcdefghijklmnopqrstuvwxyz", "0123456789"];
  const lower = text.toLowerCase();
  return rows.some((row) =>
    Array.from({ length: row.length - RUN + 1 }, (_, start) => row.slice(start, start + RUN)).some((run) =>
      lower.includes(run),
    ),
  );
}

/** The first thing that is wrong with a password, in the order of Zoom's codes. */
export function findPasswordFault(
  password: string,
  { minimumLength, specialCharacter }: PasswordRules,
): { code: number; message: string } | undefined {
  const faults: [boolean, number, string][] = [
    [password.length < minimumLength, 1124, `Have at least ${minimumLength} characters`],
    [new Set(password).size === 1, 1130, "Password can't use the same character."],
    [!/[a-z]/i.test(password), 1125, "Have at least 1 letter (a, b, c…)"],
    [!/\d/.test(password), 1126, "Have at least 1 number (1, 2, 3…)"],
    [specialCharacter && !/[^a-z\d]/i.test(password), 1127, "Have at least 1 special character (!, @, #…)"],
    [
      !/[a-z]/.test(password) || !/[A-Z]/.test(password),
      1128,
      "Include both Upper case and Lower case characters",
    ],
    [hasRun(password), 1131, "Password can't use continuation character.Such as 'abcdef','123456'."],
    [EASY.test(password), 1136, "Your password is too easy to guess. Try another one."],
  ];
  const fault = faults.find(([isThere]) => isThere);
  return fault && { code: fault[1], message: fault[2] };
}
