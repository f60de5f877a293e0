import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMrkdwn, type Inline, type Part } from "../../playground/page/block-kit/mrkdwn.ts";

const inlines = (text: string, verbatim = true): Inline[] =>
  parseMrkdwn(text, verbatim).flatMap((part) => (part.kind === "preformatted" ? [] : part.inlines));

function shown(parts: readonly Part[]): string {
  const of = (inline: Inline): string => {
    switch (inline.kind) {
      case "bold":
      case "italic":
      case "strike":
        return inline.children.map(of).join("");
      case "text":
      case "code":
        return inline.text;
      default:
        return "";
    }
  };
  return parts
    .map((part) => (part.kind === "preformatted" ? part.text : part.inlines.map(of).join("")))
    .join("");
}

describe("mrkdwn", () => {
  it.each<[string, Inline[]]>([
    ["plain", [{ kind: "text", text: "plain" }]],
    ["*bold*", [{ kind: "bold", children: [{ kind: "text", text: "bold" }] }]],
    ["_it_", [{ kind: "italic", children: [{ kind: "text", text: "it" }] }]],
    ["~no~", [{ kind: "strike", children: [{ kind: "text", text: "no" }] }]],
    [
      "*_both_*",
      [{ kind: "bold", children: [{ kind: "italic", children: [{ kind: "text", text: "both" }] }] }],
    ],
    ["`*as it is*`", [{ kind: "code", text: "*as it is*" }]],
    ["snake_case_name", [{ kind: "text", text: "snake_case_name" }]],
    ["2 * 3 * 4", [{ kind: "text", text: "2 * 3 * 4" }]],
    ["*open", [{ kind: "text", text: "*open" }]],
    ["a &lt;b&gt; &amp;amp; c", [{ kind: "text", text: "a <b> &amp; c" }]],
    ["<@U0SAM>", [{ kind: "user", id: "U0SAM" }]],
    ["<@U0SAM|sam>", [{ kind: "user", id: "U0SAM" }]],
    ["<#C0IT|it>", [{ kind: "channel", id: "C0IT" }]],
    ["<!subteam^S0IT|@it>", [{ kind: "group", id: "S0IT", name: "it" }]],
    ["<!here>", [{ kind: "broadcast", range: "here" }]],
    ["<!nonsense>", [{ kind: "text", text: "<!nonsense>" }]],
    [":warning:", [{ kind: "emoji", name: "warning" }]],
    [
      "10:20:30",
      [
        { kind: "text", text: "10" },
        { kind: "emoji", name: "20" },
        { kind: "text", text: "30" },
      ],
    ],
    [
      "<https://a.example/?a=1&amp;b=2|here>",
      [{ kind: "link", url: "https://a.example/?a=1&b=2", label: "here" }],
    ],
    ["<mailto:sam@a.example>", [{ kind: "link", url: "mailto:sam@a.example", label: "sam@a.example" }]],
    [
      "<!date^1769000000^{date}^https://a.example|then>",
      [
        {
          kind: "date",
          seconds: 1_769_000_000,
          format: "{date}",
          url: "https://a.example",
          fallback: "then",
        },
      ],
    ],
  ])("reads %s", (text, expected) => {
    expect(inlines(text)).toEqual(expected);
  });

  it("links bare addresses only where the text is not verbatim, without the full stop after them", () => {
    const text = "See https://a.example/b. Now";
    expect(inlines(text, true)).toEqual([{ kind: "text", text }]);
    expect(inlines(text, false)).toEqual([
      { kind: "text", text: "See " },
      { kind: "link", url: "https://a.example/b", label: "https://a.example/b" },
      { kind: "text", text: ". Now" },
    ]);
  });

  it("ends a bare address at an escaped angle bracket", () => {
    expect(inlines("&lt;b&gt;https://a.example/?a=1&amp;b=2&lt;/b&gt;", false)).toEqual([
      { kind: "text", text: "<b>" },
      { kind: "link", url: "https://a.example/?a=1&b=2", label: "https://a.example/?a=1&b=2" },
      { kind: "text", text: "</b>" },
    ]);
  });

  it("keeps quotes and fences apart from the lines around them", () => {
    expect(parseMrkdwn("before\n&gt; quoted\n&gt; twice\nafter\n```\n*code*\n```", true)).toEqual([
      { kind: "lines", inlines: [{ kind: "text", text: "before" }] },
      { kind: "quote", inlines: [{ kind: "text", text: "quoted\ntwice" }] },
      { kind: "lines", inlines: [{ kind: "text", text: "after\n" }] },
      { kind: "preformatted", text: "*code*" },
    ]);
  });

  it("takes a fence that is never closed for text", () => {
    expect(shown(parseMrkdwn("a ```b", true))).toBe("a ```b");
  });

  it("never throws, and loses no letter of what was written", () => {
    const piece = fc.constantFrom(
      "*",
      "_",
      "~",
      "`",
      "```",
      "<",
      ">",
      "&gt;",
      "\n",
      " ",
      "a",
      ":",
      "|",
      "@U1",
      "!here",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        expect(() => parseMrkdwn(text)).not.toThrow();
        const letters = text.replaceAll(/[^b-z]/g, "");
        const plain = text.includes("<") || text.includes(":") || text.includes("&") ? undefined : letters;
        if (plain !== undefined) expect(shown(parseMrkdwn(text, true)).replaceAll(/[^b-z]/g, "")).toBe(plain);
      }),
    );
  });

  it("does not grow slow with what somebody may paste", () => {
    const text = "*_~".repeat(1_000);
    expect(parseMrkdwn(text, true)).toHaveLength(1);
  });
});
