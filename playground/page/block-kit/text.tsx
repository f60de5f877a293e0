import type { ComponentChildren } from "preact";
import type { TextObject as SlackText } from "@slack/types";
import { useBlockContext } from "./context.ts";
import { dateText } from "./date-token.ts";
import { Emoji } from "./emoji.tsx";
import { BroadcastMention, ChannelMention, GroupMention, UserMention } from "./mentions.tsx";
import { parseMrkdwn, type Inline, type Part } from "./mrkdwn.ts";
import { SafeLink } from "./safe-link.tsx";

/** A text object as Slack shows it: `plain_text` as it is but for its emoji, `mrkdwn` with its markup. */
export function TextObject({ text }: { text: SlackText }) {
  if (text.type === "mrkdwn") return <Mrkdwn text={text.text} verbatim={text.verbatim === true} />;
  return <span class="bk-text">{text.emoji === false ? text.text : withEmoji(text.text)}</span>;
}

/** Text in Slack's mrkdwn. */
function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const parts = parseMrkdwn(text, verbatim);
  return (
    <span class="bk-text">
      {parts.map((part, index) => (
        <MrkdwnPart key={index} part={part} />
      ))}
    </span>
  );
}

function withEmoji(text: string): ComponentChildren {
  return text
    .split(/:([a-z0-9_+'-]+):/)
    .map((piece, index) => (index % 2 === 1 ? <Emoji key={index} name={piece} /> : piece));
}

function MrkdwnPart({ part }: { part: Part }) {
  if (part.kind === "preformatted") return <code class="bk-preformatted">{part.text}</code>;
  return <span class={part.kind === "quote" ? "bk-quote" : "bk-lines"}>{inlines(part.inlines)}</span>;
}

function inlines(pieces: readonly Inline[]): ComponentChildren {
  return pieces.map((inline, index) => <MrkdwnInline key={index} inline={inline} />);
}

function MrkdwnInline({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case "text":
      return <>{inline.text}</>;
    case "bold":
      return <strong>{inlines(inline.children)}</strong>;
    case "italic":
      return <em>{inlines(inline.children)}</em>;
    case "strike":
      return <s>{inlines(inline.children)}</s>;
    case "code":
      return <code class="bk-code">{inline.text}</code>;
    case "link":
      return <SafeLink url={inline.url}>{inline.label}</SafeLink>;
    case "user":
      return <UserMention id={inline.id} />;
    case "channel":
      return <ChannelMention id={inline.id} />;
    case "group":
      return <GroupMention id={inline.id} name={inline.name} />;
    case "broadcast":
      return <BroadcastMention range={inline.range} />;
    case "emoji":
      return <Emoji name={inline.name} />;
    default:
      return <DateToken {...inline} />;
  }
}

/** A moment in the reader's time zone, as a `<time>` with the whole of it for machines. */
export function DateToken(token: { seconds: number; format: string; fallback: string; url?: string }) {
  const { timeZone } = useBlockContext();
  const text = dateText(token.seconds, token.format, token.fallback, timeZone, new Date());
  const moment = new Date(token.seconds * 1_000);
  const time = <time dateTime={Number.isNaN(moment.getTime()) ? "" : moment.toISOString()}>{text}</time>;
  return token.url === undefined ? time : <SafeLink url={token.url}>{time}</SafeLink>;
}
