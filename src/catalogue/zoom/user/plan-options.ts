type Options = readonly (readonly [value: number, label: string])[];

const withRegions = (plan: string, values: readonly [number, string][]): Options =>
  values.map(([value, region]) => [value, `${plan}, ${region}`]);

/** The Zoom Workplace plans; Zoom numbers them with powers of two, the largest past what JSON keeps exactly. */
export const workplacePlans: Options = [
  [2 ** 42, "Workplace Pro Plus, US/CA Unlimited"],
  ...withRegions("Workplace Business Plus", [
    [2 ** 4, "US/CA Unlimited"],
    [2 ** 5, "UK/IR Unlimited"],
    [2 ** 6, "AU/NZ Unlimited"],
    [2 ** 7, "Japan Unlimited"],
    [2 ** 25, "Global Select"],
  ]),
  ...withRegions("Workplace Enterprise Premier", [
    [2 ** 27, "US/CA Unlimited"],
    [2 ** 29, "UK/IR Unlimited"],
    [2 ** 30, "AU/NZ Unlimited"],
    [2 ** 28, "Japan Unlimited"],
  ]),
  [2 ** 54, "Education School and Campus"],
  ...withRegions("Education School and Campus Plus", [
    [2 ** 37, "US/CA Unlimited"],
    [2 ** 39, "UK/IR Unlimited"],
    [2 ** 40, "AU/NZ Unlimited"],
    [2 ** 38, "Japan Unlimited"],
    [2 ** 41, "Global Select"],
  ]),
  [2 ** 56, "Education Enterprise Essentials"],
  [2 ** 59, "Education Enterprise Student"],
  [2 ** 57, "Education Enterprise Plus"],
  ...withRegions("Education Enterprise Premier", [
    [2 ** 32, "US/CA Unlimited"],
    [2 ** 34, "UK/IR Unlimited"],
    [2 ** 35, "AU/NZ Unlimited"],
    [2 ** 33, "Japan Unlimited"],
    [2 ** 36, "Global Select"],
  ]),
];

/** What a licence out of a named subscription can be of. */
export const subscriptionLicences: Options = [
  [2, "Licensed"],
  [4, "Workplace Enterprise"],
  [8, "Workplace Enterprise Plus"],
  ...workplacePlans,
];

/** The Zoom United plans. */
export const unitedPlans = {
  "1": "Pro United, US/CA Unlimited",
  "2": "Pro United, UK/IR Unlimited",
  "4": "Pro United, AU/NZ Unlimited",
  "8": "Pro United, Global Select",
  "16": "Pro United, Zoom Phone Pro",
  "32768": "Pro United, Japan Unlimited",
  "32": "Business United, US/CA Unlimited",
  "64": "Business United, UK/IR Unlimited",
  "128": "Business United, AU/NZ Unlimited",
  "256": "Business United, Global Select",
  "512": "Business United, Zoom Phone Pro",
  "65536": "Business United, Japan Unlimited",
  "1024": "Enterprise United, US/CA Unlimited",
  "2048": "Enterprise United, UK/IR Unlimited",
  "4096": "Enterprise United, AU/NZ Unlimited",
  "8192": "Enterprise United, Global Select",
  "16384": "Enterprise United, Zoom Phone Pro",
  "131072": "Enterprise United, Japan Unlimited",
} as const;
