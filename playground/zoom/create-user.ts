import type { VendorAnswer } from "../vendor-http.ts";
import type { ZoomAccount } from "./state.ts";
import { checkFields, objectOf, oneOf } from "./field-rules.ts";
import { checkLicences } from "./licences.ts";
import { readJsonBody } from "./parameters.ts";
import { findPasswordFault } from "./password-rules.ts";
import { ZoomRefusal } from "./refusal.ts";
import type { ZoomContext } from "./route.ts";
import type { PartialZoomUser } from "./user.ts";
import { NEW_USER_FIELDS } from "./user-fields.ts";

const ACTIONS = ["create", "autoCreate", "custCreate", "ssoCreate"] as const;
const DAY = 86_400_000;
const INVITATIONS_A_DAY = { free: 50, pro: 1500, business: 10_000 };
const LOGIN_TYPES = { create: 100, autoCreate: 100, custCreate: 99, ssoCreate: 101 };

/** What Zoom says of an address that it makes no user of, by its code; which applies, no account shows. */
const ADDRESS_REFUSALS: Readonly<Record<number, readonly [status: number, message: string]>> = {
  1000: [
    400,
    "The user cannot be changed because they are a Call-queue manager or Auto-receptionist operator.",
  ],
  1009: [400, "The user {email} already holds an active account."],
  1107: [400, "Email domain is blocked."],
  1108: [400, "Permission requirements to change the user type of this user were not met."],
  1116: [400, "Email address {email} doesn't match limited domains: northwind.example"],
  2016: [400, "No permission. Please contact Zoom Customer Support."],
  2035: [400, "GPA accounts cannot add users."],
  2036: [400, "Other accounts cannot invite GPA account owners."],
  2037: [400, "Force forbidden user can not be invited."],
  4130: [404, "Group does not exist: RSMaSp8sTEGK0_oamiA2_w."],
  11321: [400, "Email domain is blocked by Zoom Trust & Safety."],
};

interface NewUser extends PartialZoomUser {
  email: string;
  password?: string;
  feature?: { zoom_phone?: boolean; zoom_one_type?: number };
}

function checkAddress(account: ZoomAccount, email: string): void {
  const code = account.refusedAddresses.get(email.toLowerCase());
  const refusal = code === undefined ? undefined : ADDRESS_REFUSALS[code];
  if (refusal) throw new ZoomRefusal(refusal[0], code, refusal[1].replace("{email}", email));
  if ([...account.users.values()].some((user) => user.email.toLowerCase() === email.toLowerCase()))
    throw new ZoomRefusal(409, 1005, `Email "${email}" has already been used.`);
}

function checkAction(account: ZoomAccount, action: (typeof ACTIONS)[number], user: NewUser): void {
  if (action === "ssoCreate" && !account.singleSignOn)
    throw new ZoomRefusal(
      400,
      2002,
      "SSO has not been enabled for this account. Contact the Zoom support team to enable this option.",
    );
  if (action === "ssoCreate" && !account.preProvisioning)
    throw new ZoomRefusal(
      400,
      2032,
      "The ssoCreate option is only available for SSO Partners that have enabled the pre-provision option. Contact the Zoom Support team to learn more.",
    );
  if (user.password === undefined) return;
  if (action !== "autoCreate" || findPasswordFault(user.password, account.passwordRules))
    throw new ZoomRefusal(400, 300, "Invalid parameter: password");
}

/** Throws 400/300 for a word that no name may have. */
export function checkNames(account: ZoomAccount, names: PartialZoomUser): void {
  for (const name of [names.first_name, names.last_name, names.display_name])
    for (const word of account.forbiddenWords)
      if (name?.toLowerCase().includes(word.toLowerCase()))
        throw new ZoomRefusal(
          400,
          300,
          `Your request could not be completed because the name contains an invalid word: \`${name}\`.`,
        );
}

/** `POST /users`: the invited are pending, everyone else is there at once. */
export function postUser({ account, request }: ZoomContext): VendorAnswer {
  const body = readJsonBody(request, ["action", "user_info"]);
  checkFields({ action: oneOf(...ACTIONS), user_info: objectOf(NEW_USER_FIELDS, ["email", "type"]) }, body, [
    "action",
    "user_info",
  ]);
  const { action, user_info: given } = body as { action: (typeof ACTIONS)[number]; user_info: NewUser };
  if (!account.mayCreateUsers) throw new ZoomRefusal(400, 200, "No privilege.");
  checkAddress(account, given.email);
  checkAction(account, action, given);
  checkNames(account, given);
  const { password, feature = {}, ...profile } = given;
  checkLicences(account, { ...profile, ...feature });
  const now = account.clock().getTime();
  const invitations = account.invitations.filter((time) => time > now - DAY);
  if (action === "create" && invitations.length >= INVITATIONS_A_DAY[account.plan])
    throw new ZoomRefusal(429, 429, "Too Many Requests For more information, see rate limits.");
  account.invitations = action === "create" ? [...invitations, now] : invitations;
  const user = account.addUser({
    ...profile,
    status: action === "create" ? "pending" : "active",
    login_types: [LOGIN_TYPES[action]],
    ...(feature.zoom_one_type === undefined ? {} : { zoom_one_type: feature.zoom_one_type }),
    pretend: {
      zoomPhone: feature.zoom_phone ?? false,
      ...(password === undefined ? {} : { passwords: [password] }),
    },
  });
  const { id, email, first_name, last_name, type } = user;
  return { status: 201, body: { id, email, first_name, last_name, type } };
}
