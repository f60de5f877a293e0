import type { ComponentChildren } from "preact";
import type { RichTextBlock, RichTextBlockElement, RichTextElement } from "@slack/types";
import { Emoji } from "../emoji.tsx";
import { BroadcastMention, ChannelMention, GroupMention, UserMention } from "../mentions.tsx";
import { SafeLink } from "../safe-link.tsx";
import { DateToken } from "../text.tsx";
import "./display.css";

/** Text with its formatting as data: sections, lists, quotes and preformatted text. */
export function RichText({ block }: { block: Pick<RichTextBlock, "elements"> }) {
  return (
    <div class="bk-rich">
      {block.elements.map((part, index) => (
        <RichPart key={index} part={part} />
      ))}
    </div>
  );
}

function RichPart({ part }: { part: RichTextBlockElement }) {
  switch (part.type) {
    case "rich_text_list":
      return <RichList list={part} />;
    case "rich_text_quote":
      return <blockquote class={`bk-quote ${bordered(part)}`}>{inlines(part.elements)}</blockquote>;
    case "rich_text_preformatted":
      return <pre class={`bk-preformatted ${bordered(part)}`}>{inlines(part.elements)}</pre>;
    default:
      return <p>{inlines(part.elements)}</p>;
  }
}

const DEEPEST = 8;

/** A piece with a border is shown as one that is quoted. */
function bordered({ border }: { border?: 0 | 1 }): string {
  return border === 1 ? "bk-bordered" : "";
}

function RichList({ list }: { list: Extract<RichTextBlockElement, { type: "rich_text_list" }> }) {
  const { offset } = list as { offset?: number };
  const depth = Math.min(DEEPEST, Math.max(0, list.indent ?? 0));
  const items = list.elements.map((item, index) => <li key={index}>{inlines(item.elements)}</li>);
  const look = `bk-list bk-indent-${depth} bk-marks-${depth % 3} ${bordered(list)}`;
  return list.style === "ordered" ? (
    <ol class={look} start={(offset ?? 0) + 1}>
      {items}
    </ol>
  ) : (
    <ul class={look}>{items}</ul>
  );
}

function inlines(elements: readonly RichTextElement[]): ComponentChildren {
  return elements.map((element, index) => <RichInline key={index} element={element} />);
}

const STYLE_TAGS = [
  ["code", "code"],
  ["strike", "s"],
  ["underline", "u"],
  ["italic", "em"],
  ["bold", "strong"],
  ["highlight", "mark"],
] as const;

function RichInline({ element }: { element: RichTextElement }) {
  const styles = (element.style ?? {}) as Partial<Record<string, boolean>>;
  let shown: ComponentChildren = plainInline(element);
  for (const [style, Tag] of STYLE_TAGS)
    if (styles[style] === true) shown = <Tag class={style === "code" ? "bk-code" : undefined}>{shown}</Tag>;
  return <>{shown}</>;
}

function plainInline(element: RichTextElement): ComponentChildren {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return <SafeLink url={element.url}>{element.text ?? element.url}</SafeLink>;
    case "emoji":
      return <Emoji name={element.name} />;
    case "user":
      return <UserMention id={element.user_id} />;
    case "channel":
      return <ChannelMention id={element.channel_id} />;
    case "usergroup":
      return <GroupMention id={element.usergroup_id} />;
    case "team":
      return <GroupMention id={element.team_id} />;
    case "broadcast":
      return <BroadcastMention range={element.range} />;
    case "color":
      return (
        <span class="bk-color">
          <ColourSign colour={element.value} /> {element.value}
        </span>
      );
    case "date":
      return (
        <DateToken
          seconds={element.timestamp}
          format={element.format}
          fallback={element.fallback ?? String(element.timestamp)}
          url={element.url}
        />
      );
    default:
      return `(${(element as { type: string }).type})`;
  }
}

function ColourSign({ colour }: { colour: string }) {
  const known = /^#[0-9a-f]{3,8}$/i.test(colour) ? colour : "transparent";
  return <span class="bk-colour-sign" aria-hidden="true" style={{ background: known }} />;
}
