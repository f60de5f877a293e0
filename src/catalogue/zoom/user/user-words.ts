/** What Zoom's numbers of what a user may do mean. */
export const userTypeWords = {
  1: "Basic",
  2: "Licensed",
  4: "Unassigned, without Meetings Basic",
  99: "None",
} as const;

/** What Zoom's numbers of how a user signs in mean. */
export const loginTypeWords = {
  0: "Facebook",
  1: "Google",
  11: "Phone number (China)",
  21: "WeChat (China)",
  23: "Alipay (China)",
  24: "Apple",
  27: "Microsoft",
  97: "Mobile device",
  98: "RingCentral",
  99: "API user",
  100: "Zoom work e-mail",
  101: "Single sign-on",
} as const;
