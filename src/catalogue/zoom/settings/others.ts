import { z } from "zod";
import { choice } from "../choice.ts";
import { country, group, listOf, onOff, section, text } from "./setting.ts";

/** How others dial in. */
export const audioConferencing = section("Audio conferences", {
  participant_phone_masking: group("Participant phone masking", {
    enable: onOff("Participant phone masking: enable"),
    masking_type: choice("Participant phone masking: masking type", "One of these.", {
      mask_default: "The middle",
      mask_first_5: "The first five digits",
      mask_except_last_4: "All but the last four digits",
    }).optional(),
  }),
  global_dial_in_countries: group("Global dial in countries", {
    selected_countries: listOf("Global dial in countries: selected countries", country),
    include_toll_free: onOff("Global dial in countries: include toll free"),
  }),
});

/** What they are told by e-mail. */
export const emailNotification = section("E-mail to the host", {
  alternative_host_reminder: onOff("Alternative host reminder"),
  cancel_meeting_reminder: onOff("Cancel meeting reminder"),
  cloud_recording_available_reminder: onOff("Cloud recording available reminder"),
  jbh_reminder: onOff("Join before host reminder"),
  recording_available_reminder_alternative_hosts: onOff("Recording available reminder alternative hosts"),
  recording_available_reminder_schedulers: onOff("Recording available reminder schedulers"),
  schedule_for_reminder: onOff("Schedule for reminder"),
});

/** Where their recordings are kept. */
export const profile = section("Profile", {
  recording_storage_location: group("Recording storage location", {
    allowed_values: listOf("Recording storage location: allowed values", z.string().min(1)),
    value: text("Recording storage location: value"),
  }),
});

/** Which telephone lines their meetings have. */
export const telephony = section("Telephony", {
  audio_conference_info: text("Audio conference info", 2048),
  show_international_numbers_link: onOff("Show international numbers link"),
  telephony_regions: group("Telephony regions", {
    selection_values: text("Telephony regions: selection values"),
  }),
  third_party_audio: onOff("Third party audio"),
});

/** Which telephony service of others they use. */
export const telephonyService = section("Telephony service provider", {
  call_out: onOff("Call out"),
  call_out_countries: listOf("Call out countries", country),
  show_international_numbers_link: onOff("Show international numbers link"),
  global_dial_in_countries: group("Global dial in countries", {
    selected_countries: listOf("Global dial in countries: selected countries", country),
  }),
});
