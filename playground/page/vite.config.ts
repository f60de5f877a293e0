import { defineConfig } from "vite";

/** Builds the workspace and the gallery into files that need nothing from anywhere else. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2024",
    // Kept as written: light-dark() carries both themes, and every browser of the last years knows it.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // Inlined files would need `data:` in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: `${import.meta.dirname}/index.html`,
        gallery: `${import.meta.dirname}/gallery.html`,
      },
    },
  },
});
