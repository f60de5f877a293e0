import { differenceInMilliseconds } from "date-fns/differenceInMilliseconds";
import { minutesToMilliseconds } from "date-fns/minutesToMilliseconds";
import type { Database, DatabaseClient } from "../database/connect.ts";
import { deleteEnrolment, putEnrolment, takeEnrolment } from "./enrolment-store.ts";
import { deleteFactor, findEnrolledAt, lockPerson, putFactor, takeFactor } from "./factor-store.ts";
import { judgeCode, lockAt, type CodeAnswer, type CodeRefusal } from "./judge-code.ts";
import { qrPicture } from "./qr-picture.ts";
import { sealSecret, unsealSecret, type SecretSealer } from "./sealed-secret.ts";
import { enrolmentUri, groupsOfFour, matchingStep, newSecret } from "./totp.ts";

const ENROLMENT_MILLISECONDS = minutesToMilliseconds(10);

export interface SecondFactorContext extends SecretSealer {
  database: Database;
  now(): Date;
}

/** What someone needs to set up their authenticator app. All of it tells the secret: it is shown to them alone. */
export interface Enrolment {
  /** Base32 in groups of four, to type in. */
  secretText: string;
  /** `otpauth://totp/Deadbolt:…` */
  uri: string;
  /** The same as a QR code, a GIF. */
  picture: Uint8Array;
}

export type BeginResult = { kind: "begun"; enrolment: Enrolment } | { kind: "refused"; answer: CodeRefusal };

/** What became of a first code; `expired` where no enrolment waits for one. */
export type FinishAnswer = CodeAnswer | { ok: false; reason: "expired" };

/**
 * Begins an enrolment, or begins it again with a new secret; it waits ten minutes for its first code. What is in force
 * stays so until then.
 * @param account whose password it is, as their app shows it: an e-mail address or a name
 * @param currentCode needed, and used up, where the person is enrolled already
 */
export async function beginEnrolment(
  context: SecondFactorContext,
  personId: string,
  account: string,
  currentCode?: string,
): Promise<BeginResult> {
  return inTurn(context, personId, async (client) => {
    const proof = await proveCurrent(context, client, personId, currentCode);
    if (proof !== undefined) return { kind: "refused", answer: proof };
    const secret = newSecret();
    const sealed = sealSecret(context, personId, secret);
    await putEnrolment(client, personId, { sealed, begunAt: context.now() });
    const uri = enrolmentUri(secret, account);
    return { kind: "begun", enrolment: { secretText: groupsOfFour(secret), uri, picture: qrPicture(uri) } };
  });
}

/** Ends an enrolment with its first right code, which is used up then; a wrong one leaves it waiting. */
export async function finishEnrolment(
  context: SecondFactorContext,
  personId: string,
  code: string,
): Promise<FinishAnswer> {
  return inTurn(context, personId, async (client) => {
    const at = context.now();
    const former = await takeFactor(client, personId);
    const lock = former && lockAt(former, at);
    if (lock !== undefined) return lock;
    const begun = await takeEnrolment(client, personId);
    if (begun === undefined) return { ok: false, reason: "expired" };
    if (differenceInMilliseconds(at, begun.begunAt) >= ENROLMENT_MILLISECONDS) {
      await deleteEnrolment(client, personId);
      return { ok: false, reason: "expired" };
    }
    const secret = unsealSecret(context, personId, begun.sealed);
    if (secret === undefined) return { ok: false, reason: "unreadable" };
    const lastStep = matchingStep(secret, code, at);
    if (lastStep === undefined) return { ok: false, reason: "wrong" };
    const { sealed } = begun;
    await putFactor(client, { personId, sealed, enrolledAt: at, lastStep, failures: 0, lockedUntil: null });
    await deleteEnrolment(client, personId);
    return { ok: true, enrolledAt: at };
  });
}

/** Whether a code is good now; if it is, it is used up. */
export async function verifyCode(
  context: SecondFactorContext,
  personId: string,
  code: string,
): Promise<CodeAnswer> {
  return inTurn(context, personId, (client) => verifyWithin(context, client, personId, code));
}

/** Since when the person is enrolled; undefined where they are not. */
export async function isEnrolled(context: SecondFactorContext, personId: string): Promise<Date | undefined> {
  return findEnrolledAt(context.database, personId);
}

/** Takes the person's factor away, and an enrolment that was begun; whether there was a factor. */
export async function removeEnrolment(context: SecondFactorContext, personId: string): Promise<boolean> {
  return inTurn(context, personId, async (client) => {
    await deleteEnrolment(client, personId);
    return deleteFactor(client, personId);
  });
}

/** One transaction, and no other of this person's beside it. */
function inTurn<Result>(
  context: SecondFactorContext,
  personId: string,
  work: (client: DatabaseClient) => Promise<Result>,
): Promise<Result> {
  return context.database.transaction(async (client) => {
    await lockPerson(client, personId);
    return work(client);
  });
}

/** Why an enrolled person may not replace what they have; undefined where they may, or have nothing. */
async function proveCurrent(
  context: SecondFactorContext,
  client: DatabaseClient,
  personId: string,
  currentCode: string | undefined,
): Promise<CodeRefusal | undefined> {
  // No code at all is not a wrong guess.
  if (currentCode === undefined)
    return (await takeFactor(client, personId)) === undefined ? undefined : { ok: false, reason: "wrong" };
  const answer = await verifyWithin(context, client, personId, currentCode);
  return answer.ok || answer.reason === "not_enrolled" ? undefined : answer;
}

async function verifyWithin(
  context: SecondFactorContext,
  client: DatabaseClient,
  personId: string,
  code: string,
): Promise<CodeAnswer> {
  const factor = await takeFactor(client, personId);
  if (factor === undefined) return { ok: false, reason: "not_enrolled" };
  const secret = unsealSecret(context, personId, factor.sealed);
  if (secret === undefined) return { ok: false, reason: "unreadable" };
  const { answer, history } = judgeCode(factor, secret, code, context.now());
  if (history !== factor) await putFactor(client, history);
  return answer;
}
