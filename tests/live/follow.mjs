// Follows the changes of a server until a sequence has come, however often the connection is cut; prints what came.
import { createClient as overEvents } from "graphql-sse";
import { createClient as overSocket } from "graphql-ws";
import WebSocket from "ws";

const [transport, address, last] = process.argv.slice(2);
const retry = {
  retryAttempts: 100,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
};
const client =
  transport === "socket"
    ? overSocket({ url: address.replace("http", "ws"), webSocketImpl: WebSocket, shouldRetry: () => true, ...retry })
    : overEvents({ url: address, retryAttempts: retry.retryAttempts, retry: retry.retryWait });

// Both clients send the request again as it then is, so it goes on after what has come.
const request = {
  query: "subscription Follow($after: Int) { changes(after: $after) { sequence opened } }",
  variables: { after: 0 },
};
const stop = client.subscribe(request, {
  next(result) {
    if (result.errors) throw new Error(JSON.stringify(result.errors));
    const { sequence } = result.data.changes;
    console.log(sequence);
    request.variables.after = sequence;
    if (sequence >= Number(last)) {
      stop();
      client.dispose();
    }
  },
  error(error) {
    console.error("error", error);
    process.exit(1);
  },
  complete() {
    process.exit(0);
  },
});
