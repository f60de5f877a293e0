import type { ZoomAccount } from "./state.ts";
import { ZoomRefusal } from "./refusal.ts";
import type { ZoomUser } from "./user.ts";

const BUY =
  "Please purchase additional licenses or contact the Zoom support team to provision additional users in your account.";

/** What someone asks of an account's licences. */
export interface LicenceWish {
  type?: unknown;
  zoom_one_type?: unknown;
  plan_united_type?: unknown;
  license_info_list?: unknown;
  zoom_phone?: unknown;
}

function checkRoom(taken: number, most: number, code: number, message: string, status = 400): void {
  if (taken >= most) throw new ZoomRefusal(status, code, message);
}

/** Throws when the account has no room for another Basic user: 2033 or 3412, as its switch says. */
function checkBasicRoom(account: ZoomAccount, others: readonly ZoomUser[]): void {
  checkRoom(
    others.filter(({ type }) => type === 1).length,
    account.basicUserLimit,
    account.basicLimitCode,
    `Your request couldn't be approved at this time because your account has reached the permitted maximum number of ${account.basicUserLimit} basic users.`,
  );
}

/** Throws 3412, 2033, 2034, 2038, 1102 or 300 when the account has nothing left of what is asked for one user. */
export function checkLicences(account: ZoomAccount, wish: LicenceWish, user?: ZoomUser): void {
  const others = [...account.users.values()].filter((other) => other !== user);
  const { licences } = account;
  const having = (has: (other: ZoomUser) => unknown): number => others.filter((other) => has(other)).length;
  if (wish.type === 1 && user?.type !== 1) checkBasicRoom(account, others);
  if (wish.type === 2 || wish.type === 4) {
    const [most, name] =
      wish.type === 2 ? [licences.licensed, "Licensed"] : [licences.unassigned, "Unassigned"];
    checkRoom(
      having(({ type }) => type === wish.type),
      most,
      3412,
      `Your request for a "${name}" user couldn't be approved at this time because your account has reached the permitted maximum number of "${most}" paying users. ${BUY}`,
    );
  }
  if (wish.plan_united_type !== undefined && wish.plan_united_type !== "none")
    checkRoom(
      having(({ plan_united_type: plan }) => plan),
      licences.united,
      2034,
      `Your request for this plan could not be approved at this time because your account has reached the permitted maximum number of ${licences.united} users. ${BUY}`,
    );
  if (wish.zoom_one_type !== undefined && wish.zoom_one_type !== 0)
    checkRoom(
      having(({ zoom_one_type: plan }) => plan),
      licences.workplace,
      2038,
      `Your request for a Zoom One user could not be approved at this time because your account has reached the permitted maximum number. ${BUY}`,
    );
  if (wish.zoom_phone === true)
    checkRoom(
      having(({ pretend }) => pretend.zoomPhone),
      licences.phone,
      1102,
      "You cannot enable the **Zoom Phone** feature because you do not have any available licenses.",
      404,
    );
  checkSubscriptions(account, wish.license_info_list);
}

function checkSubscriptions(account: ZoomAccount, list: unknown): void {
  for (const { subscription_id: id } of (list ?? []) as { subscription_id: string }[])
    if (!account.subscriptions.has(id))
      throw new ZoomRefusal(
        400,
        300,
        `The subscription "${id}" you entered does not exist. Please choose a different subscription and try again.`,
      );
}

/** Throws 2039 when a plan is taken from a user for whom the account has no Basic licence. */
export function checkPlanMayEnd(account: ZoomAccount, user: ZoomUser): void {
  const basic = [...account.users.values()].filter(({ type }) => type === 1);
  if (user.type !== 1 && basic.length >= account.basicUserLimit)
    throw new ZoomRefusal(
      400,
      2039,
      "You can't turn off your Zoom One license now because you don't have enough basic licenses.",
    );
}
