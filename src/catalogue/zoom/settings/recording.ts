import { choice, numberChoice } from "../choice.ts";
import { group, onOff, section, text, wholeNumber } from "./setting.ts";

/** How their meetings are recorded. */
export const recording = section("Recordings", {
  ask_host_to_confirm_disclaimer: onOff("Ask host to confirm disclaimer"),
  ask_participants_to_consent_disclaimer: onOff("Ask participants to consent disclaimer"),
  auto_delete_cmr: onOff("Auto delete cloud recordings"),
  auto_delete_cmr_days: numberChoice("Auto delete cloud recordings days", "One of these.", [
    [30, "30"],
    [60, "60"],
    [90, "90"],
    [120, "120"],
  ]).optional(),
  record_files_separately: group("Record files separately", {
    active_speaker: onOff("Record files separately: active speaker"),
    gallery_view: onOff("Record files separately: gallery view"),
    shared_screen: onOff("Record files separately: shared screen"),
  }),
  display_participant_name: onOff("Display participant name"),
  recording_thumbnails: onOff("Recording thumbnails"),
  optimize_recording_for_3rd_party_video_editor: onOff(
    "Optimize recording for other makers’ party video editor",
  ),
  save_panelist_chat: onOff("Save panelist chat"),
  save_poll_results: onOff("Save poll results"),
  save_close_caption: onOff("Save close caption"),
  auto_recording: choice("Auto recording", "One of these.", {
    local: "Local",
    cloud: "Cloud",
    none: "None",
  }).optional(),
  cloud_recording: onOff("Cloud recording"),
  host_pause_stop_recording: onOff("Host pause stop recording"),
  ip_address_access_control: group("IP address access control", {
    enable: onOff("IP address access control: enable"),
    ip_addresses_or_ranges: text("IP address access control: ip addresses or ranges"),
  }),
  local_recording: onOff("Local recording"),
  record_audio_file: onOff("Record audio file"),
  record_gallery_view: onOff("Record gallery view"),
  record_speaker_view: onOff("Record speaker view"),
  recording_audio_transcript: onOff("Recording audio transcript"),
  smart_recording: group("Smart recording", {
    create_recording_highlights: onOff("Smart recording: create recording highlights"),
    create_smart_chapters: onOff("Smart recording: create smart chapters"),
    create_next_steps: onOff("Smart recording: create next steps"),
  }),
  recording_password_requirement: group("Recording passcode requirement", {
    have_letter: onOff("Recording passcode requirement: have letter"),
    have_number: onOff("Recording passcode requirement: have number"),
    have_special_character: onOff("Recording passcode requirement: have special character"),
    length: wholeNumber("Recording passcode requirement: length", 10),
    only_allow_numeric: onOff("Recording passcode requirement: only allow numeric"),
  }),
  save_chat_text: onOff("Save chat text"),
  show_timestamp: onOff("Show timestamp"),
  recording_notification_for_zoom_client: group("Recording notification for Zoom client", {
    disclaimer_to_participants: choice(
      "Recording notification for Zoom client: disclaimer to participants",
      "One of these.",
      { "All participants": "All participants", "Guest only": "Guest only" },
    ).optional(),
    play_voice_prompt: choice("Recording notification for Zoom client: play voice prompt", "One of these.", {
      "All participants": "All participants",
      "Guest only": "Guest only",
      "No one": "No one",
    }).optional(),
    ask_host_to_confirm: onOff("Recording notification for Zoom client: ask host to confirm"),
  }),
});
