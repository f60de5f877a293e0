function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether what Zoom shows has everything that was asked for: each field of it, exactly. What else Zoom shows is no
 * matter. Lists of words or numbers have the same ones in any order; lists of objects match one by one.
 */
export function isShown(shown: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (isRecord(wanted))
    return (
      isRecord(shown) &&
      Object.entries(wanted).every(([name, value]) => isShown(ownValue(shown, name), value))
    );
  if (!Array.isArray(wanted)) return shown === wanted;
  if (!Array.isArray(shown) || shown.length !== wanted.length) return false;
  if (wanted.some(isRecord)) return wanted.every((one, index) => isShown(shown[index], one));
  return wanted.every((one) => shown.includes(one)) && shown.every((one) => wanted.includes(one));
}

function ownValue(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
