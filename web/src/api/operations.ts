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
  UpdateConfiguration: [sdk.UpdateConfigurationCommandInput, Body<sdk.UpdateConfigurationCommandOutput>];
  UpdateFilter: [sdk.UpdateFilterCommandInput, Body<sdk.UpdateFilterCommandOutput>];
}
type Body<Output> = Omit<Output, "$metadata">;

export type Input<Name extends keyof Operations> = Wire<Operations[Name][0]>;
export type Output<Name extends keyof Operations> = Wire<Operations[Name][1]>;

export const paths: Record<keyof Operations, string> = {
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
