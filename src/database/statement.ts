/** One SQL statement with its values, to be sent by itself or together with others. */
export interface Statement {
  text: string;
  values: readonly unknown[];
}

/**
 * One statement of several that change different rows, none of which looks at what another one does: they travel once,
 * wait for the disk once, and all or none of them take hold.
 * @param parts changes of rows, whose answers nobody needs
 * @param last its rows are the answer
 */
export function together(parts: readonly Statement[], last: Statement): Statement {
  const values: unknown[] = [];
  const placed = ({ text, values: own }: Statement): string => {
    const before = values.length;
    values.push(...own);
    return text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${before + Number(number)}`);
  };
  const changes = parts.map((part, index) => `part${index} as (${placed(part)})`);
  const answer = placed(last);
  return { text: changes.length === 0 ? answer : `with ${changes.join(", ")} ${answer}`, values };
}
