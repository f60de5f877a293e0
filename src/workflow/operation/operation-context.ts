import type { Known } from "../../catalogue/known.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { Sealer } from "../../connectors/sealed-text.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { inputFields } from "../../catalogue/input-fields.ts";
import type { Places } from "../../target/findings.ts";
import type { Target } from "../../target/target.ts";
import type { SubmitContext } from "../submit/submit-offboarding.ts";

/** What is set up here, as far as operations depend on it. */
export type OperationSettings = Pick<
  Known,
  "cloudflareAccountId" | "cloudflareZoneIds" | "slackTeamId" | "zoomPlan"
>;

/** What the operations of the catalogue reach when someone uses one by itself. */
export interface OperationContext extends SubmitContext {
  execute: Execute;
  settings: OperationSettings;
  sealer: Sealer;
  /** A file that someone gave in Slack, of at most this many bytes; or why it cannot be had, in a sentence for them. */
  givenFile(
    fileId: string,
    maxBytes: number,
    personId: string,
  ): Promise<{ name: string; bytes: Buffer } | { fault: string }>;
  /** A text that was never used before. */
  uniqueId(): string;
  /** A password by chance that Zoom's rules allow. */
  makePassword(): string;
}

/** Where the person is looked for whom an operation is about; undefined where it is about nobody. */
export function placesOf(operation: Operation): Places | undefined {
  switch (operation.about) {
    case "zoomUser":
      return { zoom: "must", cloudflare: "no" };
    case "cloudflareUser":
      return { zoom: "no", cloudflare: "must" };
    case "slackUser":
      return { zoom: "no", cloudflare: "no" };
    case "person": {
      // What goes to Access by the e-mail alone is accepted for anybody: whether there is someone is asked beside.
      const goesToAccess = operation.risk !== "read" && operation.name.startsWith("cloudflare.access.");
      const wantsId = inputFields(operation).some(({ meta }) => meta.fill === "cloudflareUserId");
      return { zoom: "no", cloudflare: wantsId || goesToAccess ? "may" : "no" };
    }
    default:
      return undefined;
  }
}

/** What is known before a form is filled in. */
export function knownOf(settings: OperationSettings, target: Target | undefined): Known {
  const { email, zoomUserId, cloudflareUserId, slackId } = target ?? {};
  return {
    ...settings,
    ...(email === undefined ? {} : { email }),
    ...(zoomUserId === undefined ? {} : { zoomUserId }),
    ...(cloudflareUserId === undefined ? {} : { cloudflareUserId }),
    ...(slackId === undefined ? {} : { slackUserId: slackId }),
  };
}
