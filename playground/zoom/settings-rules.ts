import { flags, listOf, objectOf, oneOf, text, textOf, type FieldRules } from "./field-rules.ts";
import { IN_MEETING_RULE } from "./in-meeting-rule.ts";
import { PASSCODE_RULE } from "./security-rules.ts";

const country = objectOf({ code: text, name: text });
const featureLicence = objectOf(
  { license_type: text, license_option: { kind: "integer" }, subscription_id: text },
  ["license_type", "license_option"],
);

/** What a change of settings takes, by section. */
export const SETTINGS_RULES: FieldRules = {
  audio_conferencing: objectOf({
    participant_phone_masking: objectOf({
      ...flags("enable"),
      masking_type: oneOf("mask_default", "mask_first_5", "mask_except_last_4"),
    }),
    global_dial_in_countries: objectOf({
      ...flags("include_toll_free"),
      selected_countries: listOf(country),
    }),
  }),
  email_notification: objectOf({
    ...flags(
      "alternative_host_reminder",
      "cancel_meeting_reminder",
      "cloud_recording_available_reminder",
      "jbh_reminder",
      "recording_available_reminder_alternative_hosts",
      "recording_available_reminder_schedulers",
      "schedule_for_reminder",
    ),
  }),
  feature: objectOf({
    ...flags(
      "large_meeting",
      "webinar",
      "zoom_events",
      "zoom_events_unlimited",
      "zoom_sessions_unlimited",
      "zoom_events_pay_per_attendee",
      "zoom_sessions_pay_per_attendee",
      "zoom_phone",
      "zoom_iq_for_sales",
      "zoom_revenue_accelerator",
      "zoom_whiteboard",
      "zoom_whiteboard_plus",
      "zoom_translated_captions",
      "zoom_customer_managed_key",
      "zoom_huddles",
      "zoom_quality_management",
      "zoom_workforce_management",
      "zoom_scheduler",
      "zoom_clips_plus",
      "zoom_mail_calendar",
      "zoom_compliance_management",
      "zoom_docs",
    ),
    concurrent_meeting: oneOf("Basic", "Plus", "None"),
    large_meeting_capacity: { kind: "integer" },
    meeting_capacity: { kind: "integer" },
    webinar_capacity: oneOf(100, 500, 501, 1000, 1001, 3000, 5000, 10000),
    zoom_events_capacity: oneOf(500, 1000, 3000, 5000, 10000, 20000, 30000, 50000),
    zoom_events_unlimited_capacities: listOf(
      oneOf(100, 500, 1000, 3000, 5000, 10000, 20000, 30000, 50000),
      9,
    ),
    zoom_sessions_unlimited_capacities: listOf(
      oneOf(100, 500, 1000, 3000, 5000, 10000, 20000, 30000, 50000),
      9,
    ),
    license_info_list: listOf(featureLicence),
  }),
  in_meeting: IN_MEETING_RULE,
  profile: objectOf({ recording_storage_location: objectOf({ allowed_values: listOf(text), value: text }) }),
  recording: objectOf({
    ...flags(
      "ask_host_to_confirm_disclaimer",
      "ask_participants_to_consent_disclaimer",
      "auto_delete_cmr",
      "display_participant_name",
      "recording_thumbnails",
      "optimize_recording_for_3rd_party_video_editor",
      "recording_highlight",
      "save_panelist_chat",
      "save_poll_results",
      "save_close_caption",
      "cloud_recording",
      "host_pause_stop_recording",
      "local_recording",
      "record_audio_file",
      "record_gallery_view",
      "record_speaker_view",
      "recording_audio_transcript",
      "recording_disclaimer",
      "save_chat_text",
      "show_timestamp",
    ),
    auto_delete_cmr_days: oneOf(30, 60, 90, 120),
    record_files_separately: objectOf({ ...flags("active_speaker", "gallery_view", "shared_screen") }),
    auto_recording: oneOf("local", "cloud", "none"),
    ip_address_access_control: objectOf({ ...flags("enable"), ip_addresses_or_ranges: text }),
    smart_recording: objectOf({
      ...flags("create_recording_highlights", "create_smart_chapters", "create_next_steps"),
    }),
    recording_password_requirement: objectOf({
      ...flags("have_letter", "have_number", "have_special_character", "only_allow_numeric"),
      length: { kind: "integer", maximum: 10 },
    }),
    recording_notification_for_zoom_client: objectOf({
      ...flags("ask_host_to_confirm"),
      disclaimer_to_participants: oneOf("All participants", "Guest only"),
      play_voice_prompt: oneOf("All participants", "Guest only", "No one"),
    }),
  }),
  schedule_meeting: objectOf({
    ...flags(
      "embed_password_in_join_link",
      "force_pmi_jbh_password",
      "host_video",
      "join_before_host",
      "participants_video",
      "personal_meeting",
      "pstn_password_protected",
      "require_password_for_instant_meetings",
      "require_password_for_scheduled_meetings",
      "require_password_for_scheduling_new_meetings",
      "use_pmi_for_instant_meetings",
      "use_pmi_for_scheduled_meetings",
    ),
    audio_type: oneOf("both", "telephony", "voip", "thirdParty"),
    default_password_for_scheduled_meetings: text,
    meeting_password_requirement: PASSCODE_RULE,
    pmi_password: text,
    require_password_for_pmi_meetings: oneOf("jbh_only", "all", "none"),
  }),
  telephony: objectOf({
    ...flags("show_international_numbers_link", "third_party_audio"),
    audio_conference_info: textOf(2048),
    telephony_regions: objectOf({ selection_values: text }),
  }),
  tsp: objectOf({
    ...flags("call_out", "show_international_numbers_link"),
    call_out_countries: listOf(country),
    global_dial_in_countries: objectOf({ selected_countries: listOf(country) }),
  }),
};
