// The Inspector2 operations the console uses: name, path, input and output by AWS's own types.
import type * as sdk from "@aws-sdk/client-inspector2";
import type { Filter, Wire } from "./wire";

/** Input and output of each operation. */
export interface Operations {
  BatchGetAccountStatus: [sdk.BatchGetAccountStatusCommandInput, Body<sdk.BatchGetAccountStatusCommandOutput>];
  BatchGetFindingDetails: [sdk.BatchGetFindingDetailsCommandInput, Body<sdk.BatchGetFindingDetailsCommandOutput>];
  CreateFilter: [sdk.CreateFilterCommandInput, Body<sdk.CreateFilterCommandOutput>];
  DeleteFilter: [sdk.DeleteFilterCommandInput, Body<sdk.DeleteFilterCommandOutput>];
  Disable: [sdk.DisableCommandInput, Body<sdk.DisableCommandOutput>];
  Enable: [sdk.EnableCommandInput, Body<sdk.EnableCommandOutput>];
  GetConfiguration: [sdk.GetConfigurationCommandInput, Body<sdk.GetConfigurationCommandOutput>];
  ListCoverage: [sdk.ListCoverageCommandInput, Body<sdk.ListCoverageCommandOutput>];
  ListCoverageStatistics: [sdk.ListCoverageStatisticsCommandInput, Body<sdk.ListCoverageStatisticsCommandOutput>];
  ListFilters: [sdk.ListFiltersCommandInput, { filters: Filter[]; nextToken?: string }];
  ListFindingAggregations: [sdk.ListFindingAggregationsCommandInput, Body<sdk.ListFindingAggregationsCommandOutput>];
  ListFindings: [sdk.ListFindingsCommandInput, Body<sdk.ListFindingsCommandOutput>];
  SearchVulnerabilities: [sdk.SearchVulnerabilitiesCommandInput, Body<sdk.SearchVulnerabilitiesCommandOutput>];
  TagResource: [sdk.TagResourceCommandInput, Body<sdk.TagResourceCommandOutput>];
  UntagResource: [sdk.UntagResourceCommandInput, Body<sdk.UntagResourceCommandOutput>];
  UpdateConfiguration: [sdk.UpdateConfigurationCommandInput, Body<sdk.UpdateConfigurationCommandOutput>];
  UpdateFilter: [sdk.UpdateFilterCommandInput, Body<sdk.UpdateFilterCommandOutput>];
}
type Body<Output> = Omit<Output, "$metadata">;

export type Input<Name extends keyof Operations> = Wire<Operations[Name][0]>;
export type Output<Name extends keyof Operations> = Wire<Operations[Name][1]>;

const paths: Record<Exclude<keyof Operations, "TagResource" | "UntagResource">, string> = {
  BatchGetAccountStatus: "/status/batch/get",
  BatchGetFindingDetails: "/findings/details/batch/get",
  CreateFilter: "/filters/create",
  DeleteFilter: "/filters/delete",
  Disable: "/disable",
  Enable: "/enable",
  GetConfiguration: "/configuration/get",
  ListCoverage: "/coverage/list",
  ListCoverageStatistics: "/coverage/statistics/list",
  ListFilters: "/filters/list",
  ListFindingAggregations: "/findings/aggregation/list",
  ListFindings: "/findings/list",
  SearchVulnerabilities: "/vulnerabilities/search",
  UpdateConfiguration: "/configuration/update",
  UpdateFilter: "/filters/update",
};

interface Request {
  method: string;
  path: string;
  body?: unknown;
}
/** How an operation is asked for. Those about tags carry the ARN, and UntagResource all it says, in the address. */
export function requestOf<Name extends keyof Operations>(name: Name, input: Input<Name>): Request {
  if (name === "TagResource" || name === "UntagResource") {
    const { resourceArn, tags, tagKeys } = input as Partial<Input<"TagResource"> & Input<"UntagResource">>;
    const path = `/tags/${encodeURIComponent(resourceArn ?? "")}`;
    if (name === "TagResource") return { method: "POST", path, body: { tags } };
    return { method: "DELETE", path: `${path}?${new URLSearchParams((tagKeys ?? []).map((key) => ["tagKeys", key]))}` };
  }
  return { method: "POST", path: paths[name as keyof typeof paths], body: input };
}
