import fc from "fast-check";
import { expect, test } from "vitest";
import type { PageCommand, PagePerson } from "../../playground/page-api.ts";
import { parseCommand, suggestionsFor } from "../../playground/page/workspace/completion.ts";

const commands: PageCommand[] = [
  { command: "/zoom-offboard", usage: "[@person or e-mail]", description: "Take a person out of Zoom" },
  { command: "/deadbolt", usage: "[help | requests]", description: "Help" },
];
const person = (name: string, realName: string, isApp = false): PagePerson => ({
  id: `U0${name.toUpperCase()}`,
  name,
  realName,
  role: "",
  timeZone: "UTC",
  isApp,
  canBe: !isApp,
});
const people = [
  person("sam", "Sam Rivers"),
  person("riley", "Riley Park"),
  person("deadbolt", "Deadbolt", true),
];
const texts = (text: string) => suggestionsFor(text, commands, people).map((one) => one.text);

test("a slash at the beginning offers the commands, and letters narrow them down", () => {
  expect(texts("/")).toEqual(["/zoom-offboard ", "/deadbolt "]);
  expect(texts("/ZO")).toEqual(["/zoom-offboard "]);
  expect(texts("say /zo")).toEqual([]);
});

test("an @ offers people by handle and by any of their names, but not the app", () => {
  expect(texts("/zoom-offboard @")).toEqual(["/zoom-offboard @sam ", "/zoom-offboard @riley "]);
  expect(texts("ask @par")).toEqual(["ask @riley "]);
  expect(texts("@r")).toEqual(["@sam ", "@riley "]);
  expect(texts("mail@r")).toEqual([]);
});

test("what is taken stays in front, and offers nothing more", () => {
  fc.assert(
    fc.property(fc.string(), (before) => {
      for (const text of texts(`${before} @sa`)) {
        expect(text.startsWith(`${before} @`)).toBe(true);
        expect(texts(text)).toEqual([]);
      }
    }),
  );
});

test("a command is parted from its text; ordinary words, also about paths, are none", () => {
  expect(parseCommand("/Zoom-Offboard  @sam now ")).toEqual({ command: "/zoom-offboard", text: "@sam now" });
  expect(parseCommand("/deadbolt")).toEqual({ command: "/deadbolt", text: "" });
  expect(parseCommand("see /tmp/file")).toBeUndefined();
  expect(parseCommand("/tmp/file")).toBeUndefined();
});
