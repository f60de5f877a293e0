import { sendOnce } from "../http-attempt.ts";

/** The longest answer that is read: the members of every user group of a large workspace. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Slack's clients have shorter limits of their own, which come as a signal. */
const LONGEST_MILLISECONDS = 60_000;

/**
 * What Slack's client sends its calls by, in place of `fetch`, which costs a multiple of the processor time. Files go by
 * `fetch` as before. Redirects are not followed: an answer that is one counts as the fault that it is.
 * @throws TypeError with the reason where no answer came, and the reason of the signal when it aborts first
 */
export const lightFetch: typeof fetch = async (input, init = {}) => {
  const { method = "GET", headers, body, signal } = init;
  if (typeof input !== "string" || typeof body !== "string") return fetch(input, init);
  const result = await sendOnce(
    {
      method,
      url: new URL(input),
      headers: { ...(headers as Record<string, string>), "accept-encoding": "identity" },
      body,
    },
    {
      needsBody: true,
      limits: { timeout: LONGEST_MILLISECONDS, maxBodyBytes: MOST_BYTES },
      signal: signal ?? undefined,
    },
  );
  signal?.throwIfAborted();
  if (result.kind !== "answer") throw new TypeError(`no answer: ${result.reason}`);
  const { status, text, headers: told } = result;
  const named = Object.entries(told).flatMap(([name, value]): [string, string][] =>
    [value ?? []].flat().map((one) => [name, one]),
  );
  // A status without a body refuses even an empty one.
  return new Response(text === "" ? null : text, { status, headers: named });
};
