import { choice } from "../choice.ts";
import { passcodeRules } from "./passcode-rules.ts";
import { onOff, section, text } from "./setting.ts";

/** What their meetings are scheduled with. */
export const scheduling = section("Scheduling", {
  audio_type: choice("Audio type", "One of these.", {
    both: "Telephone and computer",
    telephony: "Telephone",
    voip: "Computer",
    thirdParty: "A service of others",
  }).optional(),
  default_password_for_scheduled_meetings: text("Default passcode for scheduled meetings"),
  embed_password_in_join_link: onOff("Embed passcode in join link"),
  force_pmi_jbh_password: onOff("Force personal meeting id join before host passcode"),
  host_video: onOff("Host video"),
  join_before_host: onOff("Join before host"),
  meeting_password_requirement: passcodeRules,
  participants_video: onOff("Participants video"),
  personal_meeting: onOff("Personal meeting"),
  pmi_password: text("Personal meeting id passcode"),
  pstn_password_protected: onOff("Phone passcode protected"),
  require_password_for_instant_meetings: onOff("Require passcode for instant meetings"),
  require_password_for_pmi_meetings: choice(
    "Require passcode for personal meeting id meetings",
    "One of these.",
    { jbh_only: "Where participants may come before the host", all: "Always", none: "Never" },
  ).optional(),
  require_password_for_scheduled_meetings: onOff("Require passcode for scheduled meetings"),
  require_password_for_scheduling_new_meetings: onOff("Require passcode for scheduling new meetings"),
  use_pmi_for_instant_meetings: onOff("Use personal meeting id for instant meetings"),
  use_pmi_for_scheduled_meetings: onOff("Use personal meeting id for scheduled meetings"),
});
