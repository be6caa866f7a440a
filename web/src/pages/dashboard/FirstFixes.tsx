// The few upgrades that remove most of the risk.
import Box from "@cloudscape-design/components/box";
import type { Upgrades } from "~/api/own";
import { useOwn } from "~/api/queries";
import Empty from "~/components/Empty";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import { equals, findingsPath } from "~/model/criteria";
import { share } from "~/model/numbers";
import Fix from "./Fix";

const shown = 5;

function describe({ upgrades, risk }: Upgrades) {
  const removed = upgrades.reduce((sum, upgrade) => sum + upgrade.risk, 0);
  if (upgrades.length === 0) return "The upgrades that remove most of the risk";
  return `${upgrades.length === 1 ? "This upgrade removes" : `These ${upgrades.length} upgrades remove`} ${share(removed, risk)} of the risk.`;
}

export default function FirstFixes() {
  const upgrades = useOwn<Upgrades>(`upgrades?limit=${shown}`);
  return (
    <Panel title="What to fix first" query={upgrades} what="what to fix first" description={describe}>
      {({ upgrades: first, risk }) =>
        first.length > 0 ? (
          <ol className="fixes">
            {first.map((upgrade) => (
              <Fix key={`${upgrade.packageManager} ${upgrade.package} ${upgrade.target}`} upgrade={upgrade} risk={risk} />
            ))}
          </ol>
        ) : risk > 0 ? (
          <Empty
            title="No upgrade removes any of it yet"
            action={<PageLink to={findingsPath({ fixAvailable: equals("NO") })}>Findings without a fix</PageLink>}
          >
            There are active findings, but nobody has published a fix. Look whether what is affected can be turned off or shielded.
          </Empty>
        ) : (
          <Empty title="Nothing to fix">
            No active finding carries any risk. <Box variant="span">New ones are shown here as soon as they are known.</Box>
          </Empty>
        )
      }
    </Panel>
  );
}

