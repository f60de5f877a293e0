import { GOOD } from "./sample-policy.ts";

/** A playbook of a policy's own with every part in it and no fault; its first line is line 27. */
export const PLAYBOOK = `playbooks:
  laptop-lost:
    title: Laptop lost
    steps:
      - operation: cloudflare.registration.revoke
        all: registrationIds
      - id: revoke
        operation: cloudflare.access.revokeUserInAccount
        input: { devices: true, warpSessionReauth: true }
      - operation: zoom.meeting.end
        each: meetingId
        after: [revoke]
      - title: Delete the Zoom user for good
        operation: zoom.user.delete
        input: { action: delete }
        requires: [revoke]
`;

export const WITH_PLAYBOOK = `${GOOD}${PLAYBOOK}`;

/** The good policy with a playbook of these steps, each in the flow style of YAML; the first one stands in line 31. */
export function withSteps(...steps: string[]): string {
  const lines = steps.map((step) => `      - ${step}\n`);
  return `${GOOD}playbooks:\n  mine:\n    title: Mine\n    steps:\n${lines.join("")}`;
}
