import { ZoomRefusal } from "./refusal.ts";
import type { ZoomAccount } from "./state.ts";
import type { ZoomUser } from "./user.ts";

type Members = Record<string, unknown>;

const PAID_ONLY: readonly (readonly [feature: string, code: number, message: string])[] = [
  ["large_meeting", 1108, "Only Licensed or On-prem users can enable the large meeting feature."],
  ["webinar", 1122, "Webinar feature can only be enabled for Licensed or On-prem users."],
  ["zoom_events", 1206, "You can only enable the Zoom Events feature for Licensed or On-prem users."],
];

/** What features are called of which an account has only so many. */
const COUNTED = [
  {
    names: ["zoom_iq_for_sales", "zoom_revenue_accelerator"],
    title: "Zoom IQ for Sales",
    licence: "revenueAccelerator",
  },
  { names: ["zoom_whiteboard", "zoom_whiteboard_plus"], title: "Zoom Whiteboard", licence: "whiteboard" },
] as const;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function featuresOf(user: ZoomUser): Members {
  const { feature } = user.pretend.settings;
  return isObject(feature) ? feature : {};
}

/** Throws as Zoom refuses features that exclude each other, that nobody bought, or that such a user cannot have. */
export function checkFeatures(account: ZoomAccount, user: ZoomUser, wanted: unknown): void {
  if (!isObject(wanted)) return;
  for (const [name, code, message] of PAID_ONLY)
    if (wanted[name] === true && !isPaid(user)) throw new ZoomRefusal(400, code, message);
  checkExclusions(wanted, { ...featuresOf(user), ...wanted });
  checkConcurrent(account, user, wanted["concurrent_meeting"]);
  checkCounted(account, user, wanted);
}

function isPaid(user: ZoomUser): boolean {
  return user.type === 2 || user.pretend.isOnPremises;
}

function checkExclusions(wanted: Members, after: Members): void {
  if (after["webinar"] === true && after["zoom_events"] === true)
    throw wanted["webinar"] === true
      ? new ZoomRefusal(
          400,
          1204,
          "You can't enable the Webinar feature because you already have the Zoom Events feature.",
        )
      : new ZoomRefusal(
          400,
          1205,
          "You can't enable the Zoom Events feature because you already have the Webinar feature.",
        );
  if (after["zoom_whiteboard"] === true && after["zoom_whiteboard_plus"] === true)
    throw new ZoomRefusal(
      400,
      1242,
      'You cannot set "Zoom Whiteboard" and "Zoom Whiteboard Plus" at the same time.',
    );
}

/** How many others have one of these features set so. */
function countOthers(account: ZoomAccount, user: ZoomUser, names: readonly string[], value: unknown): number {
  return [...account.users.values()].filter(
    (other) => other !== user && names.some((name) => featuresOf(other)[name] === value),
  ).length;
}

function checkConcurrent(account: ZoomAccount, user: ZoomUser, wanted: unknown): void {
  if (wanted !== "Basic" && wanted !== "Plus") return;
  if (!isPaid(user))
    throw new ZoomRefusal(
      400,
      1207,
      'You can only enable the "Concurrent Meeting" feature for Licensed users or On-prem users.',
    );
  const [licence, none, full] =
    wanted === "Basic"
      ? (["concurrentBasic", 1208, 1209] as const)
      : (["concurrentPlus", 1210, 1211] as const);
  const most = account.licences[licence];
  if (most === 0)
    throw new ZoomRefusal(400, none, `You can't enable the "Concurrent Meeting ${wanted}" feature.`);
  if (countOthers(account, user, ["concurrent_meeting"], wanted) >= most)
    throw new ZoomRefusal(
      400,
      full,
      `You can add a maximum of ${most} "Concurrent Meeting ${wanted}" users.`,
    );
}

function checkCounted(account: ZoomAccount, user: ZoomUser, wanted: Members): void {
  for (const { names, title, licence } of COUNTED) {
    if (!names.some((name) => wanted[name] === true)) continue;
    if (user.pretend.isZoomRoom)
      throw new ZoomRefusal(400, 1233, `You cannot enable the "${title}" for that Zoom Rooms user.`);
    if (licence === "revenueAccelerator" && user.pretend.isOnPremises)
      throw new ZoomRefusal(400, 1234, `You cannot enable the "${title}" for an On-Prem user.`);
    if (countOthers(account, user, names, true) >= account.licences[licence])
      throw new ZoomRefusal(
        400,
        1228,
        `Unable to assign "${title}" license because you have reached the limit of licensed users allowed on this account or this account does not have the "${title}" plan.`,
      );
  }
}
