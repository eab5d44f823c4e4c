// GraphiQL for the server that gives the page: queries by POST, subscriptions by WebSocket, nothing from elsewhere.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import "./page.css";
import { createClient } from "graphql-ws";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const WORKERS = new Set(["json", "graphql"]);
globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(new URL(`${WORKERS.has(label) ? label : "editor"}.worker.js`, import.meta.url), { type: "module" }),
};

const address = new URL("../graphql", import.meta.url);
const socket = new URL(address);
socket.protocol = socket.protocol.replace("http", "ws");
const fetcher = createGraphiQLFetcher({
  url: address.href,
  wsClient: createClient({ url: socket.href, lazy: true }),
});

const asked = new URLSearchParams(location.search);
createRoot(document.getElementById("graphiql")).render(
  createElement(GraphiQL, {
    fetcher,
    initialQuery: asked.get("query") ?? undefined,
    initialVariables: asked.get("variables") ?? undefined,
    defaultQuery: `# The integrated care systems of England, as of a date. Ctrl-Enter runs this; Ctrl-Space completes.
{
  integratedCareSystems(asOf: "2026-04-01", first: 5) {
    totalCount
    nodes { code name }
  }
}
`,
  }),
);
