import { inputFields, type InputField } from "./input-fields.ts";
import type { Operation } from "./operation.ts";

/** Where a parameter comes from, in the order in which a page lists them. */
const SOURCES = {
  form: "Entered in the form",
  known: "Filled in from the person and the settings",
  pages: "Set while the pages of an answer are read",
} as const;

function sourceOf({ meta }: InputField): keyof typeof SOURCES | undefined {
  if (meta.notAsked !== undefined) return undefined;
  if (meta.paging) return "pages";
  return meta.fill === undefined ? "form" : "known";
}

/** Where each parameter of an operation is entered, or why no form asks for it, as lines of a Markdown list. */
export function parametersLines(operation: Pick<Operation, "input">): string[] {
  const all = inputFields(operation);
  const fields = all.filter(({ path }) => !all.some((other) => other.path.startsWith(`${path}.`)));
  const named = (some: readonly InputField[]) => some.map(({ path }) => `\`${path}\``).join(", ");
  const asked = (Object.keys(SOURCES) as (keyof typeof SOURCES)[]).flatMap((source) => {
    const own = fields.filter((field) => sourceOf(field) === source);
    return own.length === 0 ? [] : [`- ${SOURCES[source]}: ${named(own)}`];
  });
  const notAsked = fields.flatMap(({ path, meta }) =>
    meta.notAsked === undefined ? [] : [`- In no form: \`${path}\`. ${meta.notAsked}`],
  );
  return [...asked, ...notAsked];
}
