import { encodeQR } from "qr";

/** Light modules around the code, without which scanners do not find it (ISO/IEC 18004, 5.3.8). */
const QUIET_MODULES = 4;
const PIXELS_A_MODULE = 6;

/** A text as a QR code, in a GIF of two colours. */
export function qrPicture(text: string): Uint8Array {
  return encodeQR(text, "gif", { ecc: "medium", border: QUIET_MODULES, scale: PIXELS_A_MODULE });
}
