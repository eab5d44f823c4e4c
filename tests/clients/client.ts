// What a front-end developer writes: documents in GraphQL, from which the types of variables and answers come.
// It is compiled and not run: a field that is missing, or null where this does not expect it, is an error.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { graphql } from './generated/gql';

const covered = graphql(`
  query Covered($of: String!, $asOf: Date) {
    coverage(of: $of, asOf: $asOf) {
      outcome
      services { service { code name } rule validity { from to } }
      absent { field reason settles }
    }
  }
`);

const page = graphql(`
  query Systems($first: Int, $after: String) {
    integratedCareSystems(first: $first, after: $after) {
      totalCount
      nodes { code name }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

declare function ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>;

export async function services(code: string): Promise<string[]> {
  const { coverage } = await ask(covered, { of: code });
  return coverage.services.map((one) => `${one.service.name}, ${one.rule}, since ${one.validity.from}`);
}

export async function systems(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let after: string | null | undefined;
  do {
    const { integratedCareSystems } = await ask(page, { first: 20, after });
    for (const { code, name } of integratedCareSystems.nodes) found.set(code, name);
    const { hasNextPage, endCursor } = integratedCareSystems.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after);
  return found;
}

export function mistakes(): void {
  // @ts-expect-error the code is needed
  void ask(covered, {});
  // @ts-expect-error a page has a number of rows
  void ask(page, { first: 'many' });
  // @ts-expect-error nobody asked for this field
  void ask(page, {}).then((answer) => answer.integratedCareSystems.nodes[0].standing);
}
