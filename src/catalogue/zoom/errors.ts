import type { DocumentedError } from "../operation.ts";

/** What Zoom answers to any call. */
export const tooManyCalls: DocumentedError = {
  status: 429,
  code: 429,
  means: "The account's limit of Zoom calls is used up, by this app or another: try again in a minute.",
};

/** What Zoom answers about someone who was invited and never came. */
export const expiredInvitation: DocumentedError = {
  status: 400,
  code: 1120,
  means: "The person has not accepted the invitation in time: there is no user behind it.",
};

/** What Zoom answers to a call about one user. */
export const userErrors: readonly DocumentedError[] = [
  {
    status: 404,
    code: 1001,
    means: "Zoom knows no such user in this account: the address is wrong, or the user was deleted before.",
  },
  tooManyCalls,
];
