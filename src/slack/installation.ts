import type { SlackIdentity } from "./app.ts";

/** Where the settings say that the app is installed. */
interface ExpectedInstallation {
  SLACK_TEAM_ID?: string;
  SLACK_APP_ID?: string;
}

/**
 * Refuses an installation whose every delivery would be refused later: on a whole organization, or in another workspace
 * or of another app than the settings say.
 * @throws Error that names the setting
 */
export function requireInstallation(identity: SlackIdentity, settings: ExpectedInstallation): void {
  const { teamId, appId, isOrganizationWide } = identity;
  if (isOrganizationWide)
    throw new Error(
      "SLACK_BOT_TOKEN is of an app that is installed on a whole Enterprise organization. Deadbolt serves one workspace: install the app to that workspace, and set the bot token of that installation.",
    );
  const { SLACK_TEAM_ID: wantedTeam = teamId, SLACK_APP_ID: wantedApp = appId } = settings;
  if (wantedTeam !== teamId)
    throw new Error(
      `SLACK_TEAM_ID is ${wantedTeam}, and SLACK_BOT_TOKEN is of the workspace ${teamId}. Correct SLACK_TEAM_ID, or leave it out.`,
    );
  if (appId !== undefined && wantedApp !== appId)
    throw new Error(
      `SLACK_APP_ID is ${wantedApp}, and SLACK_BOT_TOKEN is of the app ${appId}. Correct SLACK_APP_ID, or leave it out.`,
    );
}
