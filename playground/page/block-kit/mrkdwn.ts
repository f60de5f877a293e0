/** A piece of a line. Text is already unescaped. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; url: string; label: string }
  | { kind: "user" | "channel"; id: string }
  | { kind: "group"; id: string; name?: string }
  | { kind: "broadcast"; range: string }
  | { kind: "date"; seconds: number; format: string; url?: string; fallback: string }
  | { kind: "emoji"; name: string };

/** A run of lines. */
export type Part = { kind: "lines" | "quote"; inlines: Inline[] } | { kind: "preformatted"; text: string };

/** Undoes the three escapes that Slack knows. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * Reads Slack's mrkdwn. Never throws: what is no markup is text.
 * @param verbatim as in a text object: then addresses without angle brackets stay plain text
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function parseMrkdwn(text: string, verbatim = false): Part[] {
  const parts: Part[] = [];
  const pieces = text.split("```");
  for (const [index, piece] of pieces.entries()) {
    const isFence = index % 2 === 1;
    if (isFence && index < pieces.length - 1)
      parts.push({ kind: "preformatted", text: unescaped(piece.replace(/^\n|\n$/g, "")) });
    else parts.push(...readLines(isFence ? `\`\`\`${piece}` : piece, verbatim));
  }
  return parts;
}

const QUOTE = /^(?:&gt;|>) ?/;

/** Groups neighbouring lines by whether they are quoted; a line break around a quote or a fence is its own. */
function readLines(text: string, verbatim: boolean): Part[] {
  const groups: { kind: "lines" | "quote"; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const kind = QUOTE.test(line) ? "quote" : "lines";
    const last = groups.at(-1);
    const content = kind === "quote" ? line.replace(QUOTE, "") : line;
    if (last?.kind === kind) last.lines.push(content);
    else groups.push({ kind, lines: [content] });
  }
  return groups
    .filter(({ kind, lines }) => kind === "quote" || groups.length === 1 || lines.some((line) => line !== ""))
    .map(({ kind, lines }) => ({ kind, inlines: readInlines(lines.join("\n"), verbatim) }))
    .filter(({ inlines }) => inlines.length > 0);
}

const STYLES = { "*": "bold", _: "italic", "~": "strike" } as const;
/** An escaped angle bracket ends an address as a plain one does. */
const ADDRESS = /^https?:\/\/(?:(?!&[lg]t;)[^\s<>|])*(?:(?!&[lg]t;)[^\s<>|.,;:!?)\]}'"])/;
const EMOJI = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** @param outer the styles that the text stands in already; none of them can begin again inside of itself */
function readInlines(text: string, verbatim: boolean, outer = ""): Inline[] {
  const inlines: Inline[] = [];
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain !== "") inlines.push({ kind: "text", text: unescaped(plain) });
    plain = "";
  };
  const take = (inline: Inline, length: number) => {
    flush();
    inlines.push(inline);
    at += length;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const character = text[at] ?? "";
    const token = character === "<" ? /^<([^<>\n]+)>/.exec(rest) : null;
    const code = character === "`" ? /^`([^`\n]+)`/.exec(rest) : null;
    const emoji = character === ":" ? EMOJI.exec(rest) : null;
    const address = !verbatim && character === "h" && !isWord(text[at - 1]) ? ADDRESS.exec(rest) : null;
    const styled = outer.includes(character) ? undefined : styledText(text, at);
    if (token?.[1] !== undefined) take(readToken(token[1]), token[0].length);
    else if (code?.[1] !== undefined) take({ kind: "code", text: unescaped(code[1]) }, code[0].length);
    else if (emoji?.[1] !== undefined) take({ kind: "emoji", name: emoji[1] }, emoji[0].length);
    else if (address !== null)
      take({ kind: "link", url: unescaped(address[0]), label: unescaped(address[0]) }, address[0].length);
    else if (styled !== undefined)
      take(
        { kind: styled.kind, children: readInlines(styled.text, verbatim, outer + character) },
        styled.text.length + 2,
      );
    else {
      plain += character;
      at += 1;
    }
  }
  flush();
  return inlines;
}

/** The text between a style's mark here and its end, where both stand as Slack wants them. */
function styledText(text: string, at: number) {
  const mark = text[at];
  if (mark !== "*" && mark !== "_" && mark !== "~") return undefined;
  const next = text[at + 1];
  if (isWord(text[at - 1]) || next === undefined || /\s/.test(next) || next === mark) return undefined;
  for (let end = at + 2; end < text.length && text[end] !== "\n"; end++) {
    if (text[end] !== mark || /\s/.test(text[end - 1] ?? "")) continue;
    if (!isWord(text[end + 1])) return { kind: STYLES[mark], text: text.slice(at + 1, end) };
  }
  return undefined;
}

/** What stands between angle brackets. */
function readToken(token: string): Inline {
  const bar = token.indexOf("|");
  const [what, label] = bar < 0 ? [token, undefined] : [token.slice(0, bar), unescaped(token.slice(bar + 1))];
  if (/^@[UW]\w+$/.test(what)) return { kind: "user", id: what.slice(1) };
  if (/^#[CGD]\w+$/.test(what)) return { kind: "channel", id: what.slice(1) };
  if (what.startsWith("!")) return readSpecial(what.slice(1), label);
  const url = unescaped(what);
  return { kind: "link", url, label: label ?? url.replace(/^mailto:/, "") };
}

function readSpecial(what: string, label: string | undefined): Inline {
  const [command, first = "", second = "", link] = what.split("^");
  if (what === "here" || what === "channel" || what === "everyone") return { kind: "broadcast", range: what };
  if (command === "subteam" && first !== "")
    return { kind: "group", id: first, ...(label === undefined ? {} : { name: label.replace(/^@/, "") }) };
  if (command === "date" && /^\d+$/.test(first))
    return {
      kind: "date",
      seconds: Number(first),
      format: unescaped(second),
      ...(link === undefined ? {} : { url: unescaped(link) }),
      fallback: label ?? first,
    };
  return { kind: "text", text: label ?? `<!${unescaped(what)}>` };
}
