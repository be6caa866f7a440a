import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ofSettings } from "~/api/live";
import type { Intelligence, Server } from "~/api/own";
import { useOwn } from "~/api/queries";
import Command from "~/components/Command";
import Facts from "~/components/Facts";
import Time from "~/components/Time";
import { freshness } from "~/model/freshness";
import { count } from "~/model/numbers";
import { every } from "~/model/time";

export default function State({ known }: { known: Intelligence }) {
  const server = useOwn<Server>("server", { of: ofSettings });
  const { type, problems } = freshness(known);
  return (
    <SpaceBetween size="l">
      {problems.length > 0 && (
        <Alert type={type} header={known.loaded ? "Something is left out" : "Nothing is known yet"}>
          <SpaceBetween size="xs">
            {problems.map((problem) => (
              <div key={problem}>{problem}</div>
            ))}
            {!known.loaded && (
              <>
                <div>The server loads it by itself where it can reach the upstreams. By hand, on the server:</div>
                <Command text="vigil intel update" what="the command that loads intelligence" />
              </>
            )}
          </SpaceBetween>
        </Alert>
      )}
      {known.loaded && (
        <Container>
          <Facts
            columns={4}
            facts={[
              { label: "Loaded", value: <Time at={known.createdAt} /> },
              { label: "Refreshed", value: server.data ? every(server.data.intelligence.interval) : undefined },
              { label: "Vulnerabilities", value: count(known.vulnerabilities ?? 0) },
              { label: "Packages", value: count(known.packages ?? 0) },
            ]}
          />
        </Container>
      )}
    </SpaceBetween>
  );
}
