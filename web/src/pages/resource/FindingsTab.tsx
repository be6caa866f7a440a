// What was found on it: by what has to be upgraded, or one by one.
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useParameter } from "~/app/useParameter";
import Empty from "~/components/Empty";
import FindingTable from "~/components/FindingTable";
import PageLink from "~/components/PageLink";
import { equals, findingsPath } from "~/model/criteria";
import type { Story } from "~/model/inventory";
import { total } from "~/model/severity";
import { columns } from "./findingColumns";
import Upgrades from "./Upgrades";

export default function FindingsTab({ id, story }: { id: string; story: Story }) {
  const [view, setView] = useParameter("view", true);
  const criteria = { resourceId: equals(id), findingStatus: equals("ACTIVE") };
  const choice = (
    <SegmentedControl
      label="View"
      selectedId={view === "list" ? "list" : "upgrades"}
      onChange={({ detail }) => setView(detail.selectedId === "list" ? "list" : "")}
      options={[
        { id: "upgrades", text: "By upgrade" },
        { id: "list", text: "One by one" },
      ]}
    />
  );
  if (view !== "list") return <Upgrades id={id} filter={choice} />;
  return (
    <FindingTable
      name="resource-findings"
      title="Findings"
      count={total(story.counts)}
      columns={columns}
      criteria={criteria}
      filter={choice}
      actions={<PageLink to={findingsPath(criteria)}>Among all findings</PageLink>}
      empty={<Empty title="No open findings">Nothing on it is known to be vulnerable.</Empty>}
    />
  );
}
