import { z } from "zod";

/** The person that a call is about. */
export const userId = z
  .string()
  .regex(/^[UW][A-Z0-9]{2,30}$/, "is not the id of a person in Slack (U… or W…)")
  .meta({ title: "Person", description: "The person's id in Slack.", fill: "slackUserId" });

/** The workspace whose sessions are listed: Slack lists a person's sessions in one workspace at a time. */
export const teamId = z
  .string()
  .regex(/^[TE][A-Z0-9]{2,30}$/, "is not the id of a workspace (T…)")
  .meta({ title: "Workspace", description: "The workspace that Deadbolt serves.", fill: "slackTeamId" });
