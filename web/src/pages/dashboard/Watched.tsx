// What is watched, what is not, and why.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Summary } from "~/api/own";
import { useOperation } from "~/api/queries";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import { equals } from "~/model/criteria";
import { count, counted } from "~/model/numbers";
import { resourceTypeName, resourceTypePlural } from "~/model/resourceType";
import { words } from "~/model/words";

function Reasons() {
  const inactive = useOperation("ListCoverageStatistics", { groupBy: "SCAN_STATUS_REASON", filterCriteria: { scanStatusCode: equals("INACTIVE") } });
  const reasons = inactive.data?.countsByGroup ?? [];
  return (
    <ul className="reasons">
      {reasons.map(({ groupKey, count: resources }) => (
        <li key={groupKey}>
          {words(groupKey ?? "")}: {counted(resources ?? 0, "scan")}
        </li>
      ))}
    </ul>
  );
}

export default function Watched({ query }: { query: UseQueryResult<Summary> }) {
  return (
    <Panel title="Watched" query={query} what="what is watched" actions={<PageLink to="/start">Add</PageLink>}>
      {({ resources }) => {
        const missing = resources.reduce((sum, type) => sum + type.notWatched, 0);
        return (
          <>
            <ul className="rows">
              {resources.map(({ resourceType, watched, notWatched }) => (
                <li key={resourceType} className="row-line">
                  <span>{watched + notWatched === 1 ? resourceTypeName(resourceType) : resourceTypePlural(resourceType)}</span>
                  <PageLink to="/coverage" ariaLabel={`${resourceTypePlural(resourceType)}: ${watched} of ${watched + notWatched} watched`}>
                    {notWatched > 0 ? `${count(watched)} of ${count(watched + notWatched)}` : count(watched)}
                  </PageLink>
                </li>
              ))}
            </ul>
            {missing > 0 ? (
              <>
                <StatusIndicator type="warning">{counted(missing, "resource")} not watched</StatusIndicator>
                <Reasons />
              </>
            ) : (
              <StatusIndicator type="success">All that is known is watched</StatusIndicator>
            )}
          </>
        );
      }}
    </Panel>
  );
}
