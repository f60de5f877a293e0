import { vendorAnswersPage } from "../connectors/vendor-answers-page.ts";
import type { Command } from "./command.ts";
import { noMoreWords } from "./options.ts";

/** `docs answers`: the page of what vendors answer and what to do about it, as Markdown. */
export const documentAnswers: Command = (_environment, words) => {
  noMoreWords(words);
  return Promise.resolve({ text: vendorAnswersPage(), code: 0 });
};
