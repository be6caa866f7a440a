// What is watched already.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ofSettings } from "~/api/live";
import type { Server, Summary } from "~/api/own";
import { useOperation, useOwn } from "~/api/queries";
import Facts from "~/components/Facts";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import { resourcePath } from "~/model/criteria";
import { counted } from "~/model/numbers";
import { scanTypes } from "~/model/scanTypes";

function Host({ host }: { host: Server["host"] }) {
  if (!host.watched) return <StatusIndicator type="stopped">Not watched</StatusIndicator>;
  if (!host.resourceId) return <StatusIndicator type="in-progress">Being scanned for the first time</StatusIndicator>;
  return <StatusIndicator><PageLink to={resourcePath(host.resourceId)}>Watched</PageLink></StatusIndicator>;
}

function Resources() {
  const { data } = useOwn<Summary>("summary");
  if (!data) return <>–</>;
  const watched = data.resources.reduce((sum, type) => sum + type.watched, 0);
  return <PageLink to="/resources">{counted(watched, "resource")}</PageLink>;
}

function Kinds() {
  const { data } = useOperation("BatchGetAccountStatus", {}, { of: ofSettings });
  const states = data?.accounts?.[0]?.resourceState;
  if (!states) return <>–</>;
  const on = scanTypes.filter(({ state }) => /^ENABL/.test(states[state]?.status ?? "")).map(({ name }) => name);
  return <PageLink to="/settings">{on.length > 0 ? on.join(", ") : "Nothing: turn a kind on first"}</PageLink>;
}

export default function WatchedNow() {
  const server = useOwn<Server>("server", { of: ofSettings });
  return (
    <Panel title="Watched now" query={server} what="what is watched">
      {({ host, registry }) => (
        <Facts
          columns={4}
          facts={[
            { label: "All in all", value: <Resources /> },
            { label: "This server's machine", value: <Host host={host} /> },
            { label: "Registry", value: registry ? <StatusIndicator>{registry.address}</StatusIndicator> : <StatusIndicator type="stopped">None</StatusIndicator> },
            { label: "Kinds that are on", value: <Kinds /> },
          ]}
        />
      )}
    </Panel>
  );
}
