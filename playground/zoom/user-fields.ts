import { flag, flags, listOf, objectOf, oneOf, text, textOf, type FieldRules } from "./field-rules.ts";

const WORKPLACE_PLANS = [
  4, 5, 6, 7, 25, 27, 28, 29, 30, 42, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 54, 56, 57, 59,
].map((exponent) => 2 ** exponent);
const UNITED_PLANS = Array.from({ length: 18 }, (_, exponent) => String(2 ** exponent));
const TYPE = oneOf(1, 2, 4, 99);

const LICENCES = listOf(
  objectOf(
    {
      license_type: oneOf("MEETING", "ZOOM_WORKPLACE_BUNDLE"),
      license_option: oneOf(2, 4, 8, ...WORKPLACE_PLANS),
      subscription_id: text,
    },
    ["license_option", "license_type", "subscription_id"],
  ),
  2,
);

const NAMES: FieldRules = { first_name: textOf(64), last_name: textOf(64), display_name: textOf(128) };

/** What `POST /users` takes as `user_info`. */
export const NEW_USER_FIELDS: FieldRules = {
  ...NAMES,
  email: { kind: "text", maximum: 128, pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ },
  password: textOf(32, 8),
  type: TYPE,
  division_ids: listOf(text, 1),
  feature: objectOf({ zoom_phone: flag, zoom_one_type: oneOf(...WORKPLACE_PLANS) }),
  plan_united_type: oneOf(...UNITED_PLANS),
  license_info_list: LICENCES,
};

/** What `PATCH /users/{userId}` takes. */
export const CHANGED_USER_FIELDS: FieldRules = {
  ...NAMES,
  company: textOf(255),
  job_title: textOf(128),
  location: textOf(256),
  ...Object.fromEntries(
    [
      "cms_user_id",
      "dept",
      "group_id",
      "cost_center",
      "language",
      "phone_country",
      "phone_number",
      "pronouns",
      "timezone",
      "vanity_name",
      "linkedin_url",
    ].map((name) => [name, text]),
  ),
  manager: { kind: "text", pattern: /^[^@\s]+@[^@\s]+$/ },
  about_me: textOf(150),
  host_key: textOf(10, 6),
  custom_attributes: listOf(objectOf({ key: text, name: text, value: text }), 5),
  division_ids: listOf(text, 1),
  phone_numbers: listOf(
    objectOf({ code: text, country: text, label: oneOf("Mobile", "Office", "Home", "Fax"), number: text }),
    3,
  ),
  pmi: { kind: "integer", minimum: 1_000_000_000, maximum: 9_999_999_999 },
  pronouns_option: oneOf(1, 2, 3),
  ...flags("use_pmi"),
  type: TYPE,
  zoom_one_type: oneOf(0, ...WORKPLACE_PLANS),
  plan_united_type: oneOf(...UNITED_PLANS, "none"),
  feature: objectOf({ zoom_phone: flag }),
  license_info_list: LICENCES,
};
