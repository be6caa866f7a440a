// What is watched, what is not, and why.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Summary } from "~/api/own";
import { useOperation } from "~/api/queries";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import { coverageWords } from "~/model/coverage";
import { coveragePath, equals } from "~/model/criteria";
import { count, counted } from "~/model/numbers";
import { resourceTypeName, resourceTypePlural } from "~/model/resourceType";

function Reasons() {
  const inactive = useOperation("ListCoverageStatistics", { groupBy: "SCAN_STATUS_REASON", filterCriteria: { scanStatusCode: equals("INACTIVE") } });
  const reasons = inactive.data?.countsByGroup ?? [];
  return (
    <ul className="reasons">
      {reasons.map(({ groupKey, count: resources }) => (
        <li key={groupKey}>
          <PageLink to={coveragePath({ status: "INACTIVE", reason: groupKey ?? "" })}>{coverageWords("INACTIVE", groupKey).text}</PageLink>: {count(resources ?? 0)}
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
                  <PageLink to={coveragePath({ type: resourceType })} ariaLabel={`${resourceTypePlural(resourceType)}: ${watched} of ${watched + notWatched} watched`}>
                    {notWatched > 0 ? `${count(watched)} of ${count(watched + notWatched)}` : count(watched)}
                  </PageLink>
                </li>
              ))}
            </ul>
            {missing > 0 ? (
              <>
                <StatusIndicator type="warning">
                  <PageLink to={coveragePath({ status: "INACTIVE" })}>{counted(missing, "resource")} not watched</PageLink>
                </StatusIndicator>
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
