import { generateKeyPairSync, sign } from "node:crypto";

/** One value of ASN.1's, in DER. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value));
const fromHex = (hex: string): Buffer => Buffer.from(hex, "hex");

const ecdsaWithSha256 = sequence(fromHex("06082a8648ce3d040302"));
const commonName = fromHex("0603550403");
const subjectAlternativeName = fromHex("0603551d11");

/** A key and a certificate that nobody else has signed, for the address 127.0.0.1 or for another name. */
export function signOneself(host: "127.0.0.1" | "elsewhere.example"): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(commonName, text(0x0c, "a test's vendor"))));
  const year = new Date().getUTCFullYear();
  const validity = sequence(text(0x18, `${year - 1}0101000000Z`), text(0x18, `${year + 1}0101000000Z`));
  const address = host === "127.0.0.1" ? der(0x87, Buffer.from([127, 0, 0, 1])) : text(0x82, host);
  const extensions = sequence(sequence(subjectAlternativeName, der(0x04, sequence(address))));
  const toBeSigned = sequence(
    der(0xa0, fromHex("020102")),
    fromHex("020101"),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", toBeSigned, privateKey));
  const certificate = sequence(toBeSigned, ecdsaWithSha256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
  };
}
