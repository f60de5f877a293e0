import type { VendorAnswer } from "../vendor-http.ts";
import { isAddressedBy, type ZoomUser } from "./user.ts";
import {
  authenticationRules,
  changeAuthentication,
  isAuthentication,
  showAuthentication,
} from "./authentication-settings.ts";
import { LOGIN_TYPES, readChoice } from "./parameters.ts";
import { checkFeatures } from "./feature-rules.ts";
import { checkFields } from "./field-rules.ts";
import { invitationNotFound, userDoesNotExist, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import { SECURITY_RULES } from "./security-rules.ts";
import { SETTINGS_RULES } from "./settings-rules.ts";
import { showBackgrounds } from "./uploads.ts";

type Members = Record<string, unknown>;

const OPTIONS = ["meeting_authentication", "recording_authentication", "meeting_security"];

/** What every user has until someone changes it; a part of what the real one shows. */
const DEFAULTS: Members = {
  in_meeting: {
    chat: true,
    private_chat: true,
    file_transfer: false,
    waiting_room: false,
    virtual_background: true,
  },
  schedule_meeting: {
    host_video: true,
    participants_video: true,
    join_before_host: false,
    audio_type: "both",
  },
  recording: { local_recording: true, cloud_recording: true, auto_recording: "none" },
  email_notification: { jbh_reminder: true, cancel_meeting_reminder: true },
  feature: { meeting_capacity: 100, webinar: false, large_meeting: false },
};
const SECURITY_DEFAULTS: Members = {
  meeting_security: { waiting_room: false, meeting_password: true, encryption_type: "enhanced_encryption" },
};

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function merge(below: Members, above: Members): Members {
  const merged = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const before = merged[name];
    merged[name] = isObject(value) && isObject(before) ? merge(before, value) : value;
  }
  return merged;
}

function readOption({ request }: ZoomContext): string | undefined {
  const option = request.query.get("option") ?? undefined;
  if (option !== undefined && !OPTIONS.includes(option)) throw validationFailed("option", "Invalid option.");
  return option;
}

function findUser({ account, directory, userId }: ZoomContext): ZoomUser {
  const user = directory.see(isAddressedBy(account, userId));
  if (!user) throw userDoesNotExist(userId);
  if (user.status === "pending" && user.pretend.invitationExpired) throw invitationNotFound();
  return user;
}

/** `GET /users/{userId}/settings`: all but security and authentication, which are asked for by an option. */
function showSettings(context: ZoomContext): VendorAnswer {
  const user = findUser(context);
  const loginType = readChoice(context.request, "login_type", ["", ...LOGIN_TYPES], "");
  if (loginType !== "" && !user.login_types.includes(Number(loginType)))
    throw userDoesNotExist(context.userId);
  const option = readOption(context);
  const {
    meeting_security: security,
    meeting_authentication: _meeting,
    recording_authentication: _recording,
    ...others
  } = user.pretend.settings;
  if (option === "meeting_security")
    return { status: 200, body: merge(SECURITY_DEFAULTS, { meeting_security: security ?? {} }) };
  if (isAuthentication(option))
    return { status: 200, body: showAuthentication(option, user.pretend.settings[option]) };
  const settings = merge(merge(DEFAULTS, others), {
    in_meeting: { virtual_background_settings: showBackgrounds(user) },
  });
  const fields = context.request.query.get("custom_query_fields")?.split(",");
  return { status: 200, body: fields === undefined ? settings : onlyFields(settings, fields) };
}

/** Of each section only these settings, and no section that has none of them. */
function onlyFields(settings: Members, fields: readonly string[]): Members {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, section]) => {
      if (fields.includes(name)) return [[name, section]];
      const kept = Object.entries(isObject(section) ? section : {}).filter(([field]) =>
        fields.includes(field),
      );
      return kept.length === 0 ? [] : [[name, Object.fromEntries(kept)]];
    }),
  );
}

/** `PATCH /users/{userId}/settings`: what is named changes; security goes by its option. */
async function changeSettings(context: ZoomContext): Promise<VendorAnswer> {
  const { directory, request, userId } = context;
  const user = findUser(context);
  const { body } = request;
  if (!isObject(body)) throw validationFailed("body", "Invalid field.");
  const option = readOption(context);
  const live = directory.find(userId);
  if (isAuthentication(option)) {
    checkFields(authenticationRules(option), body);
    const changed = changeAuthentication(option, live.pretend.settings[option], body);
    await directory.write(live, () => {
      live.pretend.settings = { ...live.pretend.settings, [option]: changed };
    });
    return { status: 204 };
  }
  checkFields(option === "meeting_security" ? SECURITY_RULES : SETTINGS_RULES, body);
  checkFeatures(context.account, user, body["feature"]);
  await directory.write(live, () => {
    live.pretend.settings = merge(live.pretend.settings, body);
  });
  return { status: 204 };
}

const READ = ["user:read:admin", "user:write:admin", "user:read", "user:write"];

export const settingsRoutes: readonly ZoomRoute[] = [
  {
    operation: "userSettings",
    method: "GET",
    path: "/v2/users/{userId}/settings",
    label: "Medium",
    scopes: [...READ, "user:read:settings:admin", "user:read:settings"],
    query: ["login_type", "option", "custom_query_fields"],
    answer: showSettings,
  },
  {
    operation: "userSettingsUpdate",
    method: "PATCH",
    path: "/v2/users/{userId}/settings",
    label: "Medium",
    scopes: ["user:write:admin", "user:write", "user:update:settings:admin", "user:update:settings"],
    query: ["option"],
    answer: changeSettings,
  },
];
