// The columns of ports and programs.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { sortable } from "~/components/columns";
import Prose from "~/components/Prose";
import { type Port, type Program, type Reach, reachOf } from "~/model/inventory";
import { count } from "~/model/numbers";

export interface PortRow extends Port {
  program: string;
}

const reaches: Record<Reach, { order: number; text: string; type: "warning" | "info" | "success" }> = {
  everywhere: { order: 0, text: "All networks", type: "warning" },
  address: { order: 1, text: "One address", type: "info" },
  here: { order: 2, text: "This machine only", type: "success" },
};
const reach = ({ address }: Port) => reaches[reachOf(address)];

export const portColumns = sortable<PortRow>([
  { id: "port", name: "Port", width: 110, minWidth: 80, fixed: true, isRowHeader: true, by: ({ port }) => port, cell: (one) => one.port },
  { id: "protocol", name: "Protocol", width: 125, minWidth: 90, by: ({ protocol }) => protocol, cell: (one) => one.protocol.toUpperCase() },
  { id: "reach", name: "Open to", width: 190, minWidth: 130, by: (one) => reach(one).order * 1e5 + one.port, cell: (one) => <StatusIndicator type={reach(one).type}>{reach(one).text}</StatusIndicator> },
  { id: "address", name: "Address", width: 200, minWidth: 110, by: ({ address }) => address, cell: (one) => <Prose>{one.address}</Prose> },
  { id: "program", name: "Program", width: 220, minWidth: 110, by: ({ program }) => program, cell: (one) => <Prose>{one.program}</Prose> },
]);

export const programColumns = sortable<Program>([
  { id: "name", name: "Program", width: 200, minWidth: 120, fixed: true, isRowHeader: true, by: ({ name }) => name, cell: (one) => <Prose>{one.name}</Prose> },
  { id: "executable", name: "File", width: 280, minWidth: 140, by: ({ executable }) => executable, cell: (one) => <Prose>{one.executable || "–"}</Prose> },
  { id: "processes", name: "Processes", width: 130, minWidth: 90, by: ({ processes }) => processes, cell: (one) => count(one.processes) },
  { id: "packages", name: "Uses packages", width: 300, minWidth: 160, by: ({ packages }) => packages.length, cell: (one) => <span title={one.packages.join(", ")}>{one.packages.length > 0 ? one.packages.join(", ") : "–"}</span> },
  { id: "outdated", name: "Restart", width: 180, minWidth: 110, by: ({ outdated }) => (outdated ? 0 : 1), cell: (one) => (one.outdated ? <StatusIndicator type="warning">Uses replaced files</StatusIndicator> : "–") },
]);
