/**
 * The query of a call, out of parameters of which any may be absent; without any there is none. A list is sent as one
 * text, its entries apart by commas.
 */
export function queryOf(
  parameters: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
): { query?: Record<string, string> } {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? {}
    : { query: Object.fromEntries(given.map(([name, value]) => [name, String(value)])) };
}
