import { inputFields } from "../../catalogue/input-fields.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { PlannedChange, PlanStep } from "../../playbook/playbook.ts";
import { zoomRoleOf } from "../../target/zoom-role.ts";
import { written, type ReleaseValues, type ValueNow } from "./values.ts";

/** What Zoom shows of a user, as far as a release gives it back. */
export interface ZoomUserSeen {
  email?: string;
  status?: string;
  type?: number;
  zoom_one_type?: number | null;
  plan_united_type?: string | number | null;
  feature?: Record<string, unknown>;
}

/** A Zoom user at one moment; the features are absent where nobody asked for them. */
export interface ZoomState {
  user: ZoomUserSeen;
  features?: Record<string, unknown>;
}

/** What shows the features of a user. */
export const FEATURES_STEP = "zoom.user.updateSettings";

/**
 * Reads a Zoom user as they are now.
 * @param features whether these must be known, are taken where Zoom shows them, or are not asked for
 * @throws VendorError
 */
export async function readZoomState(
  execute: Execute,
  userId: unknown,
  features: "must" | "may" | "no",
): Promise<ZoomState> {
  const ask = (operation: string) => execute(findOperation(operation), { userId }, { priority: 1 });
  const settings = async () => {
    try {
      return ((await ask("zoom.user.getSettings")) as ZoomUserSeen).feature ?? {};
    } catch (error) {
      if (isVendorError(error) && features === "may") return undefined;
      throw error;
    }
  };
  const [user, seen] = await Promise.all([ask("zoom.user.get"), features === "no" ? undefined : settings()]);
  return { user: user as ZoomUserSeen, ...(seen === undefined ? {} : { features: seen }) };
}

/** A feature as people read it. */
export function featureTitle(name: string): string {
  return name.replaceAll("_", " ");
}

/** A licence or plan as people call it; as Zoom writes it where nobody knows what it is called. */
export function licenceName(field: string, value: unknown): string {
  const fields = inputFields(findOperation("zoom.user.update"));
  const labels = fields.find(({ path }) => path === `changes.${field}`)?.meta.labels;
  return labels?.[written(value)] ?? written(value);
}

/** What someone without a role of their own is. */
export const PLAIN_MEMBER = "Member";

type Step = Pick<PlanStep, "operation" | "input" | "changes">;

/** What a step at Zoom would change, in a state of the user's; undefined where nothing can be compared. */
export function zoomValues(step: Step, { user, features }: ZoomState): ReleaseValues | undefined {
  const [change] = step.changes ?? [];
  if (change === undefined) return undefined;
  const whole = (now: string | undefined): ReleaseValues => ({
    values: [valueOf("", change, now)],
    without: () => step.input,
  });
  switch (step.operation) {
    case "zoom.user.updateStatus":
      return whole(user.status);
    case "zoom.role.assign": {
      const role = zoomRoleOf(user);
      const value = valueOf("", change, role?.name ?? PLAIN_MEMBER);
      const isDone = role?.id === step.input["roleId"];
      return { values: [{ ...value, isDone }], without: () => step.input };
    }
    case "zoom.user.update": {
      const [[name, given] = ["", undefined]] = Object.entries(step.input["changes"] ?? {});
      const now: unknown = Object.entries(user).find(([key]) => key === name)?.[1];
      // Plans that are older show Zoom's numbers.
      const isByNumber = change.after === written(given);
      return whole(now == null ? undefined : isByNumber ? written(now) : licenceName(name, now));
    }
    case FEATURES_STEP:
      return features === undefined ? undefined : featureValues(step, features);
    default:
      return undefined;
  }
}

function valueOf(key: string, { title, before, after }: PlannedChange, now: string | undefined): ValueNow {
  return { key, title, before, after, now };
}

function featureValues({ input, changes = [] }: Step, features: Record<string, unknown>): ReleaseValues {
  const { feature = {} } = (input["changes"] ?? {}) as { feature?: Record<string, unknown> };
  const values = Object.entries(feature).map(([name, value]): ValueNow => {
    const title = featureTitle(name);
    const before = changes.find((change) => change.title === title)?.before;
    const now: unknown = features[name];
    return {
      ...valueOf(name, { title, after: written(value) }, now == null ? undefined : written(now)),
      before,
      // Zoom could not be asked for the features when the plan was made.
      ...(before === undefined ? { isBeforeUnknown: true } : {}),
    };
  });
  const without = (keys: ReadonlySet<string>) => ({
    ...input,
    changes: { feature: Object.fromEntries(Object.entries(feature).filter(([name]) => !keys.has(name))) },
  });
  return { values, without };
}
