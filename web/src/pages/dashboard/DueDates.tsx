// Vulnerabilities that are exploited in the wild, by the day CISA wants them fixed.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Deadlines } from "~/api/own";
import { useOwn } from "~/api/queries";
import Empty from "~/components/Empty";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import Time from "~/components/Time";
import { equals, findingsPath, vulnerabilityPath } from "~/model/criteria";
import { counted } from "~/model/numbers";

const shown = 5;
const soonSeconds = 14 * 86400;

function Due({ at }: { at: number }) {
  const left = at - Date.now() / 1000;
  if (left < 0) return <StatusIndicator type="error">Was due <Time at={at} /></StatusIndicator>;
  return <StatusIndicator type={left < soonSeconds ? "warning" : "pending"}>Due <Time at={at} /></StatusIndicator>;
}

export default function DueDates() {
  const deadlines = useOwn<Deadlines>(`deadlines?limit=${shown}`);
  return (
    <Panel title="Exploited in the wild" query={deadlines} what="the deadlines" description={() => "In CISA's catalogue, by its due dates"}>
      {({ total, deadlines: due }) =>
        due.length === 0 ? (
          <Empty title="None">Nothing you run is known to be attacked with one of these.</Empty>
        ) : (
          <>
            <ul className="rows">
              {due.map((one) => (
                <li key={one.vulnerabilityId}>
                  <div className="row-line">
                    <PageLink to={vulnerabilityPath(one.vulnerabilityId)}>{one.vulnerabilityId}</PageLink>
                    <PageLink to={findingsPath({ vulnerabilityId: equals(one.vulnerabilityId) })}>{counted(one.findings, "finding")}</PageLink>
                  </div>
                  <div className="quiet clamp" title={one.title}>{one.title}</div>
                  <Due at={one.dueDate} />
                </li>
              ))}
            </ul>
            {total > due.length && <p className="quiet">and {counted(total - due.length, "more vulnerability", "more vulnerabilities")} with later due dates</p>}
          </>
        )
      }
    </Panel>
  );
}
