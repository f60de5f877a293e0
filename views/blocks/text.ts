import { OPERATOR } from "../../src/audit/event.ts";
import { getUnixTime } from "date-fns/getUnixTime";
import type { MrkdwnElement, PlainTextElement } from "@slack/types";

/** Control and format characters, line breaks excepted: they reorder or hide text. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Makes text that a person or a vendor wrote safe to stand inside mrkdwn: no mentions, no links, no control or
 * direction-changing characters.
 */
export function escapeText(text: string): string {
  return text.replace(INVISIBLE, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text of ours in which people stand by their Slack ids, as `<@U…>`: they become mentions, all else is escaped. */
export function escapeAroundPeople(text: string): string {
  return escapeText(text).replaceAll(/&lt;@([UW][A-Z0-9]+)&gt;/g, "<@$1>");
}

/** Marks that would make text bold, or a code of an emoji. */
const MARK = /^[*_~`:]$/;
const MARKS = /[*_~`]|:(?=[a-z0-9_+'-]+:)/g;

/**
 * The same for a value that must look like nothing but a value, next to words of ours: formatting and emoji in it
 * stay plain, by a character that is not seen.
 */
export function escapeValue(text: string): string {
  return escapeText(text.replaceAll(/\s+/g, " ")).replaceAll(MARKS, "$&\u200B");
}

/**
 * The same for what someone typed, with its lines kept: every line but the first is a quotation, so that none of it
 * looks like a line of ours.
 */
export function escapeTyped(text: string): string {
  return text
    .trim()
    .split(/[\r\n\u2028\u2029]+/)
    .map(escapeValue)
    .join("\n> ");
}

/** Escaped text of at most `length` characters; nothing is cut inside an escape. */
export function escapeWithin(text: string, length: number): string {
  return cutEscaped(escapeText(text), Array.from(text, escapeText), length);
}

/** The same for a value, as `escapeValue` escapes it. */
export function escapeValueWithin(text: string, length: number): string {
  const characters = Array.from(text.replaceAll(/\s+/g, " "), (character) =>
    MARK.test(character) ? `${character}\u200B` : escapeText(character),
  );
  return cutEscaped(escapeValue(text), characters, length);
}

function cutEscaped(whole: string, characters: readonly string[], length: number): string {
  if (whole.length <= length) return whole;
  let kept = "";
  for (const character of characters) {
    if (kept.length + character.length > length - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Cuts to at most `length` characters, with an ellipsis where something was cut. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  // Half a surrogate pair is no character.
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}

/** What a cut may leave of an escape, a mention, a link or a date: Slack would show it as it is. */
const HALF_MARKUP = /(?:&[a-z]*|<[^>]*)…$/;

/** The same for text that is mrkdwn already; nothing is cut inside an escape, a mention, a link or a date. */
export function cutMrkdwn(text: string, length: number): string {
  return text.length <= length ? text : cut(text, length).replace(HALF_MARKUP, "…");
}

/** A plain_text object, cut to what Slack accepts at that place. */
export function plain(text: string, length = 3_000): PlainTextElement {
  return { type: "plain_text", text: cut(text.replace(INVISIBLE, ""), length), emoji: true };
}

/** A mrkdwn object; whatever came from outside must have gone through `escapeText` before. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: "mrkdwn", text: cutMrkdwn(text, 3_000), verbatim: true };
}

/** A Slack user as a mention. Only for ids that Slack gave us. */
export function mention(userId: string): string {
  return userId === OPERATOR ? "the operator of Deadbolt" : `<@${userId}>`;
}

/** A link to a request's message, to stand after what it is about; nothing where it is not posted yet. */
export function messageLink(link: string | undefined): string {
  return link === undefined ? "" : ` (<${link}|open>)`;
}

/** A moment in the reader's own time zone, with a UTC text for places without Slack's date tokens. */
export function moment(at: Date): string {
  return `<!date^${getUnixTime(at)}^{date_short_pretty} at {time_secs}|${at.toISOString()}>`;
}
