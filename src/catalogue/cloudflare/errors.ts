import type { DocumentedError } from "../operation.ts";

/** What Cloudflare answers to any call. */
export const commonErrors: readonly DocumentedError[] = [
  { status: 400, code: 9106, means: "No credentials arrived: the app's Cloudflare token is not set." },
  {
    status: 401,
    code: 10000,
    means: "The credentials are not accepted: the token is wrong, expired or disabled.",
  },
  {
    status: 403,
    code: 10000,
    means: "The token lacks the permission for this call: add it in Cloudflare's token settings.",
  },
  {
    status: 404,
    code: 7003,
    means: "There is no such account or zone, or the token does not reach it: check the configured ids.",
  },
  {
    status: 429,
    means:
      "The token has used up its 1,200 calls in five minutes: everything done with it waits for up to five minutes.",
  },
];

/** The input is not taken; Cloudflare's message says what is wrong with it. */
export const invalidRequest: DocumentedError = {
  status: 400,
  means:
    "Cloudflare does not accept what was sent: its message says what it minds. Try again when that is mended.",
};

/** Cloudflare does not know what an id names. */
export function notFound(thing: string): DocumentedError {
  return { status: 404, means: `There is no such ${thing}: it was removed before, or the id is wrong.` };
}

/** What Access adds to it. */
export const accessErrors: readonly DocumentedError[] = [
  ...commonErrors,
  {
    status: 403,
    words: /access\.api\.error\.not_enabled/,
    means: "Access is not switched on in this account: a super administrator must set up Zero Trust first.",
  },
];
