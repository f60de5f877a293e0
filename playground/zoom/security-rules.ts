import { flags, listOf, objectOf, oneOf, text, type FieldRule, type FieldRules } from "./field-rules.ts";

/** What the passcode of a meeting has to be made of. */
export const PASSCODE_RULE: FieldRule = objectOf({
  ...flags(
    "have_letter",
    "have_number",
    "have_special_character",
    "have_upper_and_lower_characters",
    "only_allow_numeric",
    "weak_enhance_detection",
  ),
  consecutive_characters_length: oneOf(0, 4, 5, 6, 7, 8),
  length: { kind: "integer" },
});

/** What a change of the security settings takes, which goes by an option of its own. */
export const SECURITY_RULES: FieldRules = {
  meeting_security: objectOf({
    ...flags(
      "auto_security",
      "block_user_domain",
      "embed_password_in_join_link",
      "end_to_end_encrypted_meetings",
      "meeting_password",
      "only_authenticated_can_join_from_webclient",
      "phone_password",
      "pmi_password",
      "require_password_for_scheduled_meeting",
      "require_password_for_scheduled_webinar",
      "waiting_room",
      "webinar_password",
    ),
    block_user_domain_list: listOf(text, 20),
    encryption_type: oneOf("enhanced_encryption", "e2ee"),
    meeting_password_requirement: PASSCODE_RULE,
    waiting_room_settings: objectOf({
      participants_to_place_in_waiting_room: oneOf(0, 1, 2),
      users_who_can_admit_participants_from_waiting_room: oneOf(0, 1),
      whitelisted_domains_for_waiting_room: text,
    }),
  }),
};
