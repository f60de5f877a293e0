import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { inSection } from "../../field-meta.ts";
import { choice, numberChoice } from "../choice.ts";

function countHan(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0;
}

function name(title: string, description: string, longest: number, mostHan: number) {
  return z
    .string()
    .max(longest)
    .refine((text) => countHan(text) <= mostHan, `has more than ${mostHan} Chinese characters`)
    .meta({
      title,
      description: `${description} At most ${longest} characters, ${mostHan} of them Chinese.`,
    });
}

function text(title: string, description: string, longest?: number) {
  const schema = longest === undefined ? z.string() : z.string().max(longest);
  return schema.optional().meta({
    title,
    description: longest === undefined ? description : `${description} At most ${longest} characters.`,
  });
}

/** What a user is called, as Zoom names the fields. */
export const names = inSection("Name", {
  first_name: name("First name", "The person's first name.", 64, 5).optional(),
  last_name: name("Last name", "The person's last name.", 64, 5).optional(),
  display_name: name("Display name", "What others see of the person in meetings.", 128, 10).optional(),
});

/** The part of the company that a user belongs to. */
export const divisionIds = z.array(z.string().min(1)).max(1).meta({
  title: "Division",
  description: "The id of the person's division; Zoom takes one.",
});

/** Where a user stands in the company. */
export const work = inSection("Work", {
  company: text("Company", "The person's company.", 255),
  dept: text("Department", "The person's department."),
  job_title: text("Job title", "What the person does.", 128),
  location: text("Location", "Where the person works.", 256),
  cost_center: text("Cost centre", "What the person's costs are booked to."),
  manager: emailAddress.optional().meta({
    title: "Manager",
    description: "The e-mail address of the person's manager, who is in the same account.",
    people: true,
  }),
  division_ids: divisionIds.optional(),
  group_id: text("Group", "The id of a group to put the person in; for people who are still pending."),
});

const phoneNumber = z.strictObject({
  number: z.string().min(1).meta({ title: "Number", description: "Without the code of the country." }),
  code: z
    .string()
    .regex(/^\+\d{1,4}$/, "is not like +1")
    .optional()
    .meta({ title: "Country code", description: "What is dialled before the number, such as +1." }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "is not two letters such as US")
    .optional()
    .meta({ title: "Country", description: "Two letters, such as US." }),
  label: choice("Kind", "Where the number rings.", {
    Mobile: "Mobile",
    Office: "Office",
    Home: "Home",
    Fax: "Fax",
  }).optional(),
});

/** How a user presents themselves and is reached. */
export const contact = inSection("Contact and profile", {
  phone_numbers: z.array(phoneNumber).max(3).optional().meta({
    title: "Phone numbers",
    description: "Up to three.",
  }),
  phone_country: z.string().min(1).optional().meta({
    title: "Country of the phone number",
    description: "Two letters, such as US; Zoom has replaced it with Phone numbers.",
    deprecated: true,
  }),
  phone_number: z.string().min(1).optional().meta({
    title: "Phone number",
    description: "Goes with its country; Zoom has replaced it with Phone numbers.",
    deprecated: true,
  }),
  language: text("Language", "Of what Zoom shows the person, such as en-US."),
  timezone: text("Time zone", "As in the tz database, such as America/Chicago."),
  pronouns: text("Pronouns", "The person's pronouns."),
  pronouns_option: numberChoice("Show the pronouns", "When others see the pronouns.", [
    [1, "Ask the person each time"],
    [2, "Always"],
    [3, "Never"],
  ]).optional(),
  about_me: z
    .string()
    .max(150)
    .refine((words) => !/<[a-z/!]|https?:|www\./i.test(words), "must have no links and no HTML")
    .optional()
    .meta({
      title: "About",
      description: "Who the person is, in at most 150 characters, without links or HTML.",
    }),
  linkedin_url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.includes("linkedin.com"), "is not at linkedin.com")
    .optional()
    .meta({ title: "LinkedIn", description: "The address of the person's page at linkedin.com." }),
  custom_attributes: z
    .array(
      z.strictObject({
        key: z.string().min(1).meta({ title: "Key", description: "The attribute's key in the account." }),
        name: z.string().min(1).meta({ title: "Name", description: "The attribute's name in the account." }),
        value: z.string().meta({ title: "Value", description: "What the person has there." }),
      }),
    )
    .min(1)
    .max(5)
    .optional()
    .meta({ title: "Custom attributes", description: "Up to five that the account has defined." }),
  cms_user_id: text("Kaltura user", "The person's id at Kaltura."),
});

/** A user's own meeting room. */
export const room = inSection("Personal meeting room", {
  pmi: z.int().min(1_000_000_000).max(9_999_999_999).optional().meta({
    title: "Personal meeting id",
    description: "Ten digits.",
  }),
  use_pmi: z.boolean().optional().meta({
    title: "Use it for instant meetings",
    description: "Whether meetings that start at once are held in the personal room.",
  }),
  vanity_name: z.string().min(1).optional().meta({
    title: "Name of the personal link",
    description: "The last part of the personal link: check first that nobody has it.",
  }),
  host_key: z
    .string()
    .regex(/^\d{6,10}$/, "must be 6 to 10 digits")
    .optional()
    .meta({ title: "Host key", description: "6 to 10 digits with which the person takes over as host." }),
});
