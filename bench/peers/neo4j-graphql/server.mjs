// The peer as its own documentation sets it up: Neo4jGraphQL's schema on Apollo Server, the driver handed over in the
// context, production mode, no introspection. NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD and PORT are taken from outside.
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

// Its driver writes a long statement in pieces; the system would hold the second back until the first is acknowledged,
// 40 ms later. That would say nothing of the peer's work, so it is spared it, as Node's own HTTP spares itself.
const connect = Socket.prototype.connect;
Socket.prototype.connect = function undelayed(...given) {
  this.setNoDelay(true);
  return connect.apply(this, given);
};

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const typeDefs = readFileSync(new URL("types.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
if (process.argv[2] === "schema") {
  const { printSchema } = await import("graphql");
  console.log(printSchema(schema));
  process.exit(0);
}
const server = new ApolloServer({ schema, introspection: false, csrfPrevention: false });
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(PORT) },
  context: async () => ({ sessionConfig: { database: "neo4j", defaultAccessMode: neo4j.session.READ } }),
});
const versions = ["@neo4j/graphql", "@apollo/server", "neo4j-driver", "graphql"].map((name) => {
  const described = readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8");
  return `${name} ${JSON.parse(described).version}`;
});
console.log(`ready: ${[`node ${process.version}`, ...versions].join(", ")}`);
