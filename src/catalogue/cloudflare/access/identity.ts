import { z } from "zod";

/** Who Access took a person for when it last decided about them, and from where. */
export const accessIdentity = z.looseObject({
  account_id: z.string().nullish(),
  user_uuid: z.string().nullish(),
  email: z.string().nullish(),
  /** Unix seconds. */
  iat: z.number().nullish(),
  ip: z.string().nullish(),
  geo: z.looseObject({ country: z.string().nullish() }).nullish(),
  idp: z.looseObject({ id: z.string().nullish(), type: z.string().nullish() }).nullish(),
  is_warp: z.boolean().nullish(),
  is_gateway: z.boolean().nullish(),
  device_id: z.string().nullish(),
});
