// Puts the page's scripts, styles and fonts into the folder that is named: one module, and the workers of its editor.
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
await build({
  entryPoints: {
    graphiql: "main.js",
    "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
    "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
    "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
  },
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "linked",
  assetNames: "[name]-[hash]",
  loader: { ".ttf": "file" },
  define: { "process.env.NODE_ENV": '"production"' },
});
