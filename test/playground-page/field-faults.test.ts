import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../playground/page-api.ts";
import { fieldFaults, type Entries } from "../../playground/page/workspace/field-faults.ts";

type Held = Record<string, { [key: string]: Json }>;

/** What the form says about one field. */
function faultOf(
  element: { [key: string]: Json },
  entries: Entries,
  { optional = false, held = {} }: { optional?: boolean; held?: Held } = {},
): string | undefined {
  const block = { type: "input", block_id: "field", optional, element: { ...element, action_id: "value" } };
  return fieldFaults({ blocks: [block], state: { field: held } }, entries)["field"];
}

const typed = (value: string | undefined): Entries => ({ field: { value } });

test("a field that must be filled in says so when it is empty, whether nothing was typed or all was taken out", () => {
  const text = { type: "plain_text_input" };
  const held = { value: { type: "plain_text_input", value: "before" } };
  expect(faultOf(text, {})).toBe("Fill in this field.");
  expect(faultOf(text, typed(undefined))).toBe("Fill in this field.");
  expect(faultOf(text, {}, { held })).toBeUndefined();
  expect(faultOf(text, typed(""), { held })).toBe("Fill in this field.");
  expect(faultOf(text, typed(""), { held, optional: true })).toBeUndefined();
});

test("what an app chose beforehand counts as filled in", () => {
  const held = { value: { type: "users_select", selected_user: "U0SAM" } };
  expect(faultOf({ type: "users_select" }, {}, { held })).toBeUndefined();
  const none = { value: { type: "checkboxes", selected_options: [] } };
  expect(faultOf({ type: "checkboxes" }, {}, { held: none })).toBe("Fill in this field.");
});

test("e-mails, links, numbers and lengths are held to what Slack's form takes", () => {
  expect(faultOf({ type: "email_text_input" }, typed("sam"))).toContain("e-mail");
  expect(faultOf({ type: "email_text_input" }, typed("sam@northwind.example"))).toBeUndefined();
  expect(faultOf({ type: "url_text_input" }, typed("ticket 4711"))).toContain("https://");
  expect(faultOf({ type: "url_text_input" }, typed("https://tickets.example/1"))).toBeUndefined();
  expect(faultOf({ type: "number_input", is_decimal_allowed: false }, typed("1.5"))).toBe("Enter a number.");
  expect(faultOf({ type: "number_input", is_decimal_allowed: true }, typed("1.5"))).toBeUndefined();
  expect(faultOf({ type: "plain_text_input", min_length: 3 }, typed("ab"))).toContain("at least 3");
});

test("a number is refused exactly when it lies outside of its limits", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer(), (value, one, other) => {
      const [least, most] = [Math.min(one, other), Math.max(one, other)];
      const element = { type: "number_input", min_value: String(least), max_value: String(most) };
      expect(faultOf(element, typed(String(value))) === undefined).toBe(value >= least && value <= most);
    }),
  );
});
