/** One thing that can be chosen. */
export interface MenuOption {
  value: string;
  label: string;
  /** Said below the label, in smaller print. */
  detail?: string;
  /** The heading that it stands under. */
  group?: string;
}

function comparable(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The options in which every word of a query occurs, whatever its case and accents. */
export function matching(options: readonly MenuOption[], query: string): MenuOption[] {
  const words = comparable(query).split(/\s+/);
  return options.filter(({ label, detail = "", group = "" }) => {
    const text = comparable(`${label} ${detail} ${group}`);
    return words.every((word) => text.includes(word));
  });
}

/** Neighbours under one heading, together. */
export function grouped(options: readonly MenuOption[]): { group?: string; options: MenuOption[] }[] {
  const groups: { group?: string; options: MenuOption[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last.group === option.group) last.options.push(option);
    else groups.push({ group: option.group, options: [option] });
  }
  return groups;
}
