// What is watched and what is not, with the reason and what to do about it.
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "~/api/client";
import { everything } from "~/api/everything";
import { ofFindings } from "~/api/live";
import type { CoverageFilterCriteria, CoveredResource } from "~/api/wire";
import { useParameter } from "~/app/useParameter";
import Empty from "~/components/Empty";
import Failure from "~/components/Failure";
import ListTable from "~/components/ListTable";
import PageLink from "~/components/PageLink";
import { coverageWords, statusCodeName } from "~/model/coverage";
import { equals } from "~/model/criteria";
import { resourceTypePlural } from "~/model/resourceType";
import { columns, textOf } from "./columns";
import Numbers from "./Numbers";
import { useStatistics } from "./useStatistics";

const atOnce = 200;
const most = 10_000;

function useCoverage(filterCriteria: CoverageFilterCriteria) {
  return useQuery({
    queryKey: [ofFindings, "all coverage", filterCriteria],
    queryFn: ({ signal }) =>
      everything<CoveredResource>(most, async (nextToken) => {
        const answer = await call("ListCoverage", { maxResults: atOnce, filterCriteria, ...(nextToken ? { nextToken } : {}) }, signal);
        return { items: answer.coveredResources ?? [], next: answer.nextToken };
      }),
  });
}

export default function Coverage() {
  const [status, setStatus] = useParameter("status");
  const [type, setType] = useParameter("type");
  const [reason, setReason] = useParameter("reason");
  const [text, setText] = useParameter("q", true);
  const criteria = useMemo(
    (): CoverageFilterCriteria => ({
      ...(status ? { scanStatusCode: equals(status) } : {}),
      ...(type ? { resourceType: equals(type) } : {}),
      ...(reason ? { scanStatusReason: equals(reason) } : {}),
    }),
    [status, type, reason],
  );
  const counts = useStatistics((group) => {
    const { scanStatusCode, resourceType, scanStatusReason } = criteria;
    return {
      ...(scanStatusCode && group !== "SCAN_STATUS_CODE" ? { scanStatusCode } : {}),
      ...(resourceType && group !== "RESOURCE_TYPE" ? { resourceType } : {}),
      ...(scanStatusReason && group !== "SCAN_STATUS_REASON" ? { scanStatusReason } : {}),
    };
  });
  const { data, error, isPending, refetch } = useCoverage(criteria);
  const isFiltered = status !== "" || type !== "" || reason !== "";
  return (
    <ListTable
      page
      name="coverage"
      title="Coverage"
      what="resources"
      columns={columns}
      items={data?.items ?? []}
      trackBy={({ resourceId, scanType }) => `${resourceId} ${scanType}`}
      textOf={textOf}
      text={text}
      onText={setText}
      sort={{ field: "state" }}
      more={data?.more ?? false}
      loading={isPending}
      error={error}
      retry={() => void refetch()}
      above={
        counts.error ? (
          <Failure error={counts.error} what="the numbers" />
        ) : (
          <SpaceBetween direction="horizontal" size="xl">
            <Numbers label="Watched" counts={counts.status} chosen={status} onChoose={setStatus} nameOf={statusCodeName} />
            <Numbers label="Kind" counts={counts.type} chosen={type} onChoose={setType} nameOf={resourceTypePlural} />
            <Numbers label="State" counts={counts.reason} chosen={reason} onChoose={setReason} nameOf={(key) => coverageWords(key.startsWith("DEEP_") ? "INACTIVE" : "", key).text} />
          </SpaceBetween>
        )
      }
      empty={
        isFiltered ? (
          <Empty
            title="Nothing is like that"
            action={
              <Button
                onClick={() => {
                  setStatus("");
                  setType("");
                  setReason("");
                }}
              >
                Show everything
              </Button>
            }
          />
        ) : (
          <Empty title="Nothing is watched yet" action={<PageLink to="/start">Add the first resource</PageLink>}>
            What is scanned, and what could not be, is listed here with the reason.
          </Empty>
        )
      }
    />
  );
}
