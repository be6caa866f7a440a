// A part of a page that loads and fails on its own, so that one slow or broken answer takes nothing else along.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header, { type HeaderProps } from "@cloudscape-design/components/header";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import Failure from "./Failure";
import Loading from "./Loading";

interface Props<Answer> {
  title: string;
  query: UseQueryResult<Answer>;
  /** "the findings", of what is loaded. */
  what: string;
  description?: (answer: Answer) => ReactNode;
  actions?: HeaderProps["actions"];
  children: (answer: Answer) => ReactNode;
}
export default function Panel<Answer>({ title, query, what, description, actions, children }: Props<Answer>) {
  return (
    <Container
      header={
        <Header variant="h2" actions={actions} description={query.data === undefined ? undefined : description?.(query.data)}>
          {title}
        </Header>
      }
    >
      {query.data !== undefined ? (
        <>
          {query.isError && (
            <Box margin={{ bottom: "s" }}>
              <Failure error={query.error} what={`${what} anew`} retry={() => void query.refetch()} />
            </Box>
          )}
          {children(query.data)}
        </>
      ) : query.isError ? (
        <Failure error={query.error} what={what} retry={() => void query.refetch()} />
      ) : (
        <Loading what={what} />
      )}
    </Container>
  );
}
