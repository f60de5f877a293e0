import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { AuditEvent } from "../audit/event.ts";
import type { Sealer } from "../connectors/sealed-text.ts";
import type { Database } from "../database/connect.ts";
import type { CodeCheck } from "../second-factor/code-check.ts";
import type { SecondFactorDeps } from "../second-factor/deps.ts";
import {
  beginEnrolment,
  finishEnrolment,
  isEnrolled,
  verifyCode,
  type SecondFactorContext,
} from "../second-factor/second-factor.ts";
import { sentence, type RefusedReason } from "../second-factor/sentence.ts";
import type { Standing } from "../permission/decide/roles.ts";
import type { Directory } from "../slack/directory.ts";
import { slackErrorCode } from "../slack/slack-error.ts";

export interface FactorPartsOptions {
  database: Database;
  sealer: Sealer;
  now: () => Date;
  audit: (event: AuditEvent) => Promise<unknown>;
  /** Who someone is now. @throws DirectoryError when Slack cannot be asked */
  standing: (personId: string) => Promise<Standing>;
  /** Only to name the account in the authenticator app. */
  directory: Directory;
  client: WebClient;
  /** Where it is announced that someone set one up. */
  channel: string;
  log: Logger;
}

export interface FactorParts {
  /** Checks a one-time password, which then is used up. */
  checkCode: (personId: string, code: string) => Promise<CodeCheck>;
  deps: SecondFactorDeps;
}

type Refused = { reason: RefusedReason; lockedUntil?: Date };

/** One-time passwords, put together from the app's parts. */
export function createFactorParts(options: FactorPartsOptions): FactorParts {
  const { database, sealer, now, client, log } = options;
  const context: SecondFactorContext = {
    database,
    now,
    seal: (text) => sealer.seal(text),
    unseal: (text) => sealer.open(text),
  };
  const pictures = createPictures(client, log);

  /** Why someone may have none, as they can never approve anything: a guest, a bot, someone from elsewhere. */
  async function whyBarred(personId: string): Promise<string | undefined> {
    const { barred } = await options.standing(personId);
    if (barred !== undefined) await recordRefusal(personId, { reason: "barred" });
    return barred === undefined ? undefined : `${barred} Nothing was set up.`;
  }

  async function recordRefusal(
    personId: string,
    { reason }: { reason: RefusedReason | "barred" },
  ): Promise<void> {
    if (reason === "not_enrolled") return;
    const at = now();
    const id = `factor:${personId}:refused:${at.getTime()}`;
    await options.audit({
      id,
      requestId: null,
      type: "factor.refused",
      actor: personId,
      at,
      data: { reason },
    });
  }

  return {
    async checkCode(personId, code) {
      const answer = await verifyCode(context, personId, code);
      if (answer.ok) return answer;
      await recordRefusal(personId, answer);
      const isKnown = answer.reason !== "not_enrolled";
      return { ok: false, reason: sentence(answer), isEnrolled: isKnown, lockedUntil: answer.lockedUntil };
    },
    deps: {
      async begin(personId, currentCode) {
        const barred = await whyBarred(personId);
        if (barred !== undefined) return { kind: "refused", reason: barred };
        const person = await options.directory.person(personId);
        const account = person?.email ?? person?.name ?? personId;
        const begun = await beginEnrolment(context, personId, account, currentCode);
        if (begun.kind === "refused") {
          await recordRefusal(personId, begun.answer);
          const { lockedUntil } = begun.answer;
          return { kind: "refused", reason: sentence(begun.answer), lockedUntil };
        }
        const { secretText, uri, picture } = begun.enrolment;
        return { kind: "begun", secretText, uri, fileId: await pictures.upload(picture) };
      },
      async finish(personId, code) {
        const barred = await whyBarred(personId);
        if (barred !== undefined) return { ok: false, message: barred };
        const answer = await finishEnrolment(context, personId, code);
        if (!answer.ok) {
          await recordRefusal(personId, answer);
          const { lockedUntil }: Refused = answer;
          return { ok: false, message: sentence(answer), lockedUntil };
        }
        const at = answer.enrolledAt;
        const id = `factor:${personId}:enrolled:${at.getTime()}`;
        await options.audit({ id, requestId: null, type: "factor.enrolled", actor: personId, at, data: {} });
        await announce(options, personId);
        return { ok: true };
      },
      forget: (fileId) => pictures.remove(fileId),
      isEnrolled: async (personId) => (await isEnrolled(context, personId)) !== undefined,
    },
  };
}

/** A stolen session that sets one up is seen by everyone in the channel. */
async function announce({ client, channel, log }: FactorPartsOptions, personId: string): Promise<void> {
  const text = `:key: <@${personId}> set up a one-time password for approvals. If this was not them, their account is in other hands.`;
  await client.chat
    .postMessage({ channel, text, unfurl_links: false, unfurl_media: false })
    .catch((error: unknown) =>
      log.error({ slack: slackErrorCode(error) }, "a one-time password was not announced"),
    );
}

/** The pictures that an authenticator app scans, as files in Slack. */
function createPictures(client: WebClient, log: Logger) {
  return {
    /** Resolves to the file's id; undefined where it was not uploaded: the key can be typed in all the same. */
    async upload(picture: Uint8Array): Promise<string | undefined> {
      try {
        const file = Buffer.from(picture);
        const answer = await client.filesUploadV2({ filename: "one-time-password.gif", file });
        return answer.files[0]?.files?.[0]?.id;
      } catch (error) {
        log.warn({ slack: slackErrorCode(error) }, "the picture of a one-time password was not uploaded");
        return undefined;
      }
    },
    async remove(fileId: string): Promise<void> {
      await client.files
        .delete({ file: fileId })
        .catch((error: unknown) =>
          log.warn({ slack: slackErrorCode(error) }, "the picture of a one-time password was not deleted"),
        );
    },
  };
}
