// What runs on it, and which ports are open to whom.
import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import Empty from "~/components/Empty";
import ListTable from "~/components/ListTable";
import { type InventoryPackage, type Live, programsOf } from "~/model/inventory";
import { type PortRow, portColumns, programColumns } from "./runtimeColumns";

export default function RuntimeTab({ live, packages }: { live: Live; packages: readonly InventoryPackage[] }) {
  const [port, setPort] = useState("");
  const [program, setProgram] = useState("");
  const processes = useMemo(() => live.processes ?? [], [live]);
  const ports = useMemo((): PortRow[] => {
    const names = new Map(processes.map(({ id, name }) => [id, name]));
    return (live.ports ?? []).map((one) => ({ ...one, program: (one.process !== undefined && names.get(one.process)) || "Unknown" }));
  }, [live, processes]);
  const programs = useMemo(() => programsOf(processes, packages), [processes, packages]);
  return (
    <SpaceBetween size="l">
      {live.complete === false && <Alert type="info">Not all processes could be looked at. What is not seen here may run all the same, so no score is lowered for it.</Alert>}
      <ListTable
        name="ports"
        title="Open ports"
        what="ports"
        columns={portColumns}
        items={ports}
        trackBy={(one) => `${one.protocol} ${one.address} ${one.port}`}
        textOf={(one) => `${one.protocol} ${one.address} ${one.port} ${one.program}`}
        text={port}
        onText={setPort}
        sort={{ field: "reach" }}
        pageSize={20}
        empty={<Empty title="No open ports">Nothing on it waits for connections.</Empty>}
      />
      <ListTable
        name="programs"
        title="Running programs"
        what="programs"
        columns={programColumns}
        items={programs}
        trackBy={({ key }) => key}
        textOf={(one) => [one.name, one.executable, ...one.packages].join("\n")}
        text={program}
        onText={setProgram}
        sort={{ field: "name" }}
        empty={<Empty title="No processes">None were seen when it was last looked at.</Empty>}
      />
    </SpaceBetween>
  );
}
