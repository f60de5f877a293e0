import { PROVIDER_NAMES } from "../connectors/on-call-error.ts";
import type { OnCall } from "../connectors/on-call.ts";
import type { Policy } from "../permission/schema.ts";
import { findingsOf, type Finding } from "./finding.ts";

const fault = findingsOf("on call", "fault");
const warning = findingsOf("on call", "warning");
const SETTINGS = { pagerduty: "PAGERDUTY_API_TOKEN", opsgenie: "OPSGENIE_API_KEY" } as const;

/** Asks the provider of each schedule that the policy uses who is on call now. */
export async function onCallFindings(policy: Policy, provider: OnCall): Promise<Finding[]> {
  const findings = await Promise.all(
    Object.entries(policy.on_call ?? {}).map(async ([name, schedule]): Promise<Finding[]> => {
      const setting = SETTINGS[schedule.provider];
      try {
        const people = await provider.whoIsOnCall(schedule);
        if (people.size > 0) return [];
        return [
          warning(
            `policy.yml, on_call.${name}`,
            `Nobody is on call in the schedule ${schedule.schedule} now.`,
            `Look at the schedule in ${PROVIDER_NAMES[schedule.provider]}; PagerDuty lists nobody for one that no escalation policy uses.`,
          ),
        ];
      } catch (error) {
        return [
          fault(
            setting,
            (error as Error).message,
            `Set ${setting} to a read-only key, and on_call.${name}.schedule to the schedule's id.`,
          ),
        ];
      }
    }),
  );
  return findings.flat();
}
