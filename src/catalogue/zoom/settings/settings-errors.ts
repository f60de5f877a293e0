import type { DocumentedError } from "../../operation.ts";

/** What Zoom answers to a change of settings that it does not make. */
export const settingsErrors: readonly DocumentedError[] = [
  {
    status: 400,
    code: 200,
    words: /you can add max|add paid users/i,
    means: "The account has no licence of this kind left: buy one, or take one from somebody.",
  },
  {
    status: 400,
    code: 300,
    words: /zoom events|zoom sessions|customer managed key|events plan/i,
    means: "Zoom takes no such change, often because of Zoom Events still to come: its message says which.",
  },
  {
    status: 400,
    code: 1108,
    means: "Large meetings are for licensed users only: change the user's type first.",
  },
  { status: 400, code: 1122, means: "Webinars are for licensed users only: change the user's type first." },
  {
    status: 400,
    code: 1204,
    means: "The person has Zoom Events, which exclude Webinar: take one away first.",
  },
  {
    status: 400,
    code: 1205,
    means: "The person has Webinar, which excludes Zoom Events: take one away first.",
  },
  {
    status: 400,
    code: 1206,
    means: "Zoom Events are for licensed users only: change the user's type first.",
  },
  {
    status: 400,
    code: 1207,
    means: "Concurrent meetings are for licensed users only: change the user's type first.",
  },
  {
    status: 400,
    code: 1208,
    means: "The account does not have Concurrent Meeting Basic: it must be bought first.",
  },
  {
    status: 400,
    code: 1209,
    means: "No licence of Concurrent Meeting Basic is left: buy one, or take one from somebody.",
  },
  {
    status: 400,
    code: 1210,
    means: "The account does not have Concurrent Meeting Plus: it must be bought first.",
  },
  {
    status: 400,
    code: 1211,
    means: "No licence of Concurrent Meeting Plus is left: buy one, or take one from somebody.",
  },
  {
    status: 400,
    code: 1228,
    means: "No licence of Revenue Accelerator or Whiteboard is left, or the account does not have the plan.",
  },
  {
    status: 400,
    code: 1233,
    means: "A Zoom Room can have neither Revenue Accelerator nor Whiteboard.",
  },
  {
    status: 400,
    code: 1234,
    means: "A user on the company's own servers cannot have Revenue Accelerator.",
  },
  {
    status: 400,
    code: 1242,
    means: "A person has Whiteboard or Whiteboard Plus, never both: switch one of them off first.",
  },
];
