import { z } from "zod";

/**
 * What Zoom answers with a credential in it. Where it has none to give it may say so in the same place, in a
 * sentence: that is no credential.
 */
export const accessKey = z.looseObject({ token: z.string().regex(/^\S+$/, "is not a credential") });
