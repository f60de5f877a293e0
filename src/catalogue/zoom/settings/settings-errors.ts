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
];
