import { choice } from "../choice.ts";
import { isShown } from "../user/is-shown.ts";
import { group, onOff, section, text } from "./setting.ts";

function option(title: string, types: Record<string, string>) {
  return group(title, {
    id: text(`${title}: id`, 200),
    action: choice(`${title}: action`, "What happens to the option.", {
      update: "Change it",
      show: "Offer it",
      hide: "Do not offer it",
    }).optional(),
    name: text(`${title}: name`, 200),
    type: choice(`${title}: type`, "Who may come in.", types).optional(),
    domains: text(`${title}: domains`),
    default_option: onOff(`${title}: by default`),
  });
}

/** Who may join meetings; Zoom changes it by itself. */
export const meetingAuthentication = section("Who may join meetings", {
  meeting_authentication: onOff("Only authenticated people join meetings"),
  authentication_option: option("Meeting authentication", {
    enforce_login: "Everyone who is signed in to Zoom",
    enforce_login_with_domains: "Those with addresses in certain domains",
    enforce_login_with_same_account: "Users of this Zoom account",
  }),
});

/** Who may see recordings; Zoom changes it by itself. */
export const recordingAuthentication = section("Who may see recordings", {
  recording_authentication: onOff("Only authenticated people see recordings"),
  authentication_option: option("Recording authentication", {
    internally: "Users of this Zoom account",
    enforce_login: "Everyone who is signed in to Zoom",
    enforce_login_with_domains: "Those with addresses in certain domains",
  }),
});

type Members = Record<string, unknown>;

function asMembers(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** Whether what Zoom shows of one kind of authentication has every change; Zoom shows it alone or within all. */
export function showsAuthentication(
  kind: "meeting_authentication" | "recording_authentication",
  output: unknown,
  { authentication_option: wanted, ...others }: Members,
): boolean {
  const whole = asMembers(output);
  const within = asMembers(whole["authentication_options"]);
  const shown = Object.hasOwn(within, kind) ? asMembers(within[kind]) : whole;
  if (!isShown(shown, others)) return false;
  if (wanted === undefined) return true;
  const { action, ...fields } = asMembers(wanted);
  const list = shown["authentication_options"];
  const visible = action === "show" ? true : action === "hide" ? false : undefined;
  return Array.isArray(list) && list.some((one) => isShown(one, { ...fields, visible }));
}
