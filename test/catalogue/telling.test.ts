import { expect, test } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import { withoutTelling } from "../../src/catalogue/telling.ts";
import { answerFiles } from "../../views/operation/answer-file.ts";
import { answerLines, answerMeta } from "../../views/operation/answer-lines.ts";

const user = {
  id: "z1",
  pic_url: "https://zoom.us/p/v2/abc/picture.jpg?type=1&sig=SIGNED#SIGNED",
  groups: [{ avatar_url: "https://zoom.us/a.png?sig=SIGNED" }],
  job_title: "Who? Me#1",
};

test("a picture's address is kept without its query", () => {
  expect(withoutTelling(user)).toEqual({
    id: "z1",
    pic_url: "https://zoom.us/p/v2/abc/picture.jpg",
    groups: [{ avatar_url: "https://zoom.us/a.png" }],
    job_title: "Who? Me#1",
  });
});

test("and shown without it, in a window and in a file", () => {
  const operation = findOperation("zoom.user.get");
  const shown = JSON.stringify(answerLines(user, answerMeta(operation)));
  expect(shown).toContain("https://zoom.us/p/v2/abc/picture.jpg");
  expect(shown).not.toContain("SIGNED");
  expect(JSON.stringify(answerFiles(operation, user))).not.toContain("SIGNED");
});
