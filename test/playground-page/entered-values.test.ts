import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_TYPES, heldFields } from "../../playground/page/block-kit/elements/held-fields.ts";
import { heldValues, richTextWords } from "../../playground/page/block-kit/elements/held.ts";
import { lengthNote } from "../../playground/page/block-kit/elements/length-note.ts";
import { grouped, matching } from "../../playground/page/block-kit/elements/match-options.ts";
import { fromWallTime, toWallTime } from "../../playground/page/block-kit/elements/zoned-time.ts";
import { elementKind } from "../../playground/slack/element-kinds.ts";
import { INPUTS } from "../../playground/slack/element-rules.ts";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];

describe("a moment on the clocks of a time zone", () => {
  test("is the same moment again when it is read back", () => {
    const minutes = fc.integer({ min: 16_666_667, max: 66_666_666 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONES), (minute, zone) => {
        const wall = toWallTime(minute * 60, zone);
        const back = fromWallTime(wall, zone);
        expect(toWallTime(back ?? 0, zone)).toBe(wall);
        // An hour that comes twice is read as its first.
        expect([0, 1_800, 3_600]).toContain(minute * 60 - (back ?? 0));
      }),
    );
  });

  test("stands where that zone has it, in summer and in winter", () => {
    expect(toWallTime(1_782_000_000, "Europe/Berlin")).toBe("2026-06-21T02:00");
    expect(fromWallTime("2026-01-21T01:00", "Europe/Berlin")).toBe(1_768_953_600);
  });

  test("moves on where the clocks skip it, and is the first where they show it twice", () => {
    expect(fromWallTime("2026-03-29T02:30", "Europe/Berlin")).toBe(
      fromWallTime("2026-03-29T03:30", "Europe/Berlin"),
    );
    expect(fromWallTime("2026-10-25T02:30", "Europe/Berlin")).toBe(Date.parse("2026-10-25T00:30Z") / 1_000);
  });

  test("is none when the field holds none", () => {
    expect(fromWallTime("", "UTC")).toBeUndefined();
    expect(fromWallTime("2026-13-01T00:00", "UTC")).toBeUndefined();
  });
});

describe("what an element holds", () => {
  const select = { type: "static_select", action_id: "a", initial_option: { value: "preset" } };

  test("is what the view's state says, even when that is nothing", () => {
    expect(heldValues(select, "b", { b: { a: { type: "static_select", selected_option: null } } })).toEqual(
      [],
    );
    expect(
      heldValues(select, "b", { b: { a: { type: "static_select", selected_option: { value: "held" } } } }),
    ).toEqual(["held"]);
  });

  test("is what the app preset where there is no state", () => {
    expect(heldValues(select, "b", undefined)).toEqual(["preset"]);
  });

  test.each([
    [{ type: "plain_text_input", initial_value: "text" }, ["text"]],
    [{ type: "number_input", initial_value: "12" }, ["12"]],
    [{ type: "multi_users_select", initial_users: ["U1", "U2"] }, ["U1", "U2"]],
    [{ type: "checkboxes", initial_options: [{ value: "x" }, { value: "y" }] }, ["x", "y"]],
    [{ type: "datetimepicker", initial_date_time: 1_795_000_000 }, ["1795000000"]],
    [{ type: "button", value: "no field" }, []],
  ])("is entered as the simulator takes it: %j", (element, values) => {
    expect(heldValues({ ...element, action_id: "a" }, "b", undefined)).toEqual(values);
  });

  test("stands where the simulator puts it, for every element that an input block may hold", () => {
    expect(FIELD_TYPES.toSorted()).toEqual(Object.keys(INPUTS).toSorted());
    for (const type of FIELD_TYPES) {
      const kind = elementKind(type);
      expect(heldFields(type)).toEqual({ held: kind?.field, preset: kind?.preset });
    }
  });

  test("is plain words for a rich text, one line for each section", () => {
    const section = (...elements: { type: string; [key: string]: string }[]) => ({
      type: "rich_text_section",
      elements,
    });
    const words = richTextWords({
      type: "rich_text",
      elements: [
        section(
          { type: "text", text: "Ask " },
          { type: "user", user_id: "U1" },
          { type: "emoji", name: "wave" },
        ),
        {
          type: "rich_text_list",
          elements: [
            section({ type: "text", text: "one" }),
            section({ type: "link", url: "https://a.example" }),
          ],
        },
      ],
    });
    expect(words).toBe("Ask <@U1>:wave:\none\nhttps://a.example");
  });
});

describe("the list of a menu", () => {
  const people = [
    { value: "U1", label: "Riley Park", detail: "@riley" },
    { value: "U2", label: "Alex Müller", detail: "@alex" },
    { value: "U3", label: "Sam Rivers", detail: "@sam", group: "Guests" },
  ];
  const found = (query: string) => matching(people, query).map(({ value }) => value);

  test("narrows down by every word, in any order, whatever the case and the accents", () => {
    expect(found("MULLER alex")).toEqual(["U2"]);
    expect(found("ri")).toEqual(["U1", "U3"]);
    expect(found("@sam")).toEqual(["U3"]);
    expect(found("guests")).toEqual(["U3"]);
    expect(found("  ")).toEqual(["U1", "U2", "U3"]);
    expect(found("nobody")).toEqual([]);
  });

  test("keeps every option and their order when it is put under headings", () => {
    const option = fc.record({
      value: fc.string(),
      label: fc.string(),
      group: fc.constantFrom("A", "B"),
    });
    fc.assert(
      fc.property(fc.array(option), (options) => {
        const groups = grouped(options);
        expect(groups.flatMap((group) => group.options)).toEqual(options);
        for (const [index, { group }] of groups.entries()) expect(group).not.toBe(groups[index + 1]?.group);
      }),
    );
  });
});

describe("what is said of a text's length", () => {
  test("is nothing while there is room, and how much is left near the end", () => {
    expect(lengthNote(0, 5, 100)).toBe("");
    expect(lengthNote(50, 5, 100)).toBe("");
    expect(lengthNote(90, 5, 100)).toBe("10 characters left");
    expect(lengthNote(99, 5, 100)).toBe("1 character left");
    expect(lengthNote(2_899, 0, 3_000)).toBe("");
    expect(lengthNote(2_900, 0, 3_000)).toBe("100 characters left");
  });

  test("is what is too many or missing, exactly when the form would refuse the text", () => {
    expect(lengthNote(103, 5, 100)).toBe("3 characters too many");
    expect(lengthNote(4, 5, 100)).toBe("1 character more needed");
    fc.assert(
      fc.property(fc.nat(200), fc.nat(50), fc.integer({ min: 50, max: 150 }), (length, min, max) => {
        const isRefused = length > 0 && (length < min || length > max);
        expect(/many|needed/.test(lengthNote(length, min, max))).toBe(isRefused);
      }),
    );
  });
});
