import { z } from "zod";
import type { FormFile } from "./operation.ts";

export type ImageType = "image/jpeg" | "image/png" | "image/gif";

const extensions: Record<ImageType, readonly [string, ...string[]]> = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/gif": ["gif"],
};

/** The first bytes of each type of image, as Latin-1 text. */
const signatures: readonly (readonly [ImageType, string])[] = [
  ["image/jpeg", "\u00ff\u00d8\u00ff"],
  ["image/png", "\u0089PNG\r\n\u001a\n"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
];

/** What an image is by its content; undefined for anything else, whatever its name says. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  return signatures.find(([, signature]) => start.startsWith(signature))?.[0];
}

/** The bytes of base64 text; undefined where it is none, or not the one way of writing those bytes. */
function decode(content: string): Buffer<ArrayBuffer> | undefined {
  const bytes = Buffer.from(content, "base64");
  return bytes.toString("base64") === content ? bytes : undefined;
}

function findFault(content: string, types: readonly ImageType[], maxBytes: number): string | undefined {
  // Its length tells before the whole of it is decoded.
  if (content.length > Math.ceil(maxBytes / 3) * 4) return `is longer than ${maxBytes} bytes`;
  const bytes = decode(content);
  if (bytes === undefined) return "is not base64";
  if (bytes.byteLength === 0) return "is empty";
  if (bytes.byteLength > maxBytes) return `is longer than ${maxBytes} bytes`;
  const type = imageTypeOf(bytes);
  if (type !== undefined && types.includes(type)) return undefined;
  return `is by its content no ${types.map((one) => extensions[one][0]).join(", ")}`;
}

/**
 * An image as input carries it: its bytes are base64, so that plans and stores of JSON can hold it. The schema's
 * `file` metadata tells a form which extensions to offer, and how many bytes at most.
 */
export function imageFile(options: {
  title: string;
  description: string;
  types: readonly ImageType[];
  maxBytes: number;
}) {
  const { title, description, types, maxBytes } = options;
  const content = z.string().superRefine((text, context) => {
    const fault = findFault(text, types, maxBytes);
    if (fault !== undefined) context.addIssue({ code: "custom", message: `the file ${fault}` });
  });
  const name = z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}\p{Cf}/\\]+$/u, "the name of the file has a slash or control characters");
  return z
    .strictObject({ name, content })
    .meta({ title, description, file: { extensions: types.flatMap((type) => extensions[type]), maxBytes } });
}

/**
 * An image as the part of a form that a vendor calls `field`. The name gets the extension of what the image is.
 * @throws RangeError when it is no image
 */
export function toImageForm(field: string, { name, content }: { name: string; content: string }): FormFile {
  const bytes = Buffer.from(content, "base64");
  const mediaType = imageTypeOf(bytes);
  if (mediaType === undefined) throw new RangeError("The file is no image.");
  const known: readonly string[] = extensions[mediaType];
  const extension = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase();
  const isRight = extension !== undefined && known.includes(extension);
  return { field, name: isRight ? name : `${name}.${known[0]}`, mediaType, bytes };
}
