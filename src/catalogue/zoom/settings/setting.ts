import { z } from "zod";
import { choice } from "../choice.ts";

type Shape = Record<string, z.ZodType>;

/** One of Zoom's groups of settings, under a heading of its own in forms. */
export function section<const Fields extends Shape>(heading: string, fields: Fields) {
  return z.strictObject(fields).optional().meta({
    title: heading,
    description: "Only what is named here changes.",
    section: heading,
  });
}

/** Settings within a group that belong together. */
export function group<const Fields extends Shape>(title: string, fields: Fields) {
  return z.strictObject(fields).optional().meta({ title, description: "Only what is named here changes." });
}

/** A setting that is on or off. */
export function onOff(title: string) {
  return z.boolean().optional().meta({ title, description: "Yes switches it on, no switches it off." });
}

/** A setting that is a number. */
export function wholeNumber(title: string, most = 1_000_000) {
  return z
    .int()
    .min(0)
    .max(most)
    .optional()
    .meta({ title, description: `A whole number up to ${most}.` });
}

/** A setting that is text. */
export function text(title: string, longest = 2_048) {
  return z
    .string()
    .max(longest)
    .optional()
    .meta({ title, description: `At most ${longest} characters.` });
}

/** A setting that is a list. */
export function listOf<Entry extends z.ZodType>(title: string, entry: Entry, most = 100) {
  return z
    .array(entry)
    .max(most)
    .optional()
    .meta({ title, description: `The whole list: it replaces the one that is there. At most ${most}.` });
}

/** A country or region. */
export const country = z.strictObject({
  code: z
    .string()
    .regex(/^[A-Z]{2}$/, "is not two letters such as US")
    .meta({ title: "Code", description: "Two letters, such as US." }),
  name: z.string().min(1).optional().meta({ title: "Name", description: "The name of the country." }),
});

/** A licence for one feature. */
export const featureLicence = z.strictObject({
  license_type: choice("Feature", "What the licence is for.", {
    ZOOM_WHITEBOARD: "Whiteboard",
    ZOOM_TRANSLATED_CAPTIONS: "Translated captions",
    ZOOM_SCHEDULER: "Scheduler",
    ZOOM_CLIPS: "Clips",
    ZOOM_VISITOR_MANAGEMENT: "Visitor management",
    ZOOM_CMK: "Customer managed key",
    ZOOM_DOCS: "Docs",
    ZOOM_REVENUE_ACCELERATOR: "Revenue accelerator",
    ZOOM_COMPLIANCE_MANAGEMENT: "Compliance management",
    ZOOM_WORKFORCE_MANAGEMENT: "Workforce management",
    ZOOM_QUALITY_MANAGEMENT: "Quality management",
    ZOOM_HEALTHCARE_CLINICAL_NOTES: "Clinical notes",
    ZOOM_EVENTS_NEW_SAAS: "Zoom Events",
    ZOOM_EVENTS_CONSUMPTION: "Zoom Events by consumption",
    ZOOM_WEBINARS_PLUS: "Webinars Plus",
    ZOOM_WEBINARS_PLUS_CONSUMPTION: "Webinars Plus by consumption",
  }),
  license_option: z.int().min(0).meta({
    title: "Option",
    description: "Zoom's number of the licence; 0 takes it away.",
  }),
  subscription_id: z.string().min(1).optional().meta({
    title: "Subscription",
    description: "The id of the subscription that the licence comes from.",
  }),
});
