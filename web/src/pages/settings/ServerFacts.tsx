// What this server is and was told to watch: set where it is started, shown here.
import { ofSettings } from "~/api/live";
import type { Server } from "~/api/own";
import { useOwn } from "~/api/queries";
import Facts from "~/components/Facts";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import Time from "~/components/Time";
import { resourcePath } from "~/model/criteria";
import { every } from "~/model/time";

const stores = { sqlite: "SQLite, in its data directory", postgresql: "PostgreSQL" };
const patterns = (list: string[]) => (list.length > 0 ? list.join(", ") : "all");

function Host({ host }: { host: Server["host"] }) {
  if (!host.watched) return <>Not watched</>;
  return (
    <>
      {host.resourceId ? <PageLink to={resourcePath(host.resourceId)}>Watched</PageLink> : "Watched; not scanned yet"}
      <div>
        Scanned {every(host.scanInterval)}, libraries and programs looked for {every(host.deepInterval)}
      </div>
    </>
  );
}

function Registry({ registry }: { registry: Server["registry"] }) {
  if (!registry) return <>None. <PageLink to="/start">How to watch one</PageLink></>;
  return (
    <>
      {registry.address}, listed {every(registry.interval)}
      <div>
        Repositories: {patterns(registry.repositories)}; tags: {patterns(registry.tags)}; notifications of pushes {registry.notifications ? "are taken" : "are not taken"}
      </div>
    </>
  );
}

export default function ServerFacts() {
  const server = useOwn<Server>("server", { of: ofSettings });
  return (
    <Panel title="This server" query={server} what="what this server is" description={() => "These are set where it is started: by options, its environment or its file of settings."}>
      {(known) => (
        <Facts
          columns={3}
          facts={[
            { label: "Version", value: known.version },
            { label: "Started", value: <Time at={known.startedAt} /> },
            { label: "System of record", value: stores[known.store] },
            { label: "Account", value: known.account },
            { label: "Region", value: known.region },
            { label: "Intelligence is refreshed", value: every(known.intelligence.interval) },
            { label: "Its own machine", value: <Host host={known.host} /> },
            { label: "Registry", value: <Registry registry={known.registry} /> },
          ]}
        />
      )}
    </Panel>
  );
}
