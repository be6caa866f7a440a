// What is installed.
import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useMemo } from "react";
import { useParameter } from "~/app/useParameter";
import Empty from "~/components/Empty";
import ListTable from "~/components/ListTable";
import { countsByPackage, packageKey } from "~/model/byPackages";
import type { Story } from "~/model/inventory";
import { columnsOf, type PackageRow, textOf } from "./packageColumns";
import Problems from "./Problems";
import { useFindings } from "./useFindings";

export default function PackagesTab({ id, story }: { id: string; story: Story }) {
  const [text, setText] = useParameter("q", true);
  const [only, setOnly] = useParameter("vulnerable", true);
  const findings = useFindings(id);
  const columns = useMemo(() => columnsOf(id), [id]);
  const rows = useMemo(() => {
    const counts = countsByPackage(findings.data?.items ?? []);
    return story.packages.map((one, index): PackageRow => ({ ...one, index, counts: counts.get(packageKey(one.name, one.version ?? "")) }));
  }, [story, findings.data]);
  const items = useMemo(() => (only === "" ? rows : rows.filter(({ counts }) => counts)), [rows, only]);
  return (
    <SpaceBetween size="m">
      {findings.error && <Alert type="warning">Which packages have findings is not known: {findings.error.message}</Alert>}
      <Problems problems={story.runtime?.problems ?? []} />
      <ListTable
        name="packages"
        title="Packages"
        what="packages"
        columns={columns}
        items={items}
        trackBy={({ index }) => String(index)}
        textOf={textOf}
        text={text}
        onText={setText}
        sort={{ field: "findings", descending: true }}
        controls={
          <Toggle checked={only !== ""} onChange={({ detail }) => setOnly(detail.checked ? "yes" : "")}>
            With findings only
          </Toggle>
        }
        empty={only === "" ? <Empty title="No packages">No package was found on it, or nothing could be read: the coverage says which.</Empty> : <Empty title="None with findings">No package on it is known to be vulnerable.</Empty>}
      />
    </SpaceBetween>
  );
}
