import type { DocumentedError } from "../../operation.ts";
import { tooManyCalls } from "../errors.ts";

const buyOrFree = "buy more, or take one away from somebody";

/** What Zoom answers when it refuses to create a user. */
export const createErrors: readonly DocumentedError[] = [
  {
    status: 400,
    code: 200,
    words: /no privilege|no permission|does not contain permissions/i,
    means: "The app may not create users: give its owner the right to edit users, or ask Zoom to allow it.",
  },
  {
    status: 400,
    code: 300,
    words: /password|invalid word|plan_united_type|subscription|user type/i,
    means:
      "Zoom does not take the password, a word in the name, the plan, the subscription or the type: its message says which.",
  },
  {
    status: 400,
    code: 1000,
    words: /call-?queue manager|auto-?receptionist/i,
    means: "The person is a call-queue manager or auto-receptionist operator: take that away first.",
  },
  {
    status: 400,
    code: 1009,
    means: "The person has an active account at Zoom already: invite them instead.",
  },
  { status: 400, code: 1107, means: "The domain of the address is blocked: use another address." },
  { status: 400, code: 1108, means: "The person may not have this user type: choose another one." },
  {
    status: 400,
    code: 1116,
    means: "The account takes addresses in certain domains only: use one in those.",
  },
  {
    status: 400,
    code: 2002,
    means: "The account has no single sign-on: invite the person, or ask Zoom for it.",
  },
  { status: 400, code: 2016, means: "Zoom does not permit it: ask Zoom's support why." },
  {
    status: 400,
    code: 2032,
    means: "The account lacks the pre-provisioning of single sign-on: ask Zoom's support for it.",
  },
  {
    status: 400,
    code: 2033,
    means: `The account has as many Basic users as it may have: ask Zoom's support, or remove one.`,
  },
  { status: 400, code: 2034, means: `The account has no licence of this kind left: ${buyOrFree}.` },
  { status: 400, code: 2035, means: "An account of this kind (GPA) cannot add users." },
  { status: 400, code: 2036, means: "The person owns an account (GPA) whose owner nobody else can invite." },
  { status: 400, code: 2037, means: "Zoom has barred this person: they cannot be invited." },
  { status: 400, code: 2038, means: `The account or subscription has no Workplace plan left: ${buyOrFree}.` },
  {
    status: 400,
    code: 3412,
    means: `The account or subscription has as many users of this type as it may have: ${buyOrFree}, also from pending users.`,
  },
  {
    status: 400,
    code: 11321,
    means: "Zoom's Trust & Safety has blocked the domain of the address: use another address.",
  },
  { status: 404, code: 1102, means: `The account has no licence for Zoom Phone left: ${buyOrFree}.` },
  { status: 404, code: 4130, means: "A group that the user would be put in does not exist." },
  {
    status: 409,
    code: 1005,
    means: "The address has been used already: look the person up, they may be in the account.",
  },
  tooManyCalls,
];
