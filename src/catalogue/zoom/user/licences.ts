import { z } from "zod";
import { choice, numberChoice } from "../choice.ts";
import { subscriptionLicences, unitedPlans, workplacePlans } from "./plan-options.ts";

/** What a user may do in meetings. */
export const userType = numberChoice(
  "User type",
  "What the person may do; every other type than Basic is paid.",
  [
    [1, "Basic"],
    [2, "Licensed"],
    [4, "Unassigned, without Meetings Basic"],
    [99, "None (single sign-on only)"],
  ],
);

const workplaceWords = "The plan bought for the person.";

/** A Workplace plan to give. */
export const workplacePlan = numberChoice("Zoom Workplace plan", workplaceWords, workplacePlans);

/** A Workplace plan to give or to take away. */
export const workplacePlanOrNone = numberChoice("Zoom Workplace plan", workplaceWords, [
  [0, "None: take the plan away"],
  ...workplacePlans,
]);

const unitedWords = "The bundle with Zoom Phone bought for the person.";

/** A United plan to give. */
export const unitedPlan = choice("Zoom United plan", unitedWords, unitedPlans);

/** A United plan to give or to take away. */
export const unitedPlanOrNone = choice("Zoom United plan", unitedWords, {
  none: "None: take the plan away",
  ...unitedPlans,
});

/** Whether the person has Zoom Phone; without it their numbers and phones belong to nobody. */
export const zoomPhone = z.boolean().meta({
  title: "Zoom Phone",
  description: "Taken away, all numbers and phones of the person are assigned to nobody.",
});

const licence = z
  .strictObject({
    license_type: choice("Kind of licence", "Licensed for a paid user, or a Workplace plan.", {
      MEETING: "Meeting",
      ZOOM_WORKPLACE_BUNDLE: "Zoom Workplace",
    }),
    license_option: numberChoice("Licence", "Licensed, or which Workplace plan.", subscriptionLicences),
    subscription_id: z.string().min(1).meta({
      title: "Subscription",
      description: "The id of the subscription that the licence comes from, such as SUBREF-123456-654321.",
    }),
  })
  .refine(({ license_type: type, license_option: option }) => (type === "MEETING") === (option === 2), {
    path: ["license_option"],
    message: "is no licence of this kind",
  });

/** Licences out of named subscriptions. */
export const licences = z.array(licence).min(1).max(2).meta({
  title: "Licences by subscription",
  description: "Up to two; only for accounts with several subscriptions.",
});
