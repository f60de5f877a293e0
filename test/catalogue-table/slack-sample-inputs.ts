import type { SampleInput } from "./zoom-sample-inputs.ts";

let people = 0;

/** Someone who is signed in to Slack. */
const signedIn: SampleInput = ({ slack }) => {
  people += 1;
  const id = `U0SAMPLE${people}`;
  slack.addUser({ id, name: `sample${people}`, email: `sample${people}@example.com` });
  slack.signIn(id);
  return { userId: id, teamId: slack.credentials.teamId };
};

/** What makes a good input for each operation of Slack's administration, by name. */
export const slackSampleInputs: Readonly<Record<string, SampleInput>> = {
  "slack.session.list": signedIn,
  "slack.session.reset": signedIn,
};
