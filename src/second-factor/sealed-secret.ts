/** Seals secrets at rest; `unseal` is undefined for what was sealed otherwise. */
export interface SecretSealer {
  seal(text: string): string;
  unseal(sealed: string): string | undefined;
}

/** A secret sealed together with whose it is, so that one copied to another person's row opens nothing. */
export function sealSecret(sealer: SecretSealer, personId: string, secret: string): string {
  return sealer.seal(JSON.stringify([personId, secret]));
}

/** The secret again, or undefined where it cannot be read or was someone else's. */
export function unsealSecret(sealer: SecretSealer, personId: string, sealed: string): string | undefined {
  const text = sealer.unseal(sealed);
  if (text === undefined) return undefined;
  const [owner, secret] = JSON.parse(text) as [string, string];
  return owner === personId ? secret : undefined;
}
