import type { DocumentedError } from "../../operation.ts";
import { userErrors } from "../errors.ts";

const buyOrFree = "buy more, or take one away from somebody";

/** What Zoom answers to a user whose invitation ran out. */
const invitationExpired: DocumentedError = {
  status: 400,
  code: 1120,
  means: "The person never accepted the invitation, and it ran out: invite them again.",
};

/** What Zoom answers when it refuses to change a user. */
export const updateErrors: readonly DocumentedError[] = [
  {
    status: 400,
    code: 200,
    words: /zoom room user|no meetings license|only an account administrator/i,
    means:
      "The person is a Zoom Room or has no meetings licence, or only an administrator may change the name, host key, meeting id or personal link: Zoom's message says which.",
  },
  {
    status: 400,
    code: 300,
    words:
      /invalid (word|parameter)|upcoming zoom events|plan_united_type|about_me|linkedin_url|zoom one|user type|subscription/i,
    means:
      "Zoom does not take one of the values, or the person has Zoom Events ahead and cannot become Basic: its message says which.",
  },
  { status: 400, code: 1108, means: "The person may not have this user type: choose another one." },
  { status: 400, code: 1109, means: "Only a paid user can have this: give the person a licence first." },
  invitationExpired,
  {
    status: 400,
    code: 2033,
    means: "The account has as many Basic users as it may have: ask Zoom's support, or remove one.",
  },
  { status: 400, code: 2034, means: `The account has no licence of this kind left: ${buyOrFree}.` },
  { status: 400, code: 2038, means: `The account or subscription has no Workplace plan left: ${buyOrFree}.` },
  {
    status: 400,
    code: 2039,
    means:
      "The plan cannot be taken away: the account has no Basic licence left for the person, or does not permit it.",
  },
  {
    status: 400,
    code: 3412,
    means: `The account or subscription has as many users of this type as it may have: ${buyOrFree}, also from pending users.`,
  },
  {
    status: 400,
    code: 4100,
    means: "Somebody else in the account has this personal link: choose another name.",
  },
  ...userErrors,
];
