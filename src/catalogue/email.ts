import { z } from "zod";

/** An e-mail address as the vendors take it; 254 characters is the longest that mail can be sent to. */
export const emailAddress = z.email({ pattern: z.regexes.unicodeEmail }).max(254);
