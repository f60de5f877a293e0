/** A schedule at a provider. */
export interface OnCallSchedule {
  provider: "pagerduty" | "opsgenie";
  /** Its id, not its name. */
  schedule: string;
}
