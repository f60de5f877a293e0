import { z } from "zod";
import { choice, numberChoice } from "../choice.ts";
import { passcodeRules } from "./passcode-rules.ts";
import { group, listOf, onOff, section, text } from "./setting.ts";

/** How their meetings and webinars are kept safe; Zoom changes these by themselves. */
export const security = section("Security", {
  auto_security: onOff("Auto security"),
  block_user_domain: onOff("Block user domain"),
  block_user_domain_list: listOf("Block user domain list", z.string().min(1), 20),
  embed_password_in_join_link: onOff("Embed passcode in join link"),
  encryption_type: choice("Encryption type", "One of these.", {
    enhanced_encryption: "Enhanced encryption",
    e2ee: "e2ee",
  }).optional(),
  end_to_end_encrypted_meetings: onOff("End to end encrypted meetings"),
  meeting_password: onOff("Meeting passcode"),
  meeting_password_requirement: passcodeRules,
  only_authenticated_can_join_from_webclient: onOff("Only authenticated can join from webclient"),
  phone_password: onOff("Phone passcode"),
  pmi_password: onOff("Personal meeting id passcode"),
  require_password_for_scheduled_meeting: onOff("Require passcode for scheduled meeting"),
  require_password_for_scheduled_webinar: onOff("Require passcode for scheduled webinar"),
  waiting_room: onOff("Waiting room"),
  waiting_room_settings: group("Waiting room settings", {
    participants_to_place_in_waiting_room: numberChoice(
      "Waiting room settings: participants to place in waiting room",
      "One of these.",
      [
        [0, "Everyone"],
        [1, "Who is not in the account"],
        [2, "Who is neither in the account nor of an allowed domain"],
      ],
    ).optional(),
    users_who_can_admit_participants_from_waiting_room: numberChoice(
      "Waiting room settings: users who can admit participants from waiting room",
      "One of these.",
      [
        [0, "Host and co-hosts"],
        [1, "Also anyone who came past it, while these are away"],
      ],
    ).optional(),
    whitelisted_domains_for_waiting_room: text("Waiting room settings: whitelisted domains for waiting room"),
  }),
  webinar_password: onOff("Webinar passcode"),
});
